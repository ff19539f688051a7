// Says in the bar that an edit is under way, or what it waits for. The answer says when it was saved.

document.addEventListener("draft:saving", ({ detail }) => {
  const name = { wait: "draft-wait", session: "draft-session" }[detail.state] ?? detail.state;
  const state = document.querySelector(`template[data-saved=${name}]`);
  const place = document.getElementById("builder-saved");
  if (!state || !place || detail.state === "ok") return;
  place.replaceChildren(state.content.cloneNode(true));
  for (const figure of place.querySelectorAll("[data-count]")) figure.textContent = String(detail.count);
});
