// The menu of what can be added: Enter below the selected element, or a button in the section.

import { command } from "./draft.js";

const menu = document.getElementById("add-menu");
let after = "";

export const openMenu = (uid) => {
  after = uid;
  menu.showModal();
  menu.querySelector("[data-kind]").focus();
};

export const addKind = async (kind, uid) => {
  await command("add", { kind, after: uid });
  document.querySelector("#props [data-field^='label.']")?.focus();
};

menu.addEventListener("click", (event) => {
  const button = event.target.closest("[data-kind]");
  if (!button) return;
  event.preventDefault();
  menu.close();
  addKind(button.dataset.kind, after);
});

// Arrows go through the kinds; a letter goes to the next kind that begins with it.
menu.addEventListener("keydown", (event) => {
  const buttons = [...menu.querySelectorAll("[data-kind]")];
  const at = buttons.indexOf(document.activeElement);
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (by) {
    event.preventDefault();
    buttons[(at + by + buttons.length) % buttons.length].focus();
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add-after]");
  if (button) openMenu(button.dataset.addAfter);
});
