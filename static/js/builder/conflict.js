// A refusal: in words, or, where two people changed one field, with both values to choose from. Nothing is lost: what
// was typed for an element that is gone stays to be copied.

import { again, command, edit, giveUpUndo, refresh } from "./draft.js";
import { told } from "./words.js";

const dialog = document.getElementById("edit-conflict");
const part = (name) => dialog.querySelector(`[data-part=${name}]`);

// A node is told by its label, a place by what one stands in.
const shown = (value, field) => {
  if (value === null || value === undefined || value === "") return "–";
  if (field === "place") return told([value]);
  if (typeof value !== "object") return String(value);
  const label = value.label && Object.values(value.label)[0];
  return label || value.name || JSON.stringify(value, null, 1);
};

const say = (text) => {
  const message = document.getElementById("refusal-template").content.cloneNode(true);
  message.querySelector("[data-part=text]").textContent = text;
  document.getElementById("notices").replaceChildren(message);
};
// What was refused once is no news any more after the next change.
document.addEventListener("draft:fragments", () => document.querySelector("#notices [data-refused-edit]")?.remove());

const timeOf = (iso) => (iso ? new Date(iso).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" }) : "");

const ask = ({ message, reason, who, when, field, current, wanted }, canTake) => {
  part("who").textContent = [message, reason, [who, timeOf(when)].filter(Boolean).join(", ")].filter(Boolean).join(" ");
  part("current").textContent = shown(current, field);
  part("wanted").textContent = shown(wanted, field);
  part("mine").hidden = !canTake;
  dialog.returnValue = "";
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
};

// A dialog that is closed without a choice changes nothing: what one wanted to undo can still be undone.
const choose = async (refusal, wasUndo) => {
  const { node, field, current, wanted } = refusal;
  const isGone = !field && wanted === null;
  const choice = await ask(refusal, field !== "place" && (Boolean(field) || isGone));
  if (choice === "mine" && field) await edit([{ op: "change", node, field, old: current, new: wanted }]);
  if (choice === "mine" && isGone) await command("delete", { nodes: [node] });
  if (choice && wasUndo) await giveUpUndo();
  refresh();
};

let undoing = false;
document.addEventListener("draft:undo", () => (undoing = true));
document.addEventListener("draft:fragments", () => (undoing = false));
document.addEventListener("draft:refused", async ({ detail }) => {
  const wasUndo = undoing;
  undoing = false;
  const typed = (detail.operations ?? []).map((each) => each.new).filter((each) => typeof each === "string" && each);
  if (detail.code === "edit_conflict") return choose(detail, wasUndo);
  if (detail.is_gone && typed.length) await ask({ ...detail, wanted: typed.join("\n") }, false);
  // What a control refused is said at the control.
  else if (!detail.control?.isConnected) say([detail.message, detail.reason].filter(Boolean).join(" "));
  refresh();
});

const session = document.getElementById("session-ended");
document.addEventListener("draft:locked", () => session.open || session.showModal());
document.addEventListener("draft:unlocked", () => session.close());
session.addEventListener("close", again);
