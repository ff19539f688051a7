// Elements are copied, cut and pasted, also between drafts. What is copied is fetched with the lists it needs and kept
// in this browser under a token; the clipboard carries the token, and the labels for everybody else.

import { newId } from "../edits.js";
import { command, draft } from "./draft.js";
import { selectedNodes } from "./selection.js";
import { announce, toast, told, word } from "./words.js";

const TYPE = "application/x-survey-elements";
const KEY = "ks:copied";
const page = document.querySelector("[data-draft]");
let kept = null; // {token, excerpt}: of this page, for browsers that keep nothing

const isOwn = (event) =>
  !event.target.closest?.("input, textarea, select, [contenteditable], dialog, table") && String(getSelection()) === "" && !document.querySelector("dialog[open]");

const fetched = async (nodes) => {
  const query = new URLSearchParams(nodes.map((uid) => ["uid", uid]));
  const answer = await fetch(`${page.dataset.copyUrl}?${query}`);
  if (!answer.ok || answer.redirected) throw new TypeError("The elements could not be copied.");
  return answer.json();
};

const isSection = (uid) => document.getElementById(`o-${uid}`)?.parentElement.id === "k-root";

const copy = async (event) => {
  const nodes = selectedNodes();
  if (!nodes.length || !isOwn(event)) return false;
  event.preventDefault();
  const token = newId();
  event.clipboardData.setData("text/plain", nodes.map((uid) => told([uid])).join("\n"));
  event.clipboardData.setData(TYPE, token);
  try {
    kept = { token, excerpt: await fetched(nodes), level: nodes.every(isSection) ? "section" : "" };
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch (failure) {
    if (!(failure instanceof TypeError || failure instanceof DOMException)) throw failure;
    if (kept?.token !== token) return announce(word("uncopied")), false;
  }
  announce(word("copied", { what: told(nodes) }));
  return true;
};

const held = (token) => {
  if (kept?.token === token) return kept;
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return stored?.token === token ? stored : null;
  } catch {
    return null;
  }
};

document.addEventListener("copy", copy);
document.addEventListener("cut", async (event) => {
  const nodes = selectedNodes();
  const what = told(nodes);
  if ((await copy(event)) && (await command("delete", { nodes }))) toast(word("deleted", { what }));
});
document.addEventListener("paste", async (event) => {
  const token = isOwn(event) && event.clipboardData.getData(TYPE);
  if (!token) return;
  event.preventDefault();
  const copied = held(token);
  if (!copied) return announce(word("uncopied"));
  const { elements, ...needed } = copied.excerpt;
  if (await command("paste", { values: elements, ...needed, level: copied.level, after: draft.selected })) announce(word("pasted"));
});
