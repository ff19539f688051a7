// The table editor: a table of the draft as a spreadsheet below the panes. It is drawn by the server whenever a table, a
// repeat or one of their columns is selected, and anew after every edit; what is done in it are commands of the draft.

import { command, draft } from "./draft.js";
import { openCheck } from "./sheet_checks.js";
import { acts as keyActs, isEditing } from "./sheet_keys.js";
import { openPaste } from "./sheet_paste.js";
import { axis, choose, chosenCells, chosenElements, chosenKind, chosenNodes, forget, pane, placeOf, sheet, showChosen, tableUid } from "./sheet_places.js";
import { select } from "./selection.js";

const { Idiomorph } = window;
const HOLDERS = ["table", "list-nested"];
let shown = { uid: "", revision: -1, first: 0 };
let asked = 0;

const listOf = (uid) => document.getElementById(`k-${uid}`);
const isHolder = (uid) => HOLDERS.includes(listOf(uid)?.dataset.of);
const holderOf = (uid) => {
  if (!uid) return "";
  if (isHolder(uid)) return uid;
  const parent = document.getElementById(`o-${uid}`)?.parentElement.id.slice(2);
  return parent && isHolder(parent) ? parent : "";
};

const hide = () => {
  pane.hidden = true;
  shown = { uid: "", revision: -1, first: 0 };
  sheet().replaceChildren();
  delete sheet().dataset.table;
};

const draw = (html) => {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  Idiomorph.morph(sheet(), parts.content.querySelector("#sheet"), { morphStyle: "outerHTML", ignoreActiveValue: true });
  for (const line of sheet().querySelectorAll(".sheet__heads tr")) placeForPhones(line);
  showClosing();
  showChosen();
};

// On a phone the columns stand under each other, each with all its fields.
const placeForPhones = (line) => {
  [...line.cells].slice(1).forEach((cell, column) => {
    cell.style.order = column;
    if (cell.matches("td")) cell.dataset.label = line.cells[0].textContent;
  });
};

// Only the answer to the last question is drawn; the same question is not asked twice.
let pending = { key: "", answer: null };
const load = (uid, first) => {
  const key = `${uid} ${first} ${draft.revision}`;
  if (pending.key !== key) pending = { key, answer: fetched(uid, first).finally(() => pending.key === key && (pending = { key: "", answer: null })) };
  return pending.answer;
};

const fetched = async (uid, first) => {
  const turn = (asked += 1);
  const { revision } = draft;
  const answer = await fetch(`${pane.dataset.sheetUrl.replace("UID", encodeURIComponent(uid))}?first=${first}`);
  if (turn !== asked) return;
  if (answer.status !== 200) return hide();
  if (shown.uid !== uid) forget();
  shown = { uid, revision, first };
  pane.hidden = false;
  draw(await answer.text());
};

const follow = async () => {
  const uid = holderOf(draft.selected);
  if (!uid) return shown.uid && hide();
  if (uid !== shown.uid || shown.revision !== draft.revision) await load(uid, uid === shown.uid ? shown.first : 0);
};

// The revision is set right after the fragments were drawn.
document.addEventListener("draft:drawn", () => queueMicrotask(follow));

// A command of the editor: what had the focus has it again, at the same place of the grid.
const run = async (name, given) => {
  const id = document.activeElement?.id;
  const place = placeOf(document.activeElement);
  await command(name, { table: tableUid(), ...given });
  await follow();
  const back = (id && document.getElementById(id)) || (place && cellAt(place));
  if (place) (back ?? document.getElementById("sheet-corner"))?.focus();
};
const cellAt = ({ kind, row, column }) =>
  ({ rows: () => sheet().querySelectorAll("[data-number]")[row], columns: () => sheet().querySelectorAll("[data-col]")[column] })[kind]?.() ??
  sheet().querySelectorAll("tr[data-row]")[row]?.querySelectorAll("td.k")[column];

const onChosen = (name) => chosenNodes().length && run(name, { axis: axis(), nodes: chosenNodes() });
const moved = (name) => chosenNodes().length && run(name, { nodes: chosenNodes() });

const toggleClosed = () => {
  if (!["rows", "columns", "cells"].includes(chosenKind()) || sheet().hasAttribute("data-repeat")) return;
  const on = chosenElements().some((cell) => !cell.classList.contains("k--grey"));
  run("table_close", { cells: chosenCells(), on });
};

let closing = false;
const showClosing = () => {
  sheet().querySelector("[data-sheet=close]")?.setAttribute("aria-pressed", String(closing));
  sheet().classList.toggle("is-closing", closing);
};

Object.assign(keyActs, {
  insert: () => run("table_insert", { axis: axis(), nodes: chosenNodes() }),
  insert_before: () => run("table_insert", { axis: axis(), nodes: chosenNodes(), before: true }),
  duplicate: () => onChosen("table_duplicate"),
  delete: () => onChosen("table_delete"),
  back: () => moved("move_up"),
  on: () => moved("move_down"),
  toggle: toggleClosed,
  own: () => run("table_own_rows", {}),
  check: () => openCheck((given) => run("table_check", given)),
  paste: () => openPaste({ text: "", place: { kind: "corner" }, run }),
  close: () => {
    closing = !closing;
    showClosing();
  },
});

pane.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-sheet]");
  if (button) return void keyActs[button.dataset.sheet]();
  const page = event.target.closest("[data-sheet-first]");
  if (page) return void load(shown.uid, Number(page.dataset.sheetFirst));
  const place = placeOf(event.target);
  const head = event.target.closest("[data-col], [data-number], td.k, [data-corner]");
  if (!place || !head) return;
  head.focus();
  choose(place, { extend: event.shiftKey });
  if (closing && place.kind !== "corner") return void toggleClosed();
  if (head.dataset.col && !event.shiftKey) select(head.dataset.col);
});

// What has the focus is chosen, unless it stands in what is chosen already.
pane.addEventListener("focusin", (event) => {
  const place = placeOf(event.target);
  if (place && !event.target.matches("[aria-selected=true]")) choose(place);
});

// The range of a column of numbers is one rule.
pane.addEventListener("change", (event) => {
  const side = event.target.closest("[data-range]");
  if (!side) return;
  const cell = side.closest("[data-node]");
  const value = (name) => cell.querySelector(`[data-range=${name}]`).value;
  run("table_range", { node: cell.dataset.node, least: value("least"), most: value("most") });
});

pane.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain");
  const place = placeOf(event.target);
  if (!place || (isEditing(event.target) && !/[\t\n]./.test(text))) return;
  if (event.target.matches("input") && !/[\t\n]./.test(text.trim())) return;
  event.preventDefault();
  openPaste({ text, place, run });
});

follow();
