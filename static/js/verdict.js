/** The keys of whoever judges one answer after the other: 1 to 4 choose, Ctrl and Enter save. */

const form = document.querySelector("[data-verdict]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const writes = event.target.closest("textarea, select, input:not([type=radio])");
  if (writes || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const choice = form.querySelectorAll("input[name=verdict][type=radio]")[Number(event.key) - 1];
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
});
