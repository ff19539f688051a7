// Fragments of an answer take the places of the elements with their ids; what somebody is typing stays.
// A <template data-order="k-1" data-of="o-" data-uids="a b"> says what stands in a list, and holds what is new in it:
// nothing else is drawn anew because it moved, so that folding, scrolling and focus stay.

import { isUnsent } from "./fields.js";

const { Idiomorph } = window;

// What was typed and not sent, or refused, stays as it is, and with it the reason; so does what was folded or opened.
const callbacks = {
  beforeNodeMorphed: (old) => !(old.nodeType === Node.ELEMENT_NODE && isUnsent(old)),
  beforeNodeRemoved: (node) => !node.id?.endsWith("-refusal") && !node.classList?.contains("said"),
  beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
};

const put = (place, part) => {
  // The properties of another node are other fields, whatever they are called.
  if (place.dataset.node !== part.dataset.node) place.replaceWith(part);
  else Idiomorph.morph(place, part, { morphStyle: "outerHTML", callbacks });
};

const idsOf = ({ dataset }) => dataset.uids.split(" ").filter(Boolean).map((uid) => dataset.of + uid);

const arrange = (order) => {
  const list = document.getElementById(order.dataset.order);
  if (!list) return;
  const fresh = new Map([...order.content.children].map((node) => [node.id, node]));
  let place = list.firstElementChild;
  for (const id of idsOf(order)) {
    const known = document.getElementById(id);
    if (known && fresh.has(id)) put(known, fresh.get(id));
    const node = document.getElementById(id) ?? fresh.get(id);
    // A browser that lacks a node has missed something.
    if (!node) return location.reload();
    if (node === place) place = place.nextElementSibling;
    else list.insertBefore(node, place);
  }
};

// Only after all lists: what left this one may have come to stand in another.
const tidy = (order) => {
  const wanted = new Set(idsOf(order));
  for (const node of [...(document.getElementById(order.dataset.order)?.children ?? [])]) if (!wanted.has(node.id)) node.remove();
};

export const apply = (html) => {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  const select = parts.content.querySelector("meta[data-select]")?.dataset.select;
  const held = document.activeElement;
  const orders = [...parts.content.children].filter((part) => part.matches("template[data-order]"));
  orders.forEach(arrange);
  orders.forEach(tidy);
  for (const part of [...parts.content.children]) {
    const place = part.id && document.getElementById(part.id);
    if (place) put(place, part);
  }
  document.dispatchEvent(new CustomEvent("draft:drawn", { detail: { select } }));
  // What only moved has lost the focus on its way; a field that was drawn anew has its old id.
  if (document.activeElement !== document.body || held === document.body) return;
  const again = held.isConnected ? held : held.id && document.getElementById(held.id);
  if (again) again.focus({ preventScroll: true });
};
