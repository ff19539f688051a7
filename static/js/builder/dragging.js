// Drag and drop in the outline, also across sections. Keyboards have Alt+arrows instead.

import { command } from "./draft.js";
import { select, selectedNodes } from "./selection.js";

const { Sortable } = window;
const GROUPS = { children: ["children", "columns"], columns: ["children", "columns"] };

const drop = async (event) => {
  const uid = event.item.dataset.uid;
  const { list: parent, slot } = event.to.dataset;
  const after = event.item.previousElementSibling?.dataset.uid ?? "";
  const chosen = selectedNodes();
  const nodes = chosen.includes(uid) ? chosen : [uid];
  await command("move", { nodes, parent, slot, after: nodes.includes(after) ? "" : after });
  select(uid, { focus: "item" });
};

export const makeSortable = () => {
  for (const list of document.querySelectorAll("[data-list]")) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      group: { name: list.dataset.slot, put: GROUPS[list.dataset.slot] },
      handle: "[data-row]",
      draggable: "[role=treeitem]",
      animation: 120,
      fallbackOnBody: true,
      swapThreshold: 0.6,
      delay: 150,
      delayOnTouchOnly: true,
      onEnd: (event) => (event.from !== event.to || event.oldIndex !== event.newIndex) && drop(event),
    });
  }
};
