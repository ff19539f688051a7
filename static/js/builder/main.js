// The builder: puts its parts together.

import "./conflict.js";
import { makeSortable } from "./dragging.js";
import { draft, refresh } from "./draft.js";
import { apply } from "./fragments.js";
import "./keys.js";
import "./outline.js";
import { mark, select, selectDrawn, show } from "./selection.js";

document.addEventListener("draft:fragments", ({ detail }) => apply(detail.html));
document.addEventListener("draft:drawn", ({ detail }) => {
  makeSortable();
  if (detail.select === undefined) return show();
  const focused = document.activeElement?.closest("[role=treeitem]") || document.activeElement === document.body ? "item" : "";
  selectDrawn(detail.select, focused);
});

document.addEventListener("draft:saving", ({ detail }) => {
  const state = document.querySelector(`template[data-saved=${detail.state}]`);
  const place = document.getElementById("builder-saved");
  if (state && place && detail.state !== "ok") place.replaceChildren(state.content.cloneNode(true));
});

// A frame of the section selects its element; its tools work on it.
document.addEventListener(
  "click",
  (event) => {
    const frame = event.target.closest(".element[data-uid]");
    if (!frame || !frame.dataset.uid || event.target.closest("[data-width]")) return;
    if (event.target.closest("[data-do]")) mark(frame.dataset.uid);
    else select(frame.dataset.uid);
  },
  true,
);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-width]");
  if (button) document.getElementById("canvas").classList.toggle("is-narrow", button.dataset.width === "narrow");
});

document.body.addEventListener(`live:draft:${document.querySelector("[data-draft]").dataset.draft}`, refresh);

makeSortable();
mark(document.querySelector("[role=treeitem][aria-selected=true]")?.dataset.uid ?? draft.section);
