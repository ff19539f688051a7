// A control with [data-field] shows a field of the node of its [data-node]. When it changes, one operation goes out,
// with the value that was seen: the server refuses it where somebody else was faster. A refused value stays typed,
// with the reason below it. A fieldset with [data-field] is one control: its value is what is checked in it.

import { command, edit } from "./draft.js";

const CONTROLS = "[data-field]:is(input, select, textarea, fieldset), [data-rename]";

const checked = (control) => [...control.querySelectorAll("input:checked")].map((each) => each.value);
const kept = (control) => (control.dataset.kept ?? "").split(" ").filter(Boolean);

const KINDS = {
  json: (control) => JSON.parse(control.value),
  flag: (control) => control.checked,
  list: checked,
  words: (control) => [...kept(control), ...checked(control)].join(" "),
};

export const nodeOf = (control) => control.closest("[data-node]").dataset.node;

const valueOf = (control) => {
  if (control.type === "checkbox" && !control.dataset.as) return control.checked ? control.value : "";
  const read = KINDS[control.dataset.as];
  return read ? read(control) : control.value;
};

const seenOf = (control) => (control.dataset.as ? JSON.parse(control.dataset.seen) : control.dataset.seen);
const see = (control, value) => (control.dataset.seen = control.dataset.as ? JSON.stringify(value) : value);

export const isUnsent = (control) =>
  control.matches?.(CONTROLS) && JSON.stringify(valueOf(control)) !== JSON.stringify(seenOf(control));

const refusalId = (control) => `${control.id}-refusal`;

const accept = (control) => {
  if (!control.hasAttribute("aria-invalid")) return;
  document.getElementById(refusalId(control))?.remove();
  control.removeAttribute("aria-invalid");
  control.removeAttribute("aria-errormessage");
};

const refuse = (control, text) => {
  accept(control);
  const said = document.createElement("p");
  said.id = refusalId(control);
  said.className = "refusal";
  said.setAttribute("role", "alert");
  said.textContent = text;
  control.after(said);
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-errormessage", said.id);
};

const go = (control, seen, value) => {
  if ("rename" in control.dataset) return command("rename", { node: nodeOf(control), name: value }, control);
  return edit([{ op: "change", node: nodeOf(control), field: control.dataset.field, old: seen, new: value }], control);
};

const send = (control) => {
  accept(control);
  if (!isUnsent(control)) return;
  const [value, seen] = [valueOf(control), seenOf(control)];
  see(control, value);
  control.unsee = () => see(control, seen);
  go(control, seen, value);
};

document.addEventListener("draft:refused", ({ detail: { control, code, message, reason } }) => {
  if (!control?.isConnected || code === "edit_conflict") return;
  control.unsee();
  refuse(control, reason || message);
});

document.addEventListener("change", (event) => {
  const control = event.target.closest?.(CONTROLS);
  if (control) send(control);
});
// Enter in a one-line field sends it, as leaving it does.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches?.("input[data-field], input[data-rename]")) send(event.target);
});

export const flush = () => {
  const control = document.activeElement?.closest(CONTROLS);
  if (control) send(control);
};
