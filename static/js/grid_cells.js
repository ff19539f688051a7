// The places of a grid (<table data-grid>): its rows of cells, each with the control in it, null where nothing is entered.

export const CONTROL = "input:not([type=hidden]), select:not([hidden])";

export const rowsOf = (grid) =>
  [...grid.tBodies].flatMap((body) => [...body.rows]).map((row) => [...row.cells].map((cell) => cell.querySelector(CONTROL)));

export const placeOf = (rows, control) => {
  const row = rows.findIndex((each) => each.includes(control));
  return [row, rows[row]?.indexOf(control) ?? -1];
};

export const isOpen = (control) => Boolean(control) && !control.disabled;

// Where text can be entered and is saved at once.
export const takesText = (control) =>
  isOpen(control) &&
  !control.readOnly &&
  control.matches("input:not([type=checkbox], [type=radio], [type=file]), select") &&
  Boolean(control.closest("[data-path]"));

export const textOf = (control) =>
  control instanceof HTMLSelectElement ? (control.selectedOptions[0]?.textContent.trim() ?? "") : control.value;

// What stands in a cell, to be put back later.
export const standing = (cell) => {
  const { missing = "", reason = "", expected = "" } = cell.dataset;
  return { text: textOf(cell.querySelector(CONTROL)), missing, reason, expected };
};
