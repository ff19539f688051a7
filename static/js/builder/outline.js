// The outline as a tree: arrows, folding, finding by name or label.

import { draft } from "./draft.js";
import { extendTo, focusItem, select, toggle, visibleItems } from "./selection.js";
import { word } from "./words.js";

const tree = () => document.getElementById("k-root");
const search = document.getElementById("outline-search");
const found = document.getElementById("outline-found");
const KEY = `ks:folded:${document.querySelector("[data-draft]").dataset.draft}`;

const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

// What is folded stays so when the page is loaded again; a browser that keeps nothing opens everything.
const remember = () => {
  const folded = [...tree().querySelectorAll("[aria-expanded=false]")].map((item) => item.dataset.uid);
  try {
    sessionStorage.setItem(KEY, folded.join(" "));
  } catch {
    return;
  }
};
const recall = () => {
  try {
    for (const uid of (sessionStorage.getItem(KEY) ?? "").split(" "))
      document.getElementById(`o-${uid}`)?.setAttribute("aria-expanded", "false");
  } catch {
    return;
  }
};

const fold = (item, open) => {
  if (!item.hasAttribute("aria-expanded")) return;
  item.setAttribute("aria-expanded", String(open));
  // What is folded away is not where one is.
  if (!open && item.contains(document.getElementById(`o-${draft.selected}`)) && item.dataset.uid !== draft.selected)
    select(item.dataset.uid);
  remember();
};

document.addEventListener("click", (event) => {
  const row = event.target.closest(".tree__row");
  if (!row) return;
  const item = row.closest("[role=treeitem]");
  if (event.target.closest(".tree__fold")) return fold(item, !isOpen(item));
  if (event.ctrlKey || event.metaKey) toggle(item.dataset.uid);
  else if (event.shiftKey) extendTo(item.dataset.uid);
  else select(item.dataset.uid);
  item.focus({ preventScroll: true });
});

const step = (item, by) => {
  const items = visibleItems();
  return items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + by))];
};

const goals = {
  ArrowDown: (item) => step(item, 1),
  ArrowUp: (item) => step(item, -1),
  Home: () => visibleItems()[0],
  End: () => visibleItems().pop(),
  ArrowRight: (item) => (item.hasAttribute("aria-expanded") && !isOpen(item) ? void fold(item, true) : item.querySelector("[role=treeitem]")),
  ArrowLeft: (item) => (isOpen(item) ? void fold(item, false) : item.parentElement.closest("[role=treeitem]")),
};

document.addEventListener("keydown", (event) => {
  const item = event.target.matches?.("[role=treeitem]") ? event.target : null;
  if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === " ") {
    event.preventDefault();
    return toggle(item.dataset.uid);
  }
  if (!(event.key in goals)) return;
  event.preventDefault();
  const goal = goals[event.key](item);
  if (!goal) return;
  if (event.shiftKey) extendTo(goal.dataset.uid);
  else select(goal.dataset.uid);
  goal.focus({ preventScroll: true });
});

export const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();

const matches = () => {
  const wanted = plain(search.value).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  return [...tree().querySelectorAll(".tree__row")].filter((row) => {
    const text = plain(`${row.dataset.name} ${row.textContent}`);
    return wanted.every((each) => text.includes(each));
  });
};

let place = 0;

const say = (rows) => {
  if (!search.value.trim()) found.textContent = "";
  else found.textContent = rows.length ? word("found", { n: place + 1, m: rows.length }) : word("none");
};

const goTo = (rows) => {
  say(rows);
  if (rows.length) select(rows[place].closest("[role=treeitem]").dataset.uid);
};

search.addEventListener("input", () => {
  const rows = matches();
  for (const row of tree().querySelectorAll(".is-found")) row.classList.remove("is-found");
  for (const row of rows) row.classList.add("is-found");
  place = 0;
  goTo(rows);
});
search.addEventListener("keydown", (event) => {
  const rows = matches();
  if (event.key === "Escape") {
    search.value = "";
    search.dispatchEvent(new Event("input"));
    event.preventDefault();
    focusItem();
  }
  const by = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !rows.length) return;
  event.preventDefault();
  place = (place + by + rows.length) % rows.length;
  goTo(rows);
});

export const find = () => {
  search.focus();
  search.select();
};

recall();
