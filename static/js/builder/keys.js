// The keyboard: what works on the selected element, from the outline and from the section.

import { acts } from "./acts.js";
import { isUnsent } from "./fields.js";
import { isWaiting, selectedNodes } from "./selection.js";

const CONTROL = { y: "redo", d: "duplicate", f: "find", a: "all" };
const ALT = { arrowup: "move_up", arrowdown: "move_down", arrowright: "move_into", arrowleft: "move_out" };
const ALONE = { delete: "delete", enter: "add", f2: "label", escape: "leave", "?": "help" };
const ON_NODES = ["move_up", "move_down", "move_into", "move_out", "duplicate", "delete", "label", "all"];

const nameOf = (event) => {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return CONTROL[key];
  }
  return event.altKey ? ALT[key] : ALONE[key];
};

const WRITTEN = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const IN_FIELDS = ["find", "leave"];

// What is being typed is the field's own; a field that was sent leaves undo to the draft.
const isTyping = (target, name) => {
  if (!target.matches?.(WRITTEN) || IN_FIELDS.includes(name)) return false;
  return ["undo", "redo"].includes(name) ? isUnsent(target) || !target.closest("[data-node]") : true;
};
// Keys for what is selected work where it is seen; elsewhere they are the page's and the control's.
const isElsewhere = (target, name) => {
  if (name === "add") return Boolean(target.closest?.("button, a, summary, [role=button]"));
  if (["delete", "all", "leave"].includes(name)) return Boolean(target.closest?.("table, [role=grid], details.menu"));
  return false;
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  if (isWaiting()) return event.preventDefault();
  const name = nameOf(event);
  if (!name || isTyping(event.target, name) || isElsewhere(event.target, name)) return;
  if (ON_NODES.includes(name) && !selectedNodes().length) return;
  event.preventDefault();
  acts[name]();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && button.getAttribute("aria-disabled") !== "true") acts[button.dataset.do]?.();
});
