// The menu of what can be added: Enter below the selected element, or a button in the section.

import { command, draft } from "./draft.js";
import { plain } from "./outline.js";
import { focusLabel, hold } from "./selection.js";
import { announce, word } from "./words.js";

const menu = document.getElementById("add-menu");
let after = "";

export const openMenu = (uid) => {
  after = uid;
  menu.showModal();
  menu.querySelector("[data-kind]").focus();
};

export const addKind = async (kind, uid) => {
  // What is typed before the new field is there would go into the one that had the focus.
  if (!(await hold(command("add", { kind, after: uid })))) return;
  announce(word("added"));
  focusLabel();
};

menu.addEventListener("click", (event) => {
  const button = event.target.closest("[data-kind]");
  if (!button) return;
  event.preventDefault();
  menu.close();
  addKind(button.dataset.kind, after);
});

// Arrows go through the kinds; a letter goes to the next kind that begins with it, whatever its tone.
menu.addEventListener("keydown", (event) => {
  const buttons = [...menu.querySelectorAll("[data-kind]")].filter((button) => !button.hidden);
  const at = buttons.indexOf(document.activeElement);
  const letter = event.key.length === 1 && !event.ctrlKey && !event.altKey && event.key.toLowerCase();
  if (letter) {
    const later = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
    later.find((button) => plain(button.textContent.trim()).startsWith(letter))?.focus();
  }
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (by) {
    event.preventDefault();
    buttons[(at + by + buttons.length) % buttons.length].focus();
  }
});

// Behind the last element of the section that is shown; first in an empty one.
export const endOfSection = () => document.getElementById(`i-${draft.section}`)?.lastElementChild?.dataset.uid ?? draft.section;

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-add-at=end]")) openMenu(endOfSection());
});
