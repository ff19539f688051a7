// The grid of translations: cells that are typed into, one after the other; each change is one edit.

import "./conflict.js";
import { command, edit, refresh, resume } from "./draft.js";
import { nodeOf } from "./fields.js";
import { apply } from "./fragments.js";
import "./saving.js";
import "./undoing.js";

const page = document.getElementById("texts");
const { source, target } = page.dataset;
const cells = () => [...page.querySelectorAll("[data-cell]")];

const fit = (cell) => {
  cell.style.height = "auto";
  cell.style.height = `${cell.scrollHeight + cell.offsetHeight - cell.clientHeight}px`;
};
const fitAll = () => cells().forEach(fit);

// The rows that are here are drawn anew, also those that the filter would no longer find: nothing goes away under the hand.
let asked = 0;
const draw = async () => {
  const keys = [...page.querySelectorAll("[data-key]")].map((row) => row.dataset.key).join(",");
  const turn = (asked += 1);
  const answer = await fetch(`${page.dataset.rowsUrl}?${new URLSearchParams({ to: target, keys })}`);
  if (turn !== asked || !answer.ok) return;
  apply(await answer.text());
  fitAll();
};

document.addEventListener("draft:fragments", ({ detail }) => {
  apply(detail.html);
  draw();
});
document.body.addEventListener(`live:draft:${document.querySelector("[data-draft]").dataset.draft}`, refresh);

// From cell to cell
const go = (cell, by) => {
  const all = cells();
  const next = all[all.indexOf(cell) + by];
  if (!next) return cell.blur();
  next.focus();
  next.select();
};
const isAtEdge = (cell, by) =>
  cell.selectionStart === cell.selectionEnd &&
  (by > 0 ? !cell.value.slice(cell.selectionEnd).includes("\n") : !cell.value.slice(0, cell.selectionStart).includes("\n"));
const isWhole = (cell) => cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;

const keys = {
  Enter: (cell, event) => !event.shiftKey && !event.altKey && (go(cell, 1), true),
  ArrowDown: (cell) => (isAtEdge(cell, 1) || isWhole(cell)) && (go(cell, 1), true),
  ArrowUp: (cell) => (isAtEdge(cell, -1) || isWhole(cell)) && (go(cell, -1), true),
  Escape: (cell) => {
    cell.value = cell.dataset.seen;
    fit(cell);
    return true;
  },
};
page.addEventListener("keydown", (event) => {
  if (!event.target.matches("[data-cell]") || event.isComposing || event.ctrlKey || event.metaKey) return;
  if (keys[event.key]?.(event.target, event)) event.preventDefault();
});
page.addEventListener("input", (event) => event.target.matches("[data-cell]") && fit(event.target));
window.addEventListener("resize", fitAll);

// One translation for many texts
const rowOf = (button) => ({ node: nodeOf(button), cell: button.closest("tr").querySelector("[data-cell]") });
const acts = {
  take: (button) => {
    const { node, cell } = rowOf(button);
    edit([{ op: "change", node, field: cell.dataset.field, old: cell.dataset.seen, new: button.dataset.take }]);
    cell.focus();
  },
  spread: (button) => {
    const { node, cell } = rowOf(button);
    command("spread_translation", { node, field: button.dataset.spread, source, target });
    cell.focus();
  },
  takeKnown: () => command("take_known_translations", { source, target }),
  removeLanguage: (button) => removeLanguage(button.dataset),
};
page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const name = button && Object.keys(acts).find((each) => each in button.dataset);
  if (name) acts[name](button);
});

// Languages
const leave = async (change, to) => {
  if (await change) location.assign(`${page.dataset.pageUrl}?${new URLSearchParams({ to })}`);
};

document.getElementById("add-language").addEventListener("submit", (event) => {
  event.preventDefault();
  const language = new FormData(event.target).get("language").trim();
  leave(command("add_language", { language }), language);
});

const dialog = document.getElementById("remove-language");
const removeLanguage = ({ removeLanguage: language, name, done }) => {
  dialog.querySelector("[data-part=name]").textContent = name;
  dialog.querySelector("[data-part=done]").textContent = done;
  dialog.returnValue = "";
  const decide = () => dialog.returnValue === "remove" && leave(command("remove_language", { language }), "");
  dialog.addEventListener("close", decide, { once: true });
  dialog.showModal();
};

fitAll();
document.fonts?.ready.then(fitAll);
resume();
