// The grid of the table editor: where things stand in it, and which columns, rows or cells are chosen.

export const pane = document.getElementById("sheet-pane");
export const sheet = () => document.getElementById("sheet");
export const grid = () => sheet().querySelector(".sheet__grid");
export const tableUid = () => sheet().dataset.table ?? "";
export const isRepeat = () => "repeat" in sheet().dataset;

export const columnHeads = () => [...sheet().querySelectorAll("[data-col]")];
export const rowHeads = () => [...sheet().querySelectorAll("tr[data-row]")];
const span = () => document.getElementById("sheet-corner")?.colSpan ?? 1;
const bodyCells = (line) => [...line.querySelectorAll("td.k")];

// A line of the grid as cells, each at the columns that it spans.
const cellsOf = (line) => [...line.cells].flatMap((cell) => Array(cell.colSpan).fill(cell));
export const lines = () => [...grid().rows].map(cellsOf);

export const controlOf = (cell) => cell && (cell.querySelector("input, select") ?? (cell.tabIndex === -1 && cell.hasAttribute("tabindex") ? cell : null));

// What a place belongs to: a column's heads, a row's heads, a cell of the body, or the corner.
export const placeOf = (target) => {
  const cell = target.closest?.("td, th");
  const line = cell?.parentElement;
  if (!line || !sheet().contains(line)) return null;
  if ("corner" in cell.dataset) return { kind: "corner" };
  const at = cellsOf(line).indexOf(cell) - span();
  if (line.dataset.row) {
    const row = rowHeads().indexOf(line);
    return at < 0 ? { kind: "rows", row } : { kind: "cells", row, column: bodyCells(line).indexOf(cell) };
  }
  return at >= 0 && line.closest(".sheet__heads") ? { kind: "columns", column: at, line: line.dataset.line } : null;
};

const chosen = { kind: "", from: { row: 0, column: 0 }, to: { row: 0, column: 0 } };

const between = (list, from, to) => list.slice(Math.min(from, to), Math.max(from, to) + 1);
export const chosenColumns = () => between(columnHeads(), chosen.from.column, chosen.to.column).map((head) => head.dataset.col);
export const chosenRows = () => between(rowHeads(), chosen.from.row, chosen.to.row).map((line) => line.dataset.row);
export const chosenKind = () => chosen.kind;

export const axis = () => (chosen.kind === "rows" || (chosen.kind === "cells" && !isRepeat()) ? "rows" : "columns");
export const chosenNodes = () => (chosen.kind === "" || chosen.kind === "corner" ? [] : axis() === "rows" ? chosenRows() : chosenColumns());

// The chosen cells as pairs; a whole row or column has "" for the other.
export const chosenCells = () => {
  if (chosen.kind === "rows") return chosenRows().map((row) => [row, ""]);
  if (chosen.kind === "columns") return chosenColumns().map((column) => ["", column]);
  return chosenRows().flatMap((row) => chosenColumns().map((column) => [row, column]));
};

const isChosen = (row, column) => {
  const inside = (value, end) => value >= Math.min(chosen.from[end], chosen.to[end]) && value <= Math.max(chosen.from[end], chosen.to[end]);
  if (chosen.kind === "rows") return inside(row, "row");
  if (chosen.kind === "columns") return inside(column, "column");
  return chosen.kind === "cells" && inside(row, "row") && inside(column, "column");
};

export const chosenElements = () => rowHeads().flatMap((line, row) => bodyCells(line).filter((_cell, column) => isChosen(row, column)));

export const showChosen = () => {
  if (!grid()) return;
  for (const marked of grid().querySelectorAll("[aria-selected]")) marked.removeAttribute("aria-selected");
  for (const cell of chosenElements()) cell.setAttribute("aria-selected", "true");
  if (chosen.kind === "columns") for (const uid of chosenColumns()) document.getElementById(`sc-${uid}`).setAttribute("aria-selected", "true");
  if (chosen.kind === "rows") for (const uid of chosenRows()) document.getElementById(`sr-${uid}`).setAttribute("aria-selected", "true");
  const count = chosen.kind === "cells" ? chosenElements().length : chosenNodes().length;
  document.getElementById("sheet-chosen").textContent = count > 1 ? `${count}` : "";
};

export const choose = (place, { extend = false } = {}) => {
  if (!place) return;
  const at = { row: place.row ?? 0, column: place.column ?? 0 };
  if (!extend || chosen.kind !== place.kind) Object.assign(chosen, { kind: place.kind, from: at });
  chosen.to = at;
  showChosen();
};

export const forget = () => Object.assign(chosen, { kind: "", from: { row: 0, column: 0 }, to: { row: 0, column: 0 } });
