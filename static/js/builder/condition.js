// The dialog in which a condition is put together, or edited as an expression. The server keeps both in step: every
// choice goes to it and comes back as the whole dialog. What is saved is one change of the field.

import { openNames } from "./condition_names.js";
import { edit } from "./draft.js";

const { Idiomorph } = window;
const page = document.querySelector("[data-draft]");
const dialog = document.getElementById("condition");
const TYPING = 350;

const body = () => document.getElementById("condition-body");
const urlOf = (uid, field = "") => page.dataset.conditionsUrl.replace("UID", encodeURIComponent(uid)) + (field && `${field}/`);

const keepOpen = { beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS") };
// What is being typed stays; a list of comparisons is that of the question just chosen, also while it has the focus.
const isTyped = (control) => control?.matches("textarea, input:not([type=checkbox])") ?? false;
const draw = (html) => {
  const ignoreActiveValue = isTyped(document.activeElement);
  Idiomorph.morph(body(), html.trim(), { morphStyle: "outerHTML", ignoreActiveValue, callbacks: keepOpen });
  const wanted = body().dataset.focus;
  if (wanted) document.getElementById(wanted)?.focus();
};

const own = (root, part) =>
  [...root.querySelectorAll(`[data-part=${part}]`)].filter((each) => each.closest("[data-term], [data-group]") === root);

const subjectOf = (input) => (input.value === input.dataset.shown ? input.dataset.expressionOf : input.value);

const termOf = (root) => {
  const [subject] = own(root, "subject");
  const chosen = own(root, "value").filter((each) => each.type !== "checkbox" || each.checked);
  const wanted = subjectOf(subject);
  return {
    subject: wanted,
    comparison: own(root, "comparison")[0].value,
    as: own(root, "as")[0]?.value ?? "value",
    new: wanted !== subject.dataset.sent,
    // The values of another question are no values of this one.
    values: wanted === subject.dataset.sent ? chosen.map((each) => each.value) : [],
  };
};

const groupOf = (root) => ({
  kind: own(root, "kind")[0].value,
  parts: [...root.querySelectorAll(":scope > [data-term], :scope > [data-group]")].map((part) =>
    part.matches("[data-term]") ? termOf(part) : groupOf(part),
  ),
});

let turn = 0;
const send = async (given) => {
  const mine = (turn += 1);
  const headers = { "Content-Type": "application/json", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] };
  const answer = await fetch(body().dataset.url, { method: "POST", headers, body: JSON.stringify(given) });
  const html = await answer.text();
  // Only the answer to the last question is drawn: an earlier one, come in while somebody ticked on, would untick.
  if (mine === turn && answer.ok) draw(html);
};

const whole = () => body().querySelector("[data-group]");
const sendParts = (more = {}) => send({ condition: groupOf(whole()), ...more });
const sendOf = (control) => (control.id === "condition-text" ? send({ text: control.value }) : sendParts());

let waiting = 0;
const sendSoon = (control) => {
  clearTimeout(waiting);
  waiting = setTimeout(() => sendOf(control), TYPING);
};

// What opened the dialog is drawn anew after saving, and gets the focus back; not once one has gone elsewhere, to another
// node or another control.
let opener = null; // {id, uid}
const goBack = () => {
  const button = opener && document.activeElement === document.body && document.getElementById(opener.id);
  if (button && button.dataset.condition === opener.uid) button.focus({ preventScroll: true });
};
document.addEventListener("focusin", ({ target }) => {
  if (!dialog.contains(target) && target.id !== opener?.id) opener = null;
});

const open = async (uid, field) => {
  const answer = await fetch(urlOf(uid, field));
  if (!answer.ok) return;
  body().outerHTML = (await answer.text()).trim();
  dialog.showModal();
  (body().querySelector("[data-part=subject]") ?? document.getElementById("condition-add") ?? document.getElementById("condition-text")).focus();
};

const save = (text) => {
  const { uid, rule, kept } = body().dataset;
  clearTimeout(waiting);
  dialog.close();
  if (text !== kept) edit([{ op: "change", node: uid, field: rule, old: kept, new: text }]);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-condition]");
  if (button) {
    event.preventDefault();
    opener = { id: button.id, uid: button.dataset.condition };
    return void open(button.dataset.condition, button.dataset.conditionField);
  }
  const shower = event.target.closest("[data-show-expression]");
  if (!shower) return;
  const isShown = shower.closest("[data-expression]").toggleAttribute("data-plain");
  shower.setAttribute("aria-expanded", String(isShown));
});

dialog.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]");
  if (act) return void sendParts({ do: act.dataset.act, at: act.dataset.at });
  if (event.target.closest("[data-remove-rule]")) return save("");
  if (event.target.closest("[data-save-rule]")) save(document.getElementById("condition-text").value.trim());
});
dialog.addEventListener("change", (event) => {
  clearTimeout(waiting);
  sendOf(event.target);
});
dialog.addEventListener("input", ({ target }) => {
  if (target.matches("textarea, input[data-part=value]:not([type=checkbox])")) sendSoon(target);
});
document.getElementById("condition-form").addEventListener("submit", (event) => event.preventDefault());
openNames(dialog, () => `${body().dataset.url}names/`);

// The sentences beside the expressions in the pane of properties.
const fill = async () => {
  const props = document.getElementById("props");
  const places = [...(props?.querySelectorAll("[data-expression]") ?? [])];
  if (!places.length) return;
  const answer = await fetch(urlOf(props.dataset.node));
  if (!answer.ok) return;
  const parts = document.createElement("template");
  parts.innerHTML = await answer.text();
  for (const place of places) {
    const part = parts.content.querySelector(`[data-said="${place.dataset.field}"]`);
    const old = place.querySelector(".said");
    if (!part || !place.isConnected) continue;
    if (old) Idiomorph.morph(old, part, { morphStyle: "outerHTML" });
    else place.querySelector("textarea, input").before(part);
  }
  goBack();
};
document.addEventListener("htmx:afterSettle", goBack);
document.addEventListener("draft:drawn", fill);
fill();
