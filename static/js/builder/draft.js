// The draft that this page shows: its addresses, its revision, and the one queue through which it is changed.
// Changes go out one after the other, each with an id of its own, so that sending one twice does nothing twice.

import { newId } from "../edits.js";

const page = document.querySelector("[data-draft]");
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

const emit = (name, detail) => document.dispatchEvent(new CustomEvent(`draft:${name}`, { detail }));

export const draft = {
  revision: Number(page.dataset.revision),
  get section() {
    return document.getElementById("canvas")?.dataset.section ?? "";
  },
  selected: "",
  page: 1, // of the choices that the right pane shows
  nodeUrl: (uid) => page.dataset.nodeUrl.replace("UID", encodeURIComponent(uid)),
};

const waiting = [];
let busy = false;

const headers = () => ({
  "Content-Type": "application/json",
  "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"],
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A refusal names the control whose change was refused, if it was one control's.
const answered = async (answer, control) => {
  const revision = Number(answer.headers.get("X-Revision"));
  if (answer.headers.get("X-Reload")) return location.reload();
  if (answer.redirected || answer.status === 403) return emit("locked", {});
  if ((answer.headers.get("Content-Type") ?? "").startsWith("application/json")) return emit("refused", { ...(await answer.json()), control });
  if (!answer.ok) return emit("refused", { code: "failed", message: "", control });
  emit("fragments", { html: await answer.text() });
  if (revision) draft.revision = revision;
};

const shown = () => ({ since: draft.revision, section: draft.section, at: draft.selected, page: draft.page });

const deliver = async (change) => {
  for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
    try {
      const body = JSON.stringify({ ...shown(), ...change.body });
      const answer = await fetch(change.url, { method: "POST", headers: headers(), body });
      if (answer.status < 500) return await answered(answer, change.control);
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure;
    }
    emit("saving", { state: "wait" });
    await pause(wait);
  }
};

const work = async () => {
  if (busy) return;
  busy = true;
  while (waiting.length) {
    emit("saving", { state: "busy" });
    const change = waiting[0];
    await deliver(change);
    waiting.shift();
    change.done();
  }
  busy = false;
  emit("saving", { state: "ok" });
};

// Resolves when the server has answered, also with a refusal.
const push = (url, body, control) =>
  new Promise((done) => {
    waiting.push({ url, body: { edit_id: newId(), ...body }, control, done });
    work();
  });

export const edit = (operations, control) => push(page.dataset.editUrl, { operations }, control);
export const command = (name, given, control) => push(page.dataset.editUrl, { do: name, with: given }, control);
export const undo = () => push(page.dataset.undoUrl, {});
export const redo = () => push(page.dataset.redoUrl, {});
export const giveUpUndo = () => push(page.dataset.giveUpUrl, {});

// What others changed: asked for when a live message comes, and when the line comes back.
export const refresh = async () => {
  if (busy) return;
  try {
    await answered(await fetch(`${page.dataset.changesUrl}?${new URLSearchParams(shown())}`));
  } catch (failure) {
    if (!(failure instanceof TypeError)) throw failure;
  }
};

window.addEventListener("beforeunload", (event) => {
  if (waiting.length) event.preventDefault();
});
