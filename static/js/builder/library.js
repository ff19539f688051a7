// The question library in the builder: take an item, save what is selected, what ties the selected node to an item.

import { endOfSection } from "./adding.js";
import { draft, send } from "./draft.js";
import { selectedNodes } from "./selection.js";

const pick = document.getElementById("library-pick");
const save = document.getElementById("library-save");
const WAIT = 200;

const fetched = async (url, options) => {
  const answer = await fetch(url, options);
  if (answer.redirected || answer.status === 403) return void document.dispatchEvent(new CustomEvent("draft:locked", { detail: {} }));
  return answer.ok || answer.status === 422 ? answer.text() : undefined;
};

const csrf = () => JSON.parse(document.body.getAttribute("hx-headers"));

// What is typed and focused outlives a new list of what was found.
const fill = (dialog, html) => {
  if (html === undefined) return;
  const focused = dialog.contains(document.activeElement) ? document.activeElement : null;
  const [name, value, caret] = [focused?.name, focused?.value, focused?.selectionStart];
  dialog.innerHTML = html;
  const again = [...dialog.querySelectorAll("input, select, textarea")].find(
    (control) => control.name && control.name === name && (control.type !== "radio" || control.value === value),
  );
  const goal = again ?? dialog.querySelector("[autofocus], input[type=search], input:not([type=hidden])");
  goal?.focus();
  if (again?.type === "search" || again?.type === "text") again.setSelectionRange(caret, caret);
};

let after = "";
export const openLibrary = async (uid) => {
  after = uid;
  const html = await fetched(pick.dataset.url);
  if (html === undefined) return;
  fill(pick, html);
  if (!pick.open) pick.showModal();
  pick.querySelector("input[type=search]").focus();
};

let turn = 0;
const search = async () => {
  const mine = (turn += 1);
  const given = new URLSearchParams(new FormData(pick.querySelector("form")));
  const html = await fetched(`${pick.dataset.url}?${given}`);
  if (mine === turn) fill(pick, html);
};

let waiting;
pick.addEventListener("input", (event) => {
  clearTimeout(waiting);
  if (event.target.type !== "radio" && event.target.form) for (const chosen of pick.querySelectorAll("[name=item]:checked")) chosen.checked = false;
  waiting = setTimeout(search, WAIT);
});
pick.addEventListener("submit", async (event) => {
  event.preventDefault();
  const item = pick.querySelector("[name=item]:checked")?.value;
  if (!item) return;
  pick.close();
  await send(pick.dataset.insertUrl, { item, after });
});

const openSave = async () => {
  const nodes = selectedNodes().join(",") || draft.selected;
  const html = await fetched(`${save.dataset.url}?${new URLSearchParams({ nodes })}`);
  if (html === undefined) return;
  fill(save, html);
  if (!save.open) save.showModal();
};
save.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-library-form]")) return;
  event.preventDefault();
  fill(save, await fetched(save.dataset.url, { method: "POST", body: new FormData(event.target), headers: csrf() }));
});

// The part of the right pane is asked for once it is drawn without it.
const tie = async () => {
  const part = document.getElementById("props-library");
  if (!part || part.childElementCount) return;
  const uid = part.dataset.libraryNode;
  const html = await fetched(save.dataset.nodeUrl.replace("UID", encodeURIComponent(uid)));
  const place = document.getElementById("props-library");
  if (html !== undefined && place?.dataset.libraryNode === uid) place.innerHTML = html;
};

document.addEventListener("submit", async (event) => {
  if (!event.target.matches("[data-library-update]")) return;
  event.preventDefault();
  const html = await fetched(event.target.action, { method: "POST", body: new FormData(event.target), headers: csrf() });
  if (html !== undefined) document.getElementById("props-library").innerHTML = html;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-library-open], [data-library-save], [data-library-take]");
  if (!button) return;
  if ("librarySave" in button.dataset) openSave();
  else if ("libraryTake" in button.dataset) send(save.dataset.takeUrl, { node: button.dataset.libraryTake });
  else {
    button.closest("dialog")?.close();
    openLibrary(button.dataset.libraryOpen === "end" ? endOfSection() : draft.selected);
  }
});

document.addEventListener("draft:drawn", tie);
tie();

// Whoever starts from the library finds it open, once.
if (location.hash === "#from-library") {
  history.replaceState(null, "", location.pathname + location.search);
  openLibrary(endOfSection());
}
