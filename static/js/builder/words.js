// What the builder says: at the bottom for everybody, and to screen readers.

const words = document.getElementById("builder-words");
const said = document.getElementById("builder-said");
const GONE_AFTER = 10_000;

export const word = (name, given = {}) =>
  Object.entries(given).reduce((text, [key, value]) => text.replace(`{${key}}`, value), words.dataset[name] ?? "");

// The same words twice in a row are said twice.
export const announce = (text) => {
  said.textContent = said.textContent === text ? `${text}\u00a0` : text;
};

const labelOf = (uid) => document.querySelector(`#r-${CSS.escape(uid)} > .clip`)?.textContent.trim() ?? uid;

export const told = (uids) => (uids.length === 1 ? labelOf(uids[0]) : word("several", { n: uids.length }));

// A toast leaves by itself, unless somebody is at it.
export const toast = (text) => {
  const line = document.getElementById("undo-toast").content.firstElementChild.cloneNode(true);
  line.querySelector("[data-part=text]").textContent = text;
  document.getElementById("toasts").replaceChildren(line);
  setTimeout(() => line.matches(":hover, :focus-within") || line.remove(), GONE_AFTER);
};
document.addEventListener("draft:undo", () => document.getElementById("toasts").replaceChildren());
