// Undo and redo on pages of the builder without outline and section: buttons of the bar, Ctrl+Z, Ctrl+Shift+Z.

import { redo, undo } from "./draft.js";
import { isUnsent } from "./fields.js";

const takeBack = (way) => {
  document.dispatchEvent(new CustomEvent("draft:undo"));
  return way();
};
const acts = { undo: () => takeBack(undo), redo: () => takeBack(redo) };

// What is being typed is the field's own; a field that was sent leaves undo to the draft.
const isTyping = (target) =>
  target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") &&
  !(target.matches("[data-field]") && !isUnsent(target));

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && button.getAttribute("aria-disabled") !== "true") acts[button.dataset.do]?.();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const act = key === "y" || (key === "z" && event.shiftKey) ? acts.redo : key === "z" ? acts.undo : null;
  if (!act) return;
  event.preventDefault();
  act();
});
