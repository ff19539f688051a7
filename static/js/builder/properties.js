// The right pane: languages of the texts, kinds, rules under a condition, choices, lists, several elements at once.

import { command, draft, edit } from "./draft.js";
import { nodeOf } from "./fields.js";
import { redraw, select, selectedNodes } from "./selection.js";

const LAST_PAGE = 99_999; // a page behind the last is the last

const pane = () => document.getElementById("props");
const change = (control) => control.dispatchEvent(new Event("change", { bubbles: true }));

// Which language is shown, and which parts are open, stays the same from one element to the next.
let language = "";
const folded = new Map();

const showLanguage = () => {
  const buttons = [...pane().querySelectorAll("[data-show-lang]")];
  const codes = buttons.map((button) => button.dataset.showLang);
  const shown = codes.includes(language) ? language : codes[0];
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.showLang === shown));
  if (!shown) return;
  for (const text of pane().querySelectorAll("[data-lang]")) text.hidden = text.dataset.lang !== shown;
};

const showParts = () => {
  for (const part of pane().querySelectorAll("details[data-part]"))
    if (folded.has(part.dataset.part)) part.open = folded.get(part.dataset.part);
};

document.addEventListener("click", (event) => {
  const summary = event.target.closest?.("#props summary");
  if (summary) folded.set(summary.parentElement.dataset.part, !summary.parentElement.open);
});

// Asks before something goes; resolves with true to go on.
const confirm = (text) => {
  const dialog = document.getElementById("props-confirm");
  dialog.querySelector("[data-part=text]").textContent = text;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
};

const setKind = async (control) => {
  const chosen = control.selectedOptions[0];
  const before = [...control.options].find((option) => option.defaultSelected);
  if (chosen === before) return undefined;
  const lost = chosen.dataset.lost;
  if (lost && !(await confirm(`${control.dataset.confirm} ${lost}.`))) {
    control.value = before.value;
    return control.focus();
  }
  return command("set_kind", { node: nodeOf(control), kind: chosen.value });
};

const setWhen = (control) => {
  const text = document.getElementById(control.dataset.when);
  const asksIf = control.value === "if";
  const place = document.getElementById(`${text.id}-expression`);
  place.hidden = !asksIf;
  // Where the condition is put together from words, the words come first.
  if (asksIf) return (text.offsetParent ? text : (place.querySelector("[data-condition]") ?? text)).focus();
  text.value = control.value;
  return change(text);
};

const addWord = (control) => {
  const text = document.getElementById(control.dataset.addWord);
  text.value = [text.value.trim(), control.value].filter(Boolean).join(" ");
  control.value = "";
  change(text);
};

// Keys go through a closed menu option by option. What would change much with each of them waits for Enter, a kind
// also for leaving the menu.
const STEPPED = "[data-kind-choice], [data-bulk-section]";
let isStepping = false;
let waiting = null;
const take = (menu) => {
  waiting = null;
  if (menu.matches("[data-kind-choice]")) setKind(menu);
  else if (menu.value) moveTo(menu);
};

document.addEventListener(
  "keydown",
  (event) => {
    if (!event.target.matches?.(STEPPED)) return;
    isStepping = event.key !== "Enter";
    if (isStepping || waiting !== event.target) return;
    event.preventDefault();
    take(event.target);
  },
  true,
);
document.addEventListener("pointerdown", () => (isStepping = false), true);
document.addEventListener("focusout", ({ target }) => {
  if (target !== waiting) return;
  if (target.matches("[data-kind-choice]")) return void take(target);
  waiting = null;
  target.value = "";
});

document.addEventListener("change", (event) => {
  const control = event.target;
  if (control.matches(STEPPED)) {
    if (isStepping) waiting = control;
    else take(control);
  } else if (control.matches("[data-when]")) setWhen(control);
  else if (control.matches("[data-add-word]")) addWord(control);
  else if (control.matches("[data-fresh-list]")) command("fresh_list", { node: nodeOf(control), ready: control.value });
});

// Choices: the tools work on the row that was used last.
let current = "";
const listOf = (place) => place.closest("[data-choices]");
const rowOf = (place) => place.closest?.("[data-choices] [data-node]");
const rows = (list) => [...list.querySelectorAll("tr[data-node]")];
const inputOf = (row) => row?.querySelector("input:not([hidden])");

const markRow = () => {
  for (const row of pane().querySelectorAll("tr[data-node]")) row.classList.toggle("is-current", row.dataset.node === current);
};

document.addEventListener("focusin", (event) => {
  const row = rowOf(event.target);
  if (!row) return;
  current = row.dataset.node;
  markRow();
});

const add = async (list, after) => {
  const known = new Set(rows(list).map((row) => row.dataset.node));
  const isLast = !after || after === rows(list).slice(-1)[0]?.dataset.node;
  if (isLast) draft.page = LAST_PAGE;
  await command("add_choice", { list: list.dataset.choices, after: after ?? "" });
  const drawn = document.getElementById(list.id);
  const added = drawn && rows(drawn).find((row) => !known.has(row.dataset.node));
  const label = added?.querySelector("[data-lang]:not([hidden])") ?? inputOf(added);
  label?.focus();
};

const remove = async (list, uid) => {
  const uids = rows(list).map((row) => row.dataset.node);
  const next = uids[uids.indexOf(uid) + 1] ?? uids[uids.indexOf(uid) - 1] ?? "";
  await command("delete_choice", { nodes: [uid] });
  current = next;
  markRow();
  const row = document.getElementById(`c-${next}`);
  (inputOf(row) ?? document.querySelector(`#${CSS.escape(list.id)} [data-choice=add]`))?.focus();
};

const tools = {
  add: (list) => add(list, ""),
  up: (_list, uid) => uid && command("move_choice", { nodes: [uid], up: true }),
  down: (_list, uid) => uid && command("move_choice", { nodes: [uid], up: false }),
  delete: (list, uid) => uid && remove(list, uid),
  open: (_list, uid) => uid && select(uid, { focus: "label" }),
};

const keyOf = (event) => {
  if (event.altKey) return { ArrowUp: "up", ArrowDown: "down" }[event.key];
  if (event.ctrlKey || event.metaKey) return { Delete: "delete" }[event.key];
  return "";
};

document.addEventListener(
  "keydown",
  (event) => {
    const row = rowOf(event.target);
    if (!row || event.isComposing) return;
    const list = listOf(row);
    const tool = keyOf(event);
    const { id } = event.target;
    if (tool) {
      event.preventDefault();
      change(event.target);
      tools[tool](list, row.dataset.node)?.then(() => document.getElementById(id)?.focus());
    } else if (event.key === "Enter") {
      event.preventDefault();
      change(event.target);
      add(list, row.dataset.node);
    }
  },
  true,
);

// Pasting: what would come of it is shown while one types.
const dialog = document.getElementById("paste-choices");
const text = document.getElementById("paste-text");
const paster = document.getElementById("paste-take");
let target = {};
let asked = 0;

const replaces = () => document.getElementById("paste-replace").checked;
const headers = () => ({
  "Content-Type": "application/json",
  "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"],
});

const preview = async () => {
  const turn = (asked += 1);
  paster.disabled = true;
  await new Promise((resolve) => setTimeout(resolve, 150));
  if (turn !== asked) return;
  const body = JSON.stringify({ text: text.value, replace: replaces() });
  const answer = await fetch(target.url, { method: "POST", headers: headers(), body });
  if (turn !== asked) return;
  if ((answer.headers.get("Content-Type") ?? "").startsWith("application/json")) {
    document.getElementById("pasted").textContent = (await answer.json()).message;
    return;
  }
  if (!answer.ok) return;
  const part = document.createElement("template");
  part.innerHTML = await answer.text();
  document.getElementById("pasted").replaceWith(part.content.querySelector("#pasted"));
  paster.disabled = document.getElementById("pasted").dataset.fit !== "yes";
};

text.addEventListener("input", preview);
dialog.addEventListener("change", (event) => event.target.name === "paste-way" && preview());
paster.addEventListener("click", async () => {
  dialog.close();
  draft.page = 1;
  await command("paste_choices", { list: target.list, text: text.value, replace: replaces() });
  document.querySelector(`#choices-${CSS.escape(target.list)} [data-paste]`)?.focus();
});

const openPaste = (button) => {
  target = { url: button.dataset.paste, list: listOf(button).dataset.choices };
  text.value = "";
  document.getElementById("pasted").replaceChildren();
  paster.disabled = true;
  dialog.showModal();
  text.focus();
};

// Several elements go to a section; the menu has those of the outline at the moment it is opened.
const fillSections = (menu) => {
  const items = [...document.querySelectorAll("#k-root > [role=treeitem][aria-expanded]")];
  const options = items.map((item) => new Option(item.querySelector(".tree__row .clip").textContent.trim(), item.dataset.uid));
  menu.replaceChildren(menu.options[0], ...options);
};

const moveTo = (menu) => {
  const [section, nodes] = [menu.value, selectedNodes()];
  menu.value = "";
  const list = document.getElementById(`k-${section}`);
  const staying = [...list.children].map((item) => item.dataset.uid).filter((uid) => !nodes.includes(uid));
  return command("move", { nodes, parent: section, slot: list.dataset.slot, after: staying.slice(-1)[0] ?? "" });
};

document.addEventListener("focusin", (event) => event.target.matches?.("[data-bulk-section]") && fillSections(event.target));

const clicks = {
  showLang: (button) => {
    language = button.dataset.showLang;
    showLanguage();
  },
  go: (button) => select(button.dataset.go, { focus: "pane" }),
  page: (button) => {
    draft.page = Number(button.dataset.page);
    redraw();
  },
  choice: (button) => tools[button.dataset.choice](listOf(button), current),
  paste: openPaste,
  command: async (button) => {
    const { command: name, confirm: question, nodeGiven: node, list, language: code } = button.dataset;
    if (question && !(await confirm(question))) return;
    await command(name, { node, list, language: code });
  },
  defaultLanguage: (button) => {
    const before = button.closest("table").querySelector("[data-default]").dataset.default;
    edit([{ op: "change", node: "root", field: "default_language", old: before, new: button.dataset.defaultLanguage }]);
  },
  addLanguage: () => {
    const code = document.getElementById("p-root-language");
    if (code.value.trim()) command("add_language", { language: code.value.trim() });
    code.value = "";
  },
  addColumn: (button) => {
    const name = document.getElementById("p-new-column").value.trim();
    const value = document.getElementById("p-new-value").value;
    if (name && value) edit([{ op: "change", node: nodeOf(button), field: `extra.${name}`, old: null, new: value }]);
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#props-pane button, [data-outline-root]");
  const name = button && Object.keys(clicks).find((each) => each in button.dataset);
  if (name) clicks[name](button);
});

document.addEventListener("draft:drawn", () => {
  showLanguage();
  showParts();
  markRow();
});
showLanguage();
