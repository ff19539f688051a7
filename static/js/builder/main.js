// The builder: puts its parts together.

import "./clipboard.js";
import "./condition.js";
import "./conflict.js";
import { makeSortable } from "./dragging.js";
import { draft, refresh, resume } from "./draft.js";
import { apply } from "./fragments.js";
import "./going.js";
import "./keys.js";
import "./library.js";
import "./outline.js";
import "./presence.js";
import "./properties.js";
import "./saving.js";
import { mark, select, selectDrawn, show, stay } from "./selection.js";

const inOutline = () => document.activeElement?.matches("[role=treeitem]") ?? false;

document.addEventListener("draft:fragments", ({ detail }) => {
  const wasInOutline = inOutline();
  apply(detail.html);
  if (detail.at !== draft.selected) return stay();
  // Who was in the outline stays in it, at what is selected now; nobody is torn from a field.
  const isLost = wasInOutline && document.activeElement === document.body;
  selectDrawn(selection, { mayFocus: isLost || inOutline() });
});
let selection = "";
document.addEventListener("draft:drawn", ({ detail }) => {
  makeSortable();
  if (detail.select === undefined) return show();
  selection = detail.select;
});

// A frame of the section selects its element, the outermost gap of a nested one its group.
document.addEventListener("click", (event) => {
  const frame = event.target.closest(".element[data-uid]");
  if (frame?.dataset.uid && !event.target.closest("[data-do]")) select(frame.dataset.uid);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-width]");
  if (button) document.getElementById("canvas-pane").classList.toggle("is-narrow", button.dataset.width === "narrow");
});

document.body.addEventListener(`live:draft:${document.querySelector("[data-draft]").dataset.draft}`, refresh);

makeSortable();
mark(document.querySelector("[role=treeitem][aria-selected=true]")?.dataset.uid ?? (document.getElementById("props").dataset.node || draft.section));
resume();
