// A page of the builder without outline and section: undo and redo work on it, and what they change is loaded anew.

import { redo, undo } from "./draft.js";

const acts = { undo, redo };
const isTyping = (target) => target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && button.getAttribute("aria-disabled") !== "true") acts[button.dataset.do]?.();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const act = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("draft:fragments", () => location.reload());
document.addEventListener("draft:refused", ({ detail }) => {
  const text = document.createElement("div");
  text.className = "msg msg--bad";
  text.setAttribute("role", "alert");
  text.textContent = detail.message;
  document.getElementById("notices").replaceChildren(text);
});
