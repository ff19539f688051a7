// The frame of the preview: its width, and the path beside it, which is drawn anew after every answer.

const frame = document.getElementById("preview-frame");
const path = document.getElementById("preview-path");

const tell = () => document.body.dispatchEvent(new CustomEvent("preview"));

// The frame's own page tells when an answer was kept; a page that was just opened may have followed one. It may have
// been opened before this module ran.
const listen = () => {
  const body = frame.contentDocument?.body;
  if (!body || "heard" in body.dataset) return;
  body.dataset.heard = "";
  body.addEventListener("htmx:afterOnLoad", tell);
};

frame?.addEventListener("load", () => {
  listen();
  tell();
});
if (frame) listen();

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-frame]");
  if (!button || !frame) return;
  const isPhone = button.dataset.frame === "phone";
  frame.classList.toggle("is-phone", isPhone);
  frame.closest(".preview").classList.toggle("is-phone", isPhone);
  for (const other of document.querySelectorAll("[data-frame]")) other.setAttribute("aria-pressed", String(other === button));
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-path-conditional]")) path.classList.toggle("is-conditional", event.target.checked);
});
