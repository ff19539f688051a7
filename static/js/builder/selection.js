// What is selected: one node whose properties are shown, and others beside it that are moved or deleted with it.

import { draft } from "./draft.js";
import { apply } from "./fragments.js";
import { word } from "./words.js";

const QUIET = 90; // Arrows that are held down ask for the last node only.
const marked = new Set();
const tools = document.getElementById("element-tools").content.firstElementChild;
const bulk = document.getElementById("bulk");
let anchor = "";
let asked = 0;
let askedAt = 0;
let loading = Promise.resolve();
let isHeld = false;

const itemOf = (uid) => document.getElementById(`o-${uid}`);
const parentOf = (item) => item.parentElement.closest("[role=treeitem]");

export const selectedNodes = () => {
  const inOrder = [...document.querySelectorAll("[role=treeitem]")].map((item) => item.dataset.uid);
  return inOrder.filter((uid) => marked.has(uid));
};

export const visibleItems = () =>
  [...document.querySelectorAll("[role=treeitem]")].filter((item) => item.offsetParent !== null);

const frameOf = (uid) => {
  for (let item = itemOf(uid); item; item = parentOf(item)) {
    const frame = document.getElementById(`e-${item.dataset.uid}`);
    if (frame) return frame;
    if (item.dataset.uid === draft.section) return document.getElementById("e-head");
  }
  return null;
};

const showTools = () => {
  const frame = frameOf(draft.selected);
  const held = tools.contains(document.activeElement) ? document.activeElement : null;
  if (!frame) tools.remove();
  else if (tools.parentElement !== frame) frame.append(tools);
  if (held?.isConnected) held.focus({ preventScroll: true });
};

export const show = () => {
  for (const item of document.querySelectorAll('#k-root [aria-selected="true"]')) item.setAttribute("aria-selected", "false");
  for (const item of document.querySelectorAll('#k-root [tabindex="0"]')) item.tabIndex = -1;
  for (const frame of document.querySelectorAll(".element.is-on")) frame.classList.remove("is-on");
  for (const uid of marked) {
    itemOf(uid)?.setAttribute("aria-selected", "true");
    frameOf(uid)?.classList.add("is-on");
  }
  (itemOf(draft.selected) ?? document.querySelector("[role=treeitem]"))?.setAttribute("tabindex", "0");
  showTools();
  bulk.hidden = marked.size < 2;
  bulk.querySelector("[data-part=count]").textContent = word("selected", { n: marked.size });
};

const address = () => {
  const url = new URL(location);
  url.searchParams.set("at", draft.selected);
  history.replaceState(null, "", url);
};

export const mark = (uid) => {
  marked.clear();
  if (uid) marked.add(uid);
  if (uid !== draft.selected) draft.page = 1;
  draft.selected = anchor = uid;
  address();
  show();
};

export const reveal = (uid) => {
  const item = itemOf(uid);
  for (let outer = item && parentOf(item); outer; outer = parentOf(outer)) outer.setAttribute("aria-expanded", "true");
  item?.querySelector(".tree__row").scrollIntoView({ block: "nearest" });
  frameOf(uid)?.scrollIntoView({ block: "nearest" });
};

// Only the answer to the last question is drawn; without a line the outline still works.
const load = (uid) => (loading = ask(uid));

const ask = async (uid) => {
  const turn = (asked += 1);
  const isHurried = performance.now() - askedAt < 2 * QUIET;
  askedAt = performance.now();
  if (isHurried) await new Promise((resolve) => setTimeout(resolve, QUIET));
  if (turn !== asked) return false;
  try {
    const shown = new URLSearchParams({ section: draft.section, page: draft.page });
    const answer = await fetch(`${draft.nodeUrl(uid)}?${shown}`);
    const html = await answer.text();
    // Asked only now: while the text was on its way, an edit may have drawn another node.
    if (turn !== asked || uid !== draft.selected || !answer.ok || answer.redirected) return false;
    apply(html);
  } catch (failure) {
    if (!(failure instanceof TypeError)) throw failure;
    return false;
  }
  show();
  reveal(uid);
  return true;
};

export const select = async (uid, { focus = "" } = {}) => {
  mark(uid);
  if (focus === "item") itemOf(uid)?.focus({ preventScroll: true });
  itemOf(uid)?.querySelector(".tree__row").scrollIntoView({ block: "nearest" });
  if (!(await load(uid))) return;
  if (focus === "label") focusLabel();
  if (focus === "pane") document.getElementById("props-pane").focus();
};

// The properties of what is selected, with another page of its choices.
export const redraw = () => load(draft.selected);

const add = (uid) => {
  draft.selected = uid;
  address();
  show();
  load(uid);
};

export const toggle = (uid) => {
  if (!marked.delete(uid)) marked.add(uid);
  if (!marked.size) marked.add(uid);
  anchor = uid;
  add(marked.has(uid) ? uid : [...marked].pop());
};

// From where the selection began to here, no matter in which direction one went before.
export const extendTo = (uid) => {
  const items = visibleItems().map((item) => item.dataset.uid);
  const ends = [items.indexOf(anchor), items.indexOf(uid)].sort((a, b) => a - b);
  marked.clear();
  for (const each of items.slice(Math.max(0, ends[0]), ends[1] + 1)) marked.add(each);
  add(uid);
};

// All that stand beside the selected one.
export const extendToAll = () => {
  const list = itemOf(draft.selected)?.parentElement;
  for (const item of list?.children ?? []) marked.add(item.dataset.uid);
  show();
};

export const narrowDown = () => mark(draft.selected);
export const isSeveral = () => marked.size > 1;
export const focusItem = () => (itemOf(draft.selected) ?? document.querySelector("[role=treeitem]"))?.focus({ preventScroll: true });
// Between a key that asks for a field and the field, keys mean nothing; without a line nobody waits.
export const isWaiting = () => isHeld;
export const hold = (work) => {
  isHeld = true;
  return work.finally(() => (isHeld = false));
};
document.addEventListener("draft:saving", ({ detail }) => {
  if (["wait", "session"].includes(detail.state)) isHeld = false;
});

// Once the properties are those of the selected node: nobody shall type into another one's label.
export const focusLabel = async () => {
  await hold(Promise.resolve(loading));
  if (document.getElementById("props").dataset.node !== draft.selected) return;
  const field = document.querySelector("#props [data-field^='label.'], #props [data-field^='title.']");
  field?.focus();
  field?.select?.();
};

// Who has gone elsewhere while an edit was under way stays there.
export const stay = () => {
  show();
  load(draft.selected);
};

// After an edit: several stay selected as long as the one that the server selects is among them.
export const selectDrawn = (uid, { mayFocus }) => {
  const isNew = uid && uid !== draft.selected;
  if (uid && marked.has(uid)) {
    for (const each of [...marked]) if (!itemOf(each)) marked.delete(each);
    draft.selected = uid;
    address();
    show();
  } else mark(uid || draft.selected);
  if (isNew) reveal(uid);
  if (mayFocus) focusItem();
};
