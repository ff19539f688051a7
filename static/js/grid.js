// Grids: <table class="grid" data-grid>. Arrows, Enter and Shift+Enter move between the inputs of the body, unless an
// input method composes or the caret stands inside the text. A block pasted from a spreadsheet fills cells to the right
// and below; every filled cell gets its `change`, so autosave.js sends them one after another.
// On entering a cell of a table with data-cell-panel="…?path=", `ks:cell` is dispatched on its input (detail: {path}) and
// that address is loaded, with the path behind it, into #cell-panel.

const CONTROL = "input:not([type=hidden]), select";
const rowsOf = (grid) =>
  [...grid.tBodies]
    .flatMap((body) => [...body.rows])
    .map((row) => [...row.cells].map((cell) => cell.querySelector(CONTROL)));

const placeOf = (rows, control) => {
  const r = rows.findIndex((row) => row.includes(control));
  return [r, rows[r]?.indexOf(control) ?? -1];
};

const free = (control) => control && !control.disabled;

const walk = (rows, [r, c], [down, right]) => {
  for (let y = r + down, x = c + right; rows[y] && x >= 0 && x < rows[y].length; y += down, x += right)
    if (free(rows[y][x])) return rows[y][x];
  return null;
};

const direction = ({ key, shiftKey, target }) => {
  if (key === "Enter") return [shiftKey ? -1 : 1, 0];
  if (target instanceof HTMLSelectElement) return null;
  if (key === "ArrowUp") return [-1, 0];
  if (key === "ArrowDown") return [1, 0];
  const { selectionStart: start, selectionEnd: end, value } = target;
  const whole = start === 0 && end === value.length;
  if (key === "ArrowLeft" && (end === 0 || whole)) return [0, -1];
  if (key === "ArrowRight" && (start === value.length || whole)) return [0, 1];
  return null;
};

document.addEventListener("keydown", (event) => {
  const grid = event.target.closest("[data-grid]");
  if (!grid || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!event.target.matches("input:not([type=checkbox], [type=radio]), select")) return;
  const way = direction(event);
  if (!way) return;
  const rows = rowsOf(grid);
  const next = walk(rows, placeOf(rows, event.target), way);
  if (event.key === "Enter" || next) event.preventDefault();
  if (!next) return;
  next.focus();
  next.select?.();
});

// A block is what has a tab or more than one line; a spreadsheet ends it with a line break.
const block = (text) => {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const plain = (cell) => cell.replace(/^"([\s\S]*)"$/, "$1").replace(/""/g, '"').trim();
  const cells = lines.map((line) => line.split("\t").map(plain));
  return cells.length > 1 || cells[0].length > 1 ? cells : null;
};

document.addEventListener("paste", (event) => {
  const grid = event.target.closest("[data-grid]");
  const cells = grid && block(event.clipboardData.getData("text/plain"));
  if (!cells) return;
  event.preventDefault();
  const rows = rowsOf(grid);
  const [top, left] = placeOf(rows, event.target);
  cells.forEach((line, down) =>
    line.forEach((text, right) => {
      const control = rows[top + down]?.[left + right];
      if (!(control instanceof HTMLInputElement) || control.disabled || control.readOnly) return;
      if (control.value === text) return;
      control.value = text;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }),
  );
});

let timer = 0;
document.addEventListener("focusin", (event) => {
  const cell = event.target.closest("[data-cell-panel] [data-path]");
  if (!cell) return;
  const { path } = cell.dataset;
  event.target.dispatchEvent(new CustomEvent("ks:cell", { bubbles: true, detail: { path } }));
  const address = cell.closest("[data-cell-panel]").dataset.cellPanel;
  if (!document.getElementById("cell-panel")) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    const options = { target: "#cell-panel", swap: "innerHTML", source: "#cell-panel" };
    window.htmx?.ajax("GET", address + encodeURIComponent(path), options);
  }, 250);
});
