// The draft that this page shows: its addresses, its revision, and the one queue through which it is changed.
// Changes go out one after the other, each with an id of its own, so that sending one twice does nothing twice.

import { Edits, newId } from "../edits.js";

const page = document.querySelector("[data-draft]");
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 15_000;

const emit = (name, detail) => document.dispatchEvent(new CustomEvent(`draft:${name}`, { detail }));

export const draft = {
  revision: Number(page.dataset.revision),
  get section() {
    return document.getElementById("canvas")?.dataset.section ?? "-"; // no section is shown at all
  },
  selected: "",
  page: 1, // of the choices that the right pane shows
  nodeUrl: (uid) => page.dataset.nodeUrl.replace("UID", encodeURIComponent(uid)),
};

// Whose changes they are: what one person left behind is never stored under another's name.
const user = document.body.dataset.user ?? "";
const waiting = new Edits(`ks:draft:${user}:${page.dataset.draft}:`);
const done = new Map(); // edit_id -> {resolve, control}, of this page
let busy = false;
let isLocked = false;
let wake = () => {};

// Signing in again gives a new token: the cookie always has the right one.
const token = () => {
  const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return cookie ? decodeURIComponent(cookie[1]) : JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
};
const headers = () => ({ "Content-Type": "application/json", "X-CSRFToken": token() });
const pause = (ms) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });

const isJson = (answer) => (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
// Sent to the sign-in page, or not allowed: the session is over, or somebody else's.
const isSessionOver = (answer) => answer.redirected || answer.status === 403;

// Whether it was done. A refusal names the control whose change was refused, if it was one control's.
const answered = async (answer, { at, control, operations }) => {
  const revision = Number(answer.headers.get("X-Revision"));
  if (answer.headers.get("X-Reload")) {
    location.reload();
    return true;
  }
  if (isJson(answer)) emit("refused", { ...(await answer.json()), control, operations });
  else if (!answer.ok) emit("refused", { code: "failed", message: "", control, operations });
  else {
    emit("fragments", { html: await answer.text(), at });
    if (revision) draft.revision = revision;
    return true;
  }
  return false;
};

const shown = () => ({ since: draft.revision, section: draft.section, at: draft.selected, page: draft.page });

// Until the server has answered: it is sent again after a while, when the line comes back, when one has signed in.
const deliver = async ({ edit_id, url, body }) => {
  const control = done.get(edit_id)?.control;
  for (let wait = FIRST_WAIT; ; wait = Math.min(LONGEST_WAIT, wait * 2)) {
    let state = "wait";
    try {
      const now = shown();
      const sent = JSON.stringify({ ...now, user, edit_id, ...body });
      const answer = await fetch(url, { method: "POST", headers: headers(), body: sent });
      if (isSessionOver(answer)) state = "session";
      else if (answer.status < 500 && answer.status !== 429) return await answered(answer, { at: now.at, control, operations: body.operations });
    } catch (failure) {
      if (!(failure instanceof TypeError)) throw failure;
    }
    emit("saving", { state, count: waiting.size });
    if (state === "session" && !isLocked) emit("locked", {});
    isLocked = state === "session";
    await pause(wait);
  }
};

const work = async () => {
  if (busy) return;
  busy = true;
  while (waiting.size) {
    emit("saving", { state: "busy", count: waiting.size });
    const change = waiting.first;
    const went = await deliver(change);
    if (isLocked) emit("unlocked", {});
    isLocked = false;
    waiting.remove(change);
    done.get(change.edit_id)?.resolve(went);
    done.delete(change.edit_id);
  }
  busy = false;
  emit("saving", { state: "ok", count: 0 });
};

// Resolves when the server has answered, with whether it was done.
const push = (url, body, control) =>
  new Promise((resolve) => {
    const edit_id = newId();
    done.set(edit_id, { resolve, control });
    waiting.push({ edit_id, url, body });
    work();
  });

export const send = push; // a change that has an address of its own
export const edit = (operations, control) => push(page.dataset.editUrl, { operations }, control);
export const command = (name, given, control) => push(page.dataset.editUrl, { do: name, with: given }, control);
export const undo = () => push(page.dataset.undoUrl, {});
export const redo = () => push(page.dataset.redoUrl, {});
export const giveUpUndo = () => push(page.dataset.giveUpUrl, {});

export const again = () => wake();
for (const type of ["online", "focus"]) window.addEventListener(type, again);

// What others changed: asked for when a live message comes, and when the line comes back.
export const refresh = async () => {
  if (busy) return;
  try {
    const now = shown();
    const answer = await fetch(`${page.dataset.changesUrl}?${new URLSearchParams(now)}`);
    if (!busy && !isSessionOver(answer)) await answered(answer, { at: now.at });
  } catch (failure) {
    if (!(failure instanceof TypeError)) throw failure;
  }
};

// What an earlier page left behind goes out now. A page that is left takes nothing along that is kept.
export const resume = () => waiting.size && work();
window.addEventListener("beforeunload", (event) => {
  if (waiting.size && !waiting.kept) event.preventDefault();
});
