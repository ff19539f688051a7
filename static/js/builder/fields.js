// A control with [data-field] shows a field of the node of its [data-node]. When it changes, one operation goes out,
// with the value that was seen: the server refuses it where somebody else was faster.

import { command, edit } from "./draft.js";

const JSON_KINDS = { json: JSON.parse, flag: (_text, control) => control.checked };

export const nodeOf = (control) => control.closest("[data-node]").dataset.node;

const valueOf = (control) => {
  if (control.type === "checkbox" && !control.dataset.as) return control.checked ? control.value : "";
  const read = JSON_KINDS[control.dataset.as];
  return read ? read(control.value, control) : control.value;
};

const seenOf = (control) => (control.dataset.as ? JSON.parse(control.dataset.seen) : control.dataset.seen);

export const isUnsent = (control) =>
  control.matches?.("[data-field], [data-rename]") && JSON.stringify(valueOf(control)) !== JSON.stringify(seenOf(control));

const send = (control) => {
  if (!isUnsent(control)) return;
  const [value, seen] = [valueOf(control), seenOf(control)];
  control.dataset.seen = control.dataset.as ? JSON.stringify(value) : value;
  if ("rename" in control.dataset) return void command("rename", { node: nodeOf(control), name: value });
  edit([{ op: "change", node: nodeOf(control), field: control.dataset.field, old: seen, new: value }]);
};

document.addEventListener("change", (event) => event.target.matches?.("[data-field], [data-rename]") && send(event.target));
// Enter in a one-line field sends it, as leaving it does.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches?.("input[data-field], input[data-rename]")) send(event.target);
});

export const flush = () => document.activeElement && document.activeElement.matches?.("[data-field], [data-rename]") && send(document.activeElement);
