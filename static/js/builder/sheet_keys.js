// The keyboard of the table editor. A field of the grid is either passed over (arrows go from field to field, typing
// replaces what is there) or edited (F2, or after the first letter: arrows move the caret, Escape takes back).

import { flush } from "./fields.js";
import { choose, controlOf, lines, pane, placeOf, sheet } from "./sheet_places.js";

// Filled by sheet.js.
export const acts = {};

let edited = null;
export const isEditing = (control) => edited === control;

const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// The next place in a direction that can have the focus.
const next = (target, [down, right]) => {
  const all = lines();
  const cell = target.closest("td, th");
  const pair = [...cell.querySelectorAll("input, select")];
  const beside = pair[pair.indexOf(target) + right];
  if (right && beside && beside !== target) return beside;
  const r = all.findIndex((line) => line.includes(cell));
  const c = all[r].indexOf(cell);
  for (let y = r + down, x = c + right; all[y] && x >= 0 && x < all[y].length; y += down, x += right) {
    if (all[y][x] !== cell && controlOf(all[y][x])) return controlOf(all[y][x]);
  }
  return null;
};

const go = (target, way, extend) => {
  const goal = next(target, way);
  if (!goal) return;
  const [from, to] = [placeOf(target), placeOf(goal)];
  edited = null;
  goal.focus();
  goal.select?.();
  choose(to, { extend: extend && from?.kind === to?.kind });
};

const edit = (control) => {
  edited = control;
  const end = control.value.length;
  control.setSelectionRange?.(end, end);
};

const takeBack = (control) => {
  if (control.dataset.seen !== undefined) control.value = control.dataset.seen;
  edited = null;
  control.select?.();
};

// What is typed is sent before anything is done to its row or column.
const act = (name) => () => {
  flush();
  edited = null;
  acts[name]();
};

const isField = (target) => target.matches("input:not([type=checkbox]), select");

const byAlt = (event) => {
  const name = { ArrowUp: "back", ArrowLeft: "back", ArrowDown: "on", ArrowRight: "on", Insert: "insert_before" }[event.key];
  const place = placeOf(event.target)?.kind;
  const along = ["ArrowLeft", "ArrowRight"].includes(event.key) ? "columns" : "rows";
  if (name === "insert_before" || (name && (place === along || (place === "cells" && along === "rows")))) return act(name);
  // Alt with an arrow never moves the whole table from here.
  return name ? () => {} : null;
};

const byName = (event) => {
  const { key, target } = event;
  if (key === "Insert" && !event.shiftKey) return act("insert");
  if (isField(target)) {
    if (key === "F2") return () => edit(target);
    if (key === "Escape" && edited === target) return () => takeBack(target);
    return null;
  }
  if (target.matches("[type=checkbox]")) return null;
  if (key === "Delete") return () => placeOf(target).kind !== "cells" && acts.delete();
  return key === " " ? act("toggle") : null;
};

const byMoving = (event) => {
  const { key, target } = event;
  if (key === "Enter") return () => go(target, [event.shiftKey ? -1 : 1, 0], false);
  if (!(key in WAYS) || edited === target) return null;
  // Text that is marked letter by letter stays the field's own.
  if (event.shiftKey && isField(target)) return null;
  return () => go(target, WAYS[key], event.shiftKey);
};

const actOf = (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey && !control) return byAlt(event);
  if (control) return event.key.toLowerCase() === "d" ? act("duplicate") : null;
  return byName(event) ?? byMoving(event);
};

pane.addEventListener("keydown", (event) => {
  if (event.isComposing || !placeOf(event.target) || event.target.closest("dialog")) return;
  const done = actOf(event);
  if (!done) return;
  event.preventDefault();
  done();
});

pane.addEventListener("input", (event) => sheet().contains(event.target) && isField(event.target) && (edited = event.target));
pane.addEventListener("focusout", () => (edited = null));
pane.addEventListener("focusin", (event) => event.target.matches("#sheet input:not([type=checkbox])") && event.target.select());
