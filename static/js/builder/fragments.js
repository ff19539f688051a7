// Fragments of an answer take the places of the elements with their ids; what somebody is typing stays.

import { isUnsent } from "./fields.js";

const { Idiomorph } = window;

// What was typed and not sent, or refused, stays as it is, and with it the reason; so does what was folded or opened.
const callbacks = {
  beforeNodeMorphed: (old) => !(old.nodeType === Node.ELEMENT_NODE && isUnsent(old)),
  beforeNodeRemoved: (node) => !node.id?.endsWith("-refusal"),
  beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
};

const put = (place, part) => {
  // The properties of another node are other fields, whatever they are called.
  if (place.dataset.node !== part.dataset.node) place.replaceWith(part);
  else Idiomorph.morph(place, part, { morphStyle: "outerHTML", callbacks });
};

export const apply = (html) => {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  const select = parts.content.querySelector("meta[data-select]")?.dataset.select;
  for (const part of [...parts.content.children]) {
    const place = part.id && document.getElementById(part.id);
    if (place) put(place, part);
  }
  document.dispatchEvent(new CustomEvent("draft:drawn", { detail: { select } }));
};
