// What can be done with the selected elements, by key, by button, from the clipboard; and what is said of it.

import { openMenu } from "./adding.js";
import { command, draft, redo, undo } from "./draft.js";
import { find } from "./outline.js";
import { extendToAll, focusItem, focusLabel, isSeveral, narrowDown, selectedNodes } from "./selection.js";
import { announce, toast, told, word } from "./words.js";

const placeOf = (uid) => {
  const item = document.getElementById(`o-${uid}`);
  const all = [...(item?.parentElement.children ?? [])];
  return { n: all.indexOf(item) + 1, m: all.length };
};

// What is said after the answer; nothing after a refusal, which says itself.
const on = (name, saying) => async () => {
  const nodes = selectedNodes();
  const what = told(nodes);
  if (nodes.length && (await command(name, { nodes }))) announce(word(saying, { what, ...placeOf(draft.selected) }));
};

const takeBack = (way, saying) => async () => {
  document.dispatchEvent(new CustomEvent("draft:undo"));
  if (await way()) announce(word(saying));
};

const remove = async () => {
  const nodes = selectedNodes();
  const what = told(nodes);
  if (nodes.length && (await command("delete", { nodes }))) toast(word("deleted", { what }));
};

const require = (on_) => async () => {
  const nodes = selectedNodes();
  if (await command("require", { nodes, on: on_ })) announce(word(on_ ? "required" : "optional", { what: told(nodes) }));
};

export const acts = {
  undo: takeBack(undo, "undone"),
  redo: takeBack(redo, "redone"),
  move_up: on("move_up", "moved"),
  move_down: on("move_down", "moved"),
  move_into: on("move_into", "moved"),
  move_out: on("move_out", "moved"),
  duplicate: on("duplicate", "duplicated"),
  delete: remove,
  require: require(true),
  optional: require(false),
  add: () => openMenu(draft.selected),
  label: focusLabel,
  all: extendToAll,
  leave: () => (isSeveral() ? narrowDown() : focusItem()),
  help: () => document.getElementById("keys").showModal(),
  find,
};
