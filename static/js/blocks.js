// Many cells of a grid as one change, through `ks:block` of autosave.js: a block pasted from a spreadsheet, blanks filled with
// 0, a reason why there is no figure, and taking the last of these back. Parts of the page, all of them optional:
//   [data-grid-tools] beside the grid: [data-grid-undo], [data-grid-zeros] with [data-count], [data-grid-note] (role=status)
//   #fill-zeros     the dialog that asks first, with [data-count] and [data-place]
//   `ks:change` on a grid (detail: {channel, wanted}) makes one change of what another module wants
//   template[data-grid-words=…]  the sentences, with [data-count] and the like
// A cell says of itself: data-missing (the code that stands in it), data-number (0 can be filled in).
// Without a form that saves blocks, each cell is changed by itself.
import { blockIn } from "./clipboard_block.js";
import { CONTROL, placeOf, rowsOf, standing, takesText, textOf } from "./grid_cells.js";

const form = document.querySelector("form[data-autosave]");
const cellOf = (control) => control.closest("[data-path]");
const toolsOf = (grid) => grid.closest("[data-grid-place]")?.querySelector("[data-grid-tools]");
const controlAt = (path) => form?.querySelector(`[data-grid] [data-path="${CSS.escape(path)}"]`)?.querySelector(CONTROL);

// ---- What is said

const sentence = (name, facts = {}) => {
  const words = document.querySelector(`template[data-grid-words="${name}"]`)?.content.cloneNode(true);
  for (const [fact, value] of Object.entries(facts))
    for (const place of words?.querySelectorAll(`[data-${fact}]`) ?? []) place.textContent = String(value);
  return words?.textContent.trim() ?? "";
};

const say = (grid, sentences) => {
  const place = toolsOf(grid)?.querySelector("[data-grid-note]");
  if (place) place.textContent = sentences.filter(Boolean).join(" ");
};

const counted = (name, count, facts = {}) => (count ? sentence(name, { count, ...facts }) : "");

// ---- One change

const typedIn = new WeakSet(); // controls in which a person has typed since they were entered or saved
const undoable = []; // {token, grid id, cells: [{path, before, after}]}, the last one last
let tokens = 0;

const write = (control, text) => {
  if (control instanceof HTMLSelectElement) {
    const folded = text.toLocaleLowerCase();
    const option = [...control.options].find(
      ({ value, textContent }) => value === text || textContent.trim().toLocaleLowerCase() === folded,
    );
    if (option) control.value = option.value;
    return option?.value ?? text;
  }
  control.value = text;
  return text;
};

// `wanted`: [{control, before, parts: [{field, value}]}]. What stood there before is kept for taking it back.
const change = (grid, channel, wanted) => {
  if (!wanted.length) return;
  if (!form?.dataset.blockUrl) {
    for (const { control } of wanted) control.dispatchEvent(new Event("change", { bubbles: true }));
    return;
  }
  tokens += 1;
  const token = tokens;
  for (const { control } of wanted) typedIn.delete(control);
  if (channel !== "undo")
    undoable.push({ token, grid, cells: wanted.map(({ control, before }) => ({ path: cellOf(control).dataset.path, before, after: textOf(control) })) });
  const parts = wanted.flatMap(({ control, parts: each }) => each.map((part) => ({ path: cellOf(control).dataset.path, ...part })));
  form.dispatchEvent(new CustomEvent("ks:block", { detail: { channel, token, parts } }));
  refresh();
};

const put = (control, text) => {
  const before = standing(cellOf(control));
  return { control, before, parts: [{ field: "value", value: [write(control, text)] }] };
};

// ---- Pasting

const beyond = (rows, cells, [top, left]) => {
  const width = Math.max(...rows.map((row) => row.length));
  const tooLow = Math.max(0, top + cells.length - rows.length);
  const tooFar = Math.max(0, left + Math.max(...cells.map((row) => row.length)) - width);
  const count = cells.flatMap((row, down) => row.filter((text, right) => text && (top + down >= rows.length || left + right >= width))).length;
  return counted("beyond", count, { rows: tooLow, columns: tooFar });
};

const paste = (event) => {
  const grid = event.target.closest?.("[data-grid]");
  const cells = grid && !event.target.closest("[data-find]") && blockIn(event.clipboardData.getData("text/plain"));
  if (!cells) return;
  event.preventDefault();
  const rows = rowsOf(grid);
  const [top, left] = placeOf(rows, event.target);
  const wanted = [];
  let blank = 0;
  let closed = 0;
  cells.forEach((line, down) =>
    line.forEach((text, right) => {
      const row = rows[top + down];
      if (!row || left + right >= row.length) return;
      const control = row[left + right];
      if (!text) blank += 1;
      else if (!control || !takesText(control)) closed += 1;
      else if (textOf(control) !== text) wanted.push(put(control, text));
    }),
  );
  change(grid, "paste", wanted);
  event.target.select?.();
  say(grid, [
    sentence("pasted", { count: wanted.length }),
    beyond(rows, cells, [top, left]),
    counted("closed", closed),
    counted("blank", blank),
  ]);
};

// ---- Filling blanks with 0

const blanks = (grid) =>
  rowsOf(grid)
    .flat()
    .filter((control) => control && takesText(control) && control.value === "" && cellOf(control).matches("[data-number]:not([data-missing])"));

const ask = (grid) => {
  const dialog = document.getElementById("fill-zeros");
  const count = blanks(grid).length;
  if (!dialog || !count) return;
  for (const place of dialog.querySelectorAll("[data-count]")) place.textContent = String(count);
  for (const place of dialog.querySelectorAll("[data-place]")) place.textContent = titleOf(grid);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener("close", () => dialog.returnValue === "zeros" && fill(grid), { once: true });
};

const titleOf = (grid) => document.getElementById(grid.getAttribute("aria-labelledby"))?.textContent.trim().replace(/\s+/g, " ") ?? "";

const fill = (grid) => {
  const wanted = blanks(grid).map((control) => put(control, "0"));
  change(grid, "zeros", wanted);
  say(grid, [sentence("filled", { count: wanted.length })]);
};

// ---- Taking back

const back = ({ text, missing, reason, expected }, now) => {
  const parts = [];
  if (missing) parts.push({ field: "missing", value: [missing] });
  else if (text || !now.missing) parts.push({ field: "value", value: [text] });
  else parts.push({ field: "missing", value: [""] });
  if (reason !== now.reason) parts.push({ field: "reason", value: [reason] });
  if (expected !== now.expected) parts.push({ field: "expected", value: [expected] });
  return parts;
};

const undo = (grid) => {
  const at = undoable.map((each) => each.grid.id).lastIndexOf(grid.id);
  if (at < 0) return;
  const [{ cells }] = undoable.splice(at, 1);
  const wanted = [];
  let kept = 0;
  for (const { path, before, after } of cells) {
    const control = controlAt(path);
    if (!control || !takesText(control) || textOf(control) !== after) {
      kept += 1;
      continue;
    }
    const parts = back(before, standing(cellOf(control)));
    const [{ field, value }] = parts;
    if (field === "value") value[0] = write(control, before.text);
    else control.value = "";
    wanted.push({ control, parts });
  }
  change(grid, "undo", wanted);
  say(grid, [sentence("undone", { count: wanted.length }), counted("kept", kept)]);
  refresh();
};

// What was not stored has nothing to take back; what was, stands as the server writes it.
const blockSaved = ({ detail: { token, fates } }) => {
  const block = undoable.find((each) => each.token === token);
  for (const { path, state, shown } of block ? fates : []) {
    const cell = block.cells.find((each) => each.path === path);
    if (state !== "saved") block.cells = block.cells.filter((each) => each !== cell);
    else if (cell && shown !== undefined && controlAt(path) instanceof HTMLInputElement) cell.after = shown;
  }
  const read = fates.filter(({ reading }) => reading);
  const grid = read.length && controlAt(read[0].path)?.closest("[data-grid]");
  if (!grid) return;
  const first = read.slice(0, 3).map(({ path, reading }) => `${controlAt(path)?.getAttribute("aria-label") ?? path}: ${reading}`);
  const place = toolsOf(grid)?.querySelector("[data-grid-note]");
  if (place) place.append(` ${sentence("readings", { count: read.length, list: first.join("; ") })}`);
};

// ---- The tools beside each grid

function refresh() {
  for (const grid of document.querySelectorAll("[data-grid]")) {
    const tools = toolsOf(grid);
    if (!tools) continue;
    const count = blanks(grid).length;
    const zeros = tools.querySelector("[data-grid-zeros]");
    if (zeros) {
      zeros.hidden = !count;
      for (const place of zeros.querySelectorAll("[data-count]")) place.textContent = String(count);
    }
    const taking = tools.querySelector("[data-grid-undo]");
    if (taking) taking.hidden = !undoable.some((each) => each.grid.id === grid.id);
  }
}

const gridOf = (tool) => tool.closest("[data-grid-place]").querySelector("[data-grid]");

const clicked = ({ target }) => {
  const tool = target.closest?.("[data-grid-zeros], [data-grid-undo]");
  if (!tool) return;
  if (tool.matches("[data-grid-zeros]")) ask(gridOf(tool));
  else undo(gridOf(tool));
};

// Ctrl+Z belongs to the text while something was typed in it; after that, to the last block.
const pressed = (event) => {
  const { target, key } = event;
  const grid = target.closest?.("[data-grid]");
  if (!grid || event.isComposing || event.altKey || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey && key.toLowerCase() === "z") {
    if (typedIn.has(target) || !undoable.some((each) => each.grid.id === grid.id)) return;
    event.preventDefault();
    undo(grid);
  }
  // A cell with a code has no text that could be deleted: the code goes.
  const cell = target.closest("[data-path][data-missing]");
  if (cell && ["Delete", "Backspace"].includes(key) && target.value === "" && takesText(target)) {
    event.preventDefault();
    change(grid, "form", [{ control: target, before: standing(cell), parts: [{ field: "missing", value: [""] }] }]);
  }
};

if (form) {
  document.addEventListener("paste", paste);
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  document.addEventListener("focusin", ({ target }) => typedIn.delete(target));
  form.addEventListener("input", ({ target }) => typedIn.add(target));
  form.addEventListener("change", ({ target }) => {
    typedIn.delete(target);
    refresh();
  });
  form.addEventListener("ks:block-saved", blockSaved);
  form.addEventListener("ks:change", ({ target, detail: { channel, wanted } }) => change(target, channel, wanted));
  document.addEventListener("htmx:afterSettle", refresh);
  refresh();
}
