// What is selected: one node whose properties are shown, and others beside it that are moved or deleted with it.

import { draft } from "./draft.js";
import { apply } from "./fragments.js";

const marked = new Set();
let asked = 0;

const itemOf = (uid) => document.getElementById(`o-${uid}`);

export const selectedNodes = () => {
  const inOrder = [...document.querySelectorAll("[role=treeitem]")].map((item) => item.dataset.uid);
  return inOrder.filter((uid) => marked.has(uid));
};

export const visibleItems = () =>
  [...document.querySelectorAll("[role=treeitem]")].filter((item) => item.offsetParent !== null);

const frameOf = (uid) => {
  if (uid === draft.section) return document.getElementById("e-head");
  for (let item = itemOf(uid); item; item = item.parentElement.closest("[role=treeitem]")) {
    const frame = document.getElementById(`e-${item.dataset.uid}`);
    if (frame) return frame;
  }
  return null;
};

export const show = () => {
  for (const item of document.querySelectorAll("[role=treeitem]")) {
    item.setAttribute("aria-selected", String(marked.has(item.dataset.uid)));
    item.tabIndex = item.dataset.uid === draft.selected ? 0 : -1;
  }
  if (!itemOf(draft.selected)) document.querySelector("[role=treeitem]")?.setAttribute("tabindex", "0");
  for (const frame of document.querySelectorAll(".element.is-on")) frame.classList.remove("is-on");
  for (const uid of marked) frameOf(uid)?.classList.add("is-on");
};

const address = () => {
  const url = new URL(location);
  url.searchParams.set("at", draft.selected);
  history.replaceState(null, "", url);
};

export const mark = (uid) => {
  marked.clear();
  if (uid) marked.add(uid);
  draft.selected = uid;
  address();
  show();
};

export const toggle = (uid) => {
  if (!marked.delete(uid)) marked.add(uid);
  draft.selected = marked.has(uid) ? uid : ([...marked].at(-1) ?? uid);
  if (!marked.size) marked.add(uid);
  show();
};

export const extendTo = (uid) => {
  const items = visibleItems().map((item) => item.dataset.uid);
  const ends = [items.indexOf(draft.selected), items.indexOf(uid)].sort((a, b) => a - b);
  for (const each of items.slice(ends[0], ends[1] + 1)) marked.add(each);
  show();
};

export const reveal = (uid) => {
  for (let item = itemOf(uid)?.parentElement.closest("[role=treeitem]"); item; item = item.parentElement.closest("[role=treeitem]"))
    item.setAttribute("aria-expanded", "true");
  itemOf(uid)?.querySelector("[data-row]").scrollIntoView({ block: "nearest" });
  frameOf(uid)?.scrollIntoView({ block: "nearest" });
};

// Only the answer to the last question is drawn.
export const select = async (uid, { focus = "" } = {}) => {
  mark(uid);
  const turn = (asked += 1);
  const answer = await fetch(`${draft.nodeUrl(uid)}?section=${encodeURIComponent(draft.section)}`);
  if (turn !== asked || !answer.ok) return;
  apply(await answer.text());
  mark(uid);
  reveal(uid);
  if (focus === "item") itemOf(uid)?.focus();
  if (focus === "label") document.querySelector("#props [data-field]")?.focus();
};

export const selectDrawn = (uid, focused) => {
  const isNew = uid && uid !== draft.selected;
  mark(uid || draft.selected);
  if (isNew) reveal(uid);
  if (focused === "item" || isNew) itemOf(draft.selected)?.focus({ preventScroll: true });
};
