// Why there is no figure, in the cells of a grid: #missing-code asks for the code, the reason and the day, for one cell or for
// every blank cell of its row, and gives them to blocks.js as one change (`ks:change` on the grid). The dialog opens on Alt+K,
// and by the button that stands in the chosen cell (template[data-grid-words=code-button]). Which codes a column takes is
// said by its head (data-codes); what stands in a cell, by the cell (data-missing, data-reason, data-expected).
import { CONTROL, standing, takesText } from "./grid_cells.js";

const dialog = document.getElementById("missing-code");

const codesOf = (cell) =>
  (cell.closest("[data-grid]")?.tHead?.rows[0].cells[cell.cellIndex]?.dataset.codes ?? "").split(" ").filter(Boolean);

const controlOf = (cell) => cell.querySelector(CONTROL);

const takesCode = (cell) => {
  const control = cell.matches("[data-path]") && controlOf(cell);
  return Boolean(control) && takesText(control) && codesOf(cell).length > 0;
};

const isBlank = (cell) => controlOf(cell).value === "" && !cell.dataset.missing;

let cell = null; // the cell that the dialog speaks of

const field = (name) => dialog.querySelector(`[data-code-${name}]`);
const code = () => dialog.querySelector("[name=code]:checked")?.value ?? "";

// Each code has what it must say with it: why the figure may not be told, when it will be there.
const settle = () => {
  const now = code();
  field("reason").required = now === "HC";
  field("expected").required = now === "CCSL";
  field("expected").closest(".field").hidden = now !== "CCSL";
  field("reason").closest(".field").hidden = !now;
};

const open = (where) => {
  cell = where;
  const { missing = "", reason = "", expected = "" } = cell.dataset;
  const offered = codesOf(cell);
  for (const choice of dialog.querySelectorAll("[name=code]")) {
    choice.closest("label").hidden = choice.value !== "" && !offered.includes(choice.value);
    choice.checked = choice.value === (missing || offered[0]);
  }
  field("reason").value = reason;
  field("expected").value = expected;
  field("place").textContent = controlOf(cell).getAttribute("aria-label") ?? "";
  const others = blanksOfRow().length;
  field("row").closest("label").hidden = !others;
  field("row").checked = false;
  for (const count of dialog.querySelectorAll("[data-count]")) count.textContent = String(others);
  settle();
  dialog.returnValue = "";
  dialog.showModal();
  dialog.querySelector("[name=code]:checked")?.focus();
};

const blanksOfRow = () => [...cell.parentElement.cells].filter((each) => each !== cell && takesCode(each) && isBlank(each));

const coded = (each, now) => {
  const control = controlOf(each);
  const before = standing(each);
  control.value = "";
  const parts = [{ field: "missing", value: [now] }];
  const said = { reason: now ? field("reason").value.trim() : "", expected: now === "CCSL" ? field("expected").value.trim() : "" };
  for (const name of ["reason", "expected"]) if (said[name] !== before[name]) parts.push({ field: name, value: [said[name]] });
  return { control, before, parts };
};

const answered = () => {
  const control = cell && controlOf(cell);
  if (dialog.returnValue === "store" && (code() || cell.dataset.missing)) {
    const now = code();
    const cells = [cell, ...(now && field("row").checked ? blanksOfRow().filter((each) => codesOf(each).includes(now)) : [])];
    const wanted = cells.map((each) => coded(each, now));
    cell.closest("[data-grid]").dispatchEvent(new CustomEvent("ks:change", { bubbles: true, detail: { channel: "form", wanted } }));
  }
  control?.focus();
};

// ---- Ways in

const words = document.querySelector("template[data-grid-words=code-button]")?.content.firstElementChild;
const button = words?.cloneNode(true);

const entered = ({ target }) => {
  const place = target.closest?.("[data-grid] td[data-path]");
  if (!place || target === button) return;
  if (takesCode(place)) place.append(button);
  else button.remove();
};

const pressed = (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyK" || event.isComposing) return;
  const place = event.target.closest?.("[data-grid] td[data-path]");
  if (!place || !takesCode(place)) return;
  event.preventDefault();
  open(place);
};

if (dialog && button) {
  document.addEventListener("focusin", entered);
  document.addEventListener("keydown", pressed);
  button.addEventListener("click", () => open(button.closest("td")));
  dialog.addEventListener("change", settle);
  dialog.addEventListener("close", answered);
}
