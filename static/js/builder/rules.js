// The Rules tab: what somebody edits, here or elsewhere, is drawn anew.

import "./condition.js";
import "./conflict.js";
import { redo, refresh, undo } from "./draft.js";
import { apply } from "./fragments.js";

const draw = () => window.htmx.ajax("GET", location.href, { target: "#rules", swap: "morph" });
const ways = { undo, redo };

document.addEventListener("draft:fragments", ({ detail }) => {
  apply(detail.html);
  draw();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  document.dispatchEvent(new CustomEvent("draft:undo"));
  ways[button.dataset.do]?.();
});
document.body.addEventListener(`live:draft:${document.querySelector("[data-draft]").dataset.draft}`, refresh);
