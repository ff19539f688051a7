// Drag and drop in the outline, also across sections and of several at once. Keyboards have Alt+arrows instead.
// A drop that the server refuses goes back to where it was taken from.

import { command } from "./draft.js";
import { selectedNodes } from "./selection.js";
import { announce, told, word } from "./words.js";

const { Sortable } = window;

const back = ({ item, from, oldIndex }) => from.insertBefore(item, from.children[oldIndex] ?? null);

const drop = async (event) => {
  const { item, to } = event;
  const { uid } = item.dataset;
  const chosen = selectedNodes();
  const nodes = chosen.includes(uid) ? chosen : [uid];
  let before = item.previousElementSibling;
  while (before && nodes.includes(before.dataset.uid)) before = before.previousElementSibling;
  const place = { parent: to.id.slice("k-".length), slot: to.dataset.slot ?? "children", after: before?.dataset.uid ?? "" };
  // The answer says where everything stands; until then it stands where it was, so that what is refused is there.
  back({ ...event, item, from: event.from, oldIndex: event.oldIndex + Number(event.from === to && event.newIndex < event.oldIndex) });
  if (await command("move", { nodes, ...place })) announce(word("dropped", { what: told(nodes) }));
};

export const makeSortable = () => {
  for (const list of document.querySelectorAll("#k-root, #k-root [role=group]")) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      group: "outline",
      handle: ".tree__row",
      draggable: "[role=treeitem]",
      animation: 120,
      fallbackOnBody: true,
      swapThreshold: 0.6,
      emptyInsertThreshold: 8,
      delay: 200,
      delayOnTouchOnly: true,
      touchStartThreshold: 4,
      onEnd: (event) => (event.from !== event.to || event.oldIndex !== event.newIndex) && drop(event),
    });
  }
};
