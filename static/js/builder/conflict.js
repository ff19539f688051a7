// A refusal: in words, or, where two people changed one field, with both values to choose from.

import { edit, giveUpUndo, refresh } from "./draft.js";

const dialog = document.getElementById("edit-conflict");
const part = (name) => dialog.querySelector(`[data-part=${name}]`);
const told = (value) => (value === null || value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value, null, 1));

const say = (text) => {
  const message = document.getElementById("refusal-template").content.cloneNode(true);
  message.querySelector("[data-part=text]").textContent = text;
  document.getElementById("notices").replaceChildren(message);
};

const choose = (refusal, wasUndo) => {
  part("who").textContent = [refusal.message, refusal.who].filter(Boolean).join(" ");
  part("current").textContent = told(refusal.current);
  part("wanted").textContent = told(refusal.wanted);
  part("mine").hidden = !refusal.field || refusal.field === "place";
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    async () => {
      const { node, field, current, wanted } = refusal;
      if (dialog.returnValue === "mine") await edit([{ op: "change", node, field, old: current, new: wanted }]);
      if (wasUndo) await giveUpUndo();
      refresh();
    },
    { once: true },
  );
  dialog.showModal();
};

let undoing = false;
document.addEventListener("draft:undo", () => (undoing = true));
document.addEventListener("draft:fragments", () => (undoing = false));
document.addEventListener("draft:refused", ({ detail }) => {
  if (detail.code === "edit_conflict") choose(detail, undoing);
  // What a control refused is said at the control.
  else if (!detail.control?.isConnected) say([detail.message, detail.reason].filter(Boolean).join(" "));
  undoing = false;
  if (detail.code !== "edit_conflict") refresh();
});

document.addEventListener("draft:locked", () => document.getElementById("session-ended").showModal());
