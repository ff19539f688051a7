// Fragments of an answer take the places of the elements with their ids; what somebody is typing stays.

const { Idiomorph } = window;

export const apply = (html) => {
  const parts = document.createElement("template");
  parts.innerHTML = html;
  for (const part of [...parts.content.children]) {
    const place = part.id && document.getElementById(part.id);
    if (place) Idiomorph.morph(place, part, { morphStyle: "outerHTML", ignoreActiveValue: true });
  }
  const select = parts.content.querySelector("meta[data-select]")?.dataset.select;
  document.dispatchEvent(new CustomEvent("draft:drawn", { detail: { select } }));
};
