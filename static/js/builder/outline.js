// The outline as a tree: arrows, folding, finding by name or label.

import { select, toggle, extendTo, visibleItems } from "./selection.js";

const tree = () => document.getElementById("k-root");
const search = document.getElementById("outline-search");
const found = document.getElementById("outline-found");

const fold = (item, open) => item.hasAttribute("aria-expanded") && item.setAttribute("aria-expanded", String(open));
const isOpen = (item) => item.getAttribute("aria-expanded") === "true";

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  const item = row.closest("[role=treeitem]");
  if (event.target.closest("[data-fold]")) return fold(item, !isOpen(item));
  if (event.ctrlKey || event.metaKey) return toggle(item.dataset.uid);
  if (event.shiftKey) return extendTo(item.dataset.uid);
  select(item.dataset.uid, { focus: "item" });
});

const step = (item, by) => {
  const items = visibleItems();
  return items[Math.max(0, Math.min(items.length - 1, items.indexOf(item) + by))];
};

const goals = {
  ArrowDown: (item) => step(item, 1),
  ArrowUp: (item) => step(item, -1),
  Home: () => visibleItems()[0],
  End: () => visibleItems().at(-1),
  ArrowRight: (item) => (item.hasAttribute("aria-expanded") && !isOpen(item) ? void fold(item, true) : item.querySelector("[role=treeitem]")),
  ArrowLeft: (item) => (isOpen(item) ? void fold(item, false) : item.parentElement.closest("[role=treeitem]")),
};

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.("[role=treeitem]");
  if (!item || event.altKey || event.ctrlKey || event.metaKey || !(event.key in goals)) return;
  event.preventDefault();
  const goal = goals[event.key](item);
  if (!goal) return;
  if (event.shiftKey) {
    extendTo(goal.dataset.uid);
    goal.focus();
  } else select(goal.dataset.uid, { focus: "item" });
});

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/giu, "d").toLowerCase();

const matches = () => {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  const rows = [...tree().querySelectorAll("[data-row]")];
  return words.length ? rows.filter((row) => words.every((word) => plain(row.dataset.words).includes(word))) : [];
};

const goTo = (row) => select(row.dataset.row, { focus: "" });
let place = -1;

search.addEventListener("input", () => {
  const rows = matches();
  for (const row of tree().querySelectorAll(".is-found")) row.classList.remove("is-found");
  for (const row of rows) row.classList.add("is-found");
  found.textContent = search.value.trim() ? `${rows.length}` : "";
  place = rows.length ? 0 : -1;
  if (rows.length) goTo(rows[0]);
});
search.addEventListener("keydown", (event) => {
  const rows = matches();
  if (event.key === "Escape") {
    search.value = "";
    search.dispatchEvent(new Event("input"));
  }
  if (event.key !== "Enter" || !rows.length) return;
  event.preventDefault();
  place = (place + (event.shiftKey ? -1 : 1) + rows.length) % rows.length;
  goTo(rows[place]);
});

export const find = () => {
  search.focus();
  search.select();
};
