// The keyboard: what works on the selected element, from the outline and from the section.

import { openMenu } from "./adding.js";
import { command, draft, redo, undo } from "./draft.js";
import { isUnsent } from "./fields.js";
import { find } from "./outline.js";
import { selectedNodes } from "./selection.js";

const takeBack = (way) => {
  document.dispatchEvent(new CustomEvent("draft:undo"));
  return way();
};

const acts = {
  undo: () => takeBack(undo),
  redo: () => takeBack(redo),
  move_up: () => command("move_up", { nodes: selectedNodes() }),
  move_down: () => command("move_down", { nodes: selectedNodes() }),
  duplicate: () => command("duplicate", { nodes: selectedNodes() }),
  delete: () => command("delete", { nodes: selectedNodes() }),
  add: () => openMenu(draft.selected),
  find,
};

const nameOf = (event) => {
  const command_ = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (command_ && !event.altKey) {
    if (key === "z") return event.shiftKey ? "redo" : "undo";
    return { y: "redo", d: "duplicate", f: "find" }[key];
  }
  if (event.altKey) return { arrowup: "move_up", arrowdown: "move_down" }[key];
  return { delete: "delete", enter: "add" }[key];
};

// What is being typed is the field's own; a field that was sent leaves undo to the draft.
const isTyping = (target, name) =>
  target.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") &&
  !(["undo", "redo"].includes(name) ? !isUnsent(target) : name === "find");
const isPressing = (target, name) => name === "add" && target.closest?.("button, a, summary, dialog, [role=button]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const name = nameOf(event);
  if (!name || isTyping(event.target, name) || isPressing(event.target, name)) return;
  if (["move_up", "move_down", "duplicate", "delete"].includes(name) && !selectedNodes().length) return;
  event.preventDefault();
  acts[name]();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && button.getAttribute("aria-disabled") !== "true") acts[button.dataset.do]?.();
});
