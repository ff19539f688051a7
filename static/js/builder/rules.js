// The Rules tab: what somebody edits, here or elsewhere, is drawn anew.

import "./condition.js";
import "./conflict.js";
import { refresh } from "./draft.js";
import { apply } from "./fragments.js";
import "./undoing.js";

const draw = () => window.htmx.ajax("GET", location.href, { target: "#rules", swap: "morph" });

document.addEventListener("draft:fragments", ({ detail }) => {
  apply(detail.html);
  draw();
});
document.body.addEventListener(`live:draft:${document.querySelector("[data-draft]").dataset.draft}`, refresh);
