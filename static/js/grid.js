// Grids: <table class="grid" data-grid>. The keys of a spreadsheet, between the controls of the body:
//   arrows          to the next open cell; Left and Right move inside a text while the caret stands inside it
//   Enter           down, Shift+Enter up; after Tabs, down from where they began
//   Tab             to the next open cell, and out of the table behind the last one (the browser's own way)
//   Home, End       first and last open cell of the row, with Ctrl of the table
//   F2              puts the caret into the text, so that arrows move inside it; again: chooses the cell as a whole
//   Escape          puts back what stood in the cell when it was entered or last saved
// A cell that is entered by a key is chosen as a whole, so that typing replaces it. Nothing happens while an input method
// composes. On entering a cell of a table with data-cell-panel="…?path=", `ks:cell` is dispatched on its input (detail:
// {path}) and that address is loaded, with the path behind it, into #cell-panel.
import { isOpen, placeOf, rowsOf } from "./grid_cells.js";

const composes = (event) => event.isComposing || event.keyCode === 229;
const isLine = (control) => control.matches("input:not([type=checkbox], [type=radio], [type=file])");

const walk = (rows, [r, c], [down, right]) => {
  for (let y = r + down, x = c + right; rows[y] && x >= 0 && x < rows[y].length; y += down, x += right)
    if (isOpen(rows[y][x])) return rows[y][x];
  return null;
};

const enter = (control) => {
  control.focus();
  control.select?.();
};

let editing = null; // the control in which F2 gave the arrows to the text
let began = null; // the column in which a row of Tabs began

const isWhole = ({ selectionStart, selectionEnd, value }) => selectionStart === 0 && selectionEnd === value.length;

const direction = ({ key, target }) => {
  const inText = isLine(target) && editing === target;
  if (key === "ArrowUp" || key === "ArrowDown") {
    return isLine(target) && !inText ? [key === "ArrowUp" ? -1 : 1, 0] : null;
  }
  const right = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (!right || inText) return null;
  if (!isLine(target) || isWhole(target)) return [0, right];
  const { selectionStart: start, selectionEnd: end, value } = target;
  return (right < 0 ? end === 0 : start === value.length) ? [0, right] : null;
};

const below = (rows, control, up) => {
  const [r, c] = placeOf(rows, control);
  const column = up ? c : (began ?? c);
  return walk(rows, [r, column], [up ? -1 : 1, 0]);
};

const edge = (rows, control, { key, ctrlKey }) => {
  const row = ctrlKey ? rows.flat() : rows[placeOf(rows, control)[0]];
  const open = row.filter(isOpen);
  return key === "Home" ? open[0] : open[open.length - 1];
};

const goal = (event, rows) => {
  const { key, target, shiftKey, ctrlKey } = event;
  if (key === "Enter") return ctrlKey ? null : below(rows, target, shiftKey);
  if (key === "Home" || key === "End")
    return ctrlKey || !isLine(target) || (isWhole(target) && editing !== target) ? edge(rows, target, event) : null;
  const way = shiftKey || ctrlKey ? null : direction(event);
  return way && walk(rows, placeOf(rows, target), way);
};

const found = new WeakMap(); // control -> what stood in it when it was entered or last saved

const putBack = (event) => {
  const { target } = event;
  const before = found.get(target);
  if (!isLine(target) || before === undefined || before === target.value) return;
  event.preventDefault();
  target.value = before;
  target.select();
};

const toggle = (control) => {
  if (!isLine(control)) return;
  editing = editing === control ? null : control;
  if (editing) control.setSelectionRange(control.value.length, control.value.length);
  else control.select();
};

const pressed = (event) => {
  const { key, target } = event;
  const grid = target.closest?.("[data-grid]");
  if (!grid || composes(event) || event.metaKey || event.altKey) return;
  // A list of choices that stands open takes the keys itself.
  if (target.getAttribute("aria-expanded") === "true") return;
  if (!target.matches("input:not([type=checkbox], [type=radio]), select")) return;
  const rows = rowsOf(grid);
  if (key === "Tab" && !event.ctrlKey) {
    began = event.shiftKey ? null : (began ?? placeOf(rows, target)[1]);
    return;
  }
  if (key === "Escape") putBack(event);
  if (key === "F2") {
    event.preventDefault();
    toggle(target);
  }
  const next = goal(event, rows);
  if (key === "Enter" || next) event.preventDefault();
  if (!next) return;
  began = null;
  enter(next);
};

document.addEventListener("keydown", pressed);

// A press that enters a cell chooses it as a whole too; the next one puts the caret where it points.
document.addEventListener("pointerdown", ({ target }) => {
  began = null;
  editing = null;
  if (target === document.activeElement || !target.matches?.("[data-grid] input") || !isLine(target)) return;
  const choose = () => target === document.activeElement && target.selectionStart === target.selectionEnd && target.select();
  target.addEventListener("click", choose, { once: true });
});

// ---- The cell in hand

let timer = 0;

const entered = ({ target }) => {
  if (editing !== target) editing = null;
  if (!target.closest?.("[data-grid]")) return;
  if (target instanceof HTMLInputElement && isLine(target)) found.set(target, target.value);
  const cell = target.closest("[data-cell-panel] [data-path]");
  if (!cell) return;
  const { path } = cell.dataset;
  target.dispatchEvent(new CustomEvent("ks:cell", { bubbles: true, detail: { path } }));
  const address = cell.closest("[data-cell-panel]").dataset.cellPanel;
  if (!document.getElementById("cell-panel")) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const options = { target: "#cell-panel", swap: "innerHTML", source: "#cell-panel" };
    // Where nothing comes, the page says that the line is broken; another cell's history must not stand there.
    window.htmx?.ajax("GET", address + encodeURIComponent(path), options)
      .catch(() => document.getElementById("cell-panel")?.replaceChildren());
  }, 250);
};

document.addEventListener("focusin", entered);
document.addEventListener("change", ({ target }) => found.has(target) && found.set(target, target.value));
