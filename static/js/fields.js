// A cell ([data-path]) and its controls: reading what stands in them, writing a value into them.

export const fieldOf = (cell) => cell.dataset.field ?? "value";

export const controlsOf = (cell) =>
  [...cell.querySelectorAll("input, select, textarea")].filter(
    (control) =>
      control.closest("[data-path]") === cell &&
      !control.closest("[data-no-save]") &&
      !["file", "hidden", "button", "submit"].includes(control.type),
  );

// {many, value}: the values as a list of texts; `many` if the cell holds a list (checkboxes, a multiple select).
export const read = (cell) => {
  const controls = controlsOf(cell);
  const boxes = controls.filter((control) => control.type === "checkbox");
  const select = controls.find((control) => control.multiple && control.options);
  const many = "many" in cell.dataset || boxes.length > 1 || Boolean(select);
  if (select) return { many, value: [...select.selectedOptions].map((option) => option.value) };
  if (boxes.length) {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    return { many, value: many || chosen.length ? chosen : [""] };
  }
  const radios = controls.filter((control) => control.type === "radio");
  if (radios.length) return { many, value: [radios.find((radio) => radio.checked)?.value ?? ""] };
  return { many, value: [controls[0]?.value ?? ""] };
};

export const write = (cell, value) => {
  const chosen = (Array.isArray(value) ? value : [value ?? ""]).map(String);
  for (const control of controlsOf(cell)) {
    if (["checkbox", "radio"].includes(control.type)) control.checked = chosen.includes(control.value);
    else if (control.multiple && control.options)
      for (const option of control.options) option.selected = chosen.includes(option.value);
    else control.value = chosen[0] ?? "";
  }
};

// What stands in an input that nobody has touched: its attribute as its type takes it (a text has no line breaks).
const served = (input) => {
  const probe = document.createElement("input");
  for (const { name, value } of input.attributes) probe.setAttribute(name, value);
  return probe.value;
};

const isServed = (control) => {
  if (["checkbox", "radio"].includes(control.type)) return control.checked === control.defaultChecked;
  if (control.matches("textarea")) return control.value === control.defaultValue;
  if (!control.matches("select")) return control.value === served(control);
  const options = [...control.options];
  const first = control.multiple || options.some((option) => option.defaultSelected) ? null : options.find((option) => !option.disabled);
  return options.every((option) => option.selected === (option.defaultSelected || option === first));
};

// Whether somebody has changed the cell since the server wrote it. What is being typed is not changed yet.
export const isChanged = (cell) =>
  controlsOf(cell).some(
    (control) => !isServed(control) && (control !== document.activeElement || !control.matches("textarea, input:not([type=checkbox], [type=radio])")),
  );

// The one line of text that a cell holds, if that is what it holds.
export const lineOf = (cell) => {
  const controls = controlsOf(cell);
  const isLine = controls.length === 1 && controls[0].matches("input:not([type=checkbox], [type=radio])");
  return isLine ? controls[0] : null;
};
