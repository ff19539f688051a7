// Saves every change of a form at once. Contract with surveys.responses (one path, one cell):
//
//   <form data-autosave data-save-url="…">
//     <div data-path="staff_total" data-seen="<opaque signature>" [data-field="value"] [data-many]> controls </div>
//     <span data-state-for="staff_total" id="…"> saved state </span>
//
// A change becomes an edit {edit_id, path, field, value…, many, seen}, sent through htmx, one at a time, in order.
// It stays in localStorage until it is answered and is sent again under the same id: nothing is lost or done twice.
//   200  fragments are swapped out of band; header X-Seen is the new signature of the path, for all its fields,
//        X-Shown the value as the reader writes it, X-Left what one that waits behind it was typed over, where
//        that is something else: of a repeated edit what it had left, of several choices those that it had ticked
//   409  with a <dialog data-conflict>: the person chooses; other 4xx: refused for good, the text stays in its control
//        and the reason stands beside it
//   401, sent to the sign-in page, or 403 with a whole page (the cookies are gone, or somebody else's): waits until the
//        person has signed in; 429, 5xx, no network: tries again
// Many cells are saved as one change: `ks:block` on the form (detail: {channel, token, parts: [{path, field, value}]}) makes
// a block {edit_id, channel, edits}, sent to data-block-url. Its answer is 200 and names the fate of each cell in [data-block];
// cells that a colleague had changed stand in a <dialog data-block-conflicts>. Then `ks:block-saved` (detail: the block, fates).
// Each edit names the account it was made under, so that it is never stored under another.
// The `seen` of an edit is what stood in the cell when the person entered it, not what a colleague saved meanwhile.
import { Edits, partsOf } from "./edits.js";
import { controlsOf, fieldOf, isChanged, lineOf, read, write } from "./fields.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
const FADE = 3000;

const form = document.querySelector("[data-autosave]");
const address = form?.dataset.saveUrl;
const user = document.body.dataset.user ?? "";
const edits = form && new Edits(`ks:edits:${user}:${address}:`);

const entered = new Map(); // cell -> {seen, value} as the person found it on entering, or left it with the last edit
const refused = new Map(); // cell -> {edit, note, atTop}: what could not be stored, why, and where that is said
const key = ({ path, field }) => `${field} ${path}`;
const nameOf = (cell) => ({ path: cell.dataset.path, field: fieldOf(cell) });

const cellsOf = ({ path, field }) =>
  [...form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)].filter((cell) => fieldOf(cell) === field);

// ---- What the page says meanwhile

const words = (name) => {
  const holder = document.createElement("span");
  holder.dataset.pending = name;
  holder.append(document.querySelector(`template[data-saved="${name}"]`)?.content.cloneNode(true) ?? "");
  return holder;
};

const LOOKS = { busy: "cell--busy", wait: "cell--queue", held: "cell--queue", bad: "cell--bad", ok: "cell--saved" };

const mark = (edit, state) => {
  if (edit.parts) {
    for (const part of edit.parts) mark(part, state);
    return;
  }
  for (const cell of form.querySelectorAll(`.cell[data-path="${CSS.escape(edit.path)}"]`)) {
    cell.classList.remove(LOOKS.busy, LOOKS.wait, LOOKS.ok);
    cell.classList.add(LOOKS[state]);
    if (state === "ok") setTimeout(() => cell.classList.remove(LOOKS.ok), FADE);
  }
  for (const place of form.querySelectorAll(`[data-state-for="${CSS.escape(edit.path)}"]`)) {
    if (place.closest(".cell")) {
      sign(place, state);
      continue;
    }
    // What the server has said stands.
    if (state === "ok" && !place.querySelector("[data-pending]")) continue;
    place.replaceChildren(words(state));
  }
};

// In a grid a sign says it, and what is saved stops saying so after a while. What the server has written stands.
const sign = (place, state) => {
  if (state === "ok" && place.textContent.trim() && !place.querySelector("[data-pending]")) return;
  const said = words(state === "held" ? "cell-wait" : `cell-${state}`);
  place.replaceChildren(said);
  if (state === "ok") setTimeout(() => said.dataset.pending === "cell-ok" && said.remove(), FADE);
};

let dockTimer = 0;
let savedAt = ""; // when the server last said that something was saved
const dock = (name, count = edits.cells) => {
  const place = document.getElementById("dock-state");
  clearTimeout(dockTimer);
  if (!place || (name === "ok" && !place.querySelector("[data-pending]"))) return;
  savedAt = place.querySelector("[data-saved-at]")?.dataset.savedAt || savedAt;
  const say = () => {
    place.replaceChildren(words(name === "wait" && savedAt ? "dock-wait-rest" : `dock-${name}`));
    for (const figure of place.querySelectorAll("[data-count]")) figure.textContent = String(count);
    for (const time of place.querySelectorAll("[data-time]")) time.textContent = savedAt;
  };
  // Most saves are over before a person could read that they are under way.
  if (name === "busy") dockTimer = setTimeout(say, 300);
  else say();
};

// Why an edit was refused, below its field; where fields stand side by side or in a table, below them all and with
// the name of the field.
const besideOthers = (cell) => cell?.closest("table")?.closest(".grid-wrap, .table-wrap") ?? cell?.closest(".field-row, table");

const reasonOf = (xhr) => {
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return (answer.querySelector(".msg > div") ?? answer.querySelector("main .lede"))?.textContent.trim() ?? "";
};

const noteOn = (edit, reason) => {
  const words = reason || document.querySelector("template[data-saved=bad]")?.content.textContent.trim() || "";
  const icon = document.querySelector("template[data-saved=cell-bad]")?.content.querySelector("svg");
  const note = document.createElement("div");
  note.className = "msg msg--bad refusal";
  note.dataset.refused = key(edit);
  const text = document.createElement("div");
  const [control] = cellsOf(edit).flatMap(controlsOf);
  if (control?.id && besideOthers(control)) {
    const link = document.createElement("a");
    link.href = `#${control.id}`;
    link.textContent = control.getAttribute("aria-label") ?? control.labels[0]?.textContent.trim() ?? edit.path;
    text.append(link, ": ");
  }
  text.append(words);
  note.append(...(icon ? [icon.cloneNode(true)] : []), text);
  return note;
};

const show = ({ edit, note }) => {
  const [cell] = cellsOf(edit);
  if (!cell || note.isConnected) return;
  (besideOthers(cell) ?? cell).after(note);
};

const withdraw = (edit) => {
  if (!refused.has(key(edit))) return;
  const { note, atTop } = refused.get(key(edit));
  note.remove();
  refused.delete(key(edit));
  if (![...refused.values()].some((other) => other.atTop === atTop)) atTop?.remove();
};

// ---- What colleagues save meanwhile

// The page is brought up to date between own saves, not during one: what was asked for before a save and comes after it
// would put old values over new ones. The answer to a save brings what follows from it and no more: where a colleague
// saved just before, the page is still behind.
let sending = false;
let saves = 0;
let missed = false;

const numberOf = (marker) => Number(new URL(marker.getAttribute("hx-get"), location).searchParams.get("since"));

const asked = (event) => {
  const { target: marker } = event;
  if (marker.id !== "live-marker") return;
  if (sending) {
    event.preventDefault();
    missed = true;
    return;
  }
  const before = saves;
  // On the marker itself: once a save has replaced it, its events no longer reach the document.
  const overtaken = ({ detail }) => {
    if (saves === before) return;
    detail.shouldSwap = false;
    missed = true;
    if (!sending) catchUp();
  };
  marker.addEventListener("htmx:beforeSwap", overtaken, { once: true });
};

const numbered = (event) => {
  const { target, fragment } = event.detail;
  const marker = target?.id === "live-marker" && sending && fragment.querySelector("#live-marker");
  if (!marker || numberOf(marker) <= numberOf(target) + 1) return;
  event.detail.shouldSwap = false;
  missed = true;
};

const catchUp = () => {
  if (!missed) return;
  missed = false;
  document.body.dispatchEvent(new CustomEvent("live", { detail: { topic: "missed", paths: [] } }));
};

// ---- Sending

const sender = document.createElement("span");
sender.hidden = true;
sender.dataset.autosaveSender = "";

const judge = (xhr) => {
  const { signIn } = document.body.dataset;
  const sentAway = signIn && xhr.responseURL && new URL(xhr.responseURL).pathname === signIn;
  if (xhr.status === 401 || sentAway) return "session";
  // A page instead of fragments: the token of the form was not taken, or the account may not write here.
  if (xhr.status === 403 && /<html/i.test(xhr.responseText)) return "session";
  if ([0, 408, 429].includes(xhr.status) || xhr.status >= 500) return "retry";
  if (xhr.status < 400) return "saved";
  return xhr.status === 409 && xhr.responseText.includes("data-conflict") ? "conflict" : "refused";
};

sender.addEventListener("htmx:beforeSwap", (event) => {
  event.detail.shouldSwap = ["saved", "conflict", "refused"].includes(judge(event.detail.xhr));
  event.detail.ignoreTitle = true;
});

const valuesOf = ({ edit_id, channel, parts, path, field, many, seen, value }) =>
  parts
    ? { edit_id, user, channel, edits: JSON.stringify(parts) }
    : { edit_id, user, path, field, many: many ? "1" : "", seen, ...(value.length && { value }) };

// Resolves to the answer once its fragments stand in the page.
const post = (edit) =>
  new Promise((resolve) => {
    const over = new AbortController();
    const done = (event) => {
      over.abort();
      resolve(event.detail.xhr);
    };
    for (const type of ["htmx:afterRequest", "htmx:onLoadError"])
      sender.addEventListener(type, done, { signal: over.signal });
    const to = edit.parts ? form.dataset.blockUrl : address;
    window.htmx.ajax("POST", to, { source: sender, target: sender, swap: "none", values: valuesOf(edit) }).catch(() => {});
  });

// Signing in as anybody else does not help: the dialog says as whom.
const explain = (dialog, xhr) => {
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const why = answer.querySelector("[data-session-why]");
  dialog?.querySelector("[data-session-why]")?.remove();
  if (why) dialog?.querySelector(".dlg__body")?.prepend(why);
};

let paused = ""; // "conflict" or "session"
let disputed = null;
let failures = 0;
let timer = 0;

// The new signature holds for every field of the path, also for those that were entered meanwhile.
const take = (path, seen) => {
  if (seen === null) return;
  for (const cell of form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)) {
    cell.dataset.seen = seen;
    const held = entered.get(key(nameOf(cell)));
    if (held) held.seen = seen;
  }
};

// What was saved is shown as the reader writes it. The text under somebody's hands changes when they have left it.
let touched = 0;
const unshown = new Map(); // control -> {edit, shown}

const adopt = (edit, shown) => {
  for (const cell of cellsOf(edit)) {
    const control = lineOf(cell);
    if (!control || control.value !== edit.value[0] || control.value === shown) continue;
    const isHeld = control === document.activeElement;
    if (isHeld && touched > (edit.at ?? 0)) {
      unshown.set(control, { edit, shown });
      continue;
    }
    control.value = shown;
    if (isHeld) control.select();
    const held = entered.get(key(edit));
    if (held) held.value = JSON.stringify([shown]);
  }
};

const left = ({ target }) => {
  const { edit, shown } = unshown.get(target) ?? {};
  unshown.delete(target);
  if (!edit || edits.of(edit).length || target.value !== edit.value[0]) return;
  target.value = shown;
  entered.delete(key(edit));
};

const shownIn = (xhr) => {
  const shown = xhr.getResponseHeader("X-Shown");
  return shown === null ? null : decodeURIComponent(shown);
};

// What was stored of a cell, after its edit is out of the queue.
const stored = (part, { seen, left, shown }) => {
  withdraw(part);
  take(part.path, seen);
  edits.follow(part, left);
  if (edits.of(part).length) return;
  if (typeof shown === "string") adopt(part, shown);
  if (!cellsOf(part).some((cell) => cell.contains(document.activeElement))) entered.delete(key(part));
  mark(part, "ok");
};

const refuse = (part, reason) => {
  const last = edits.of(part).slice(-1)[0] ?? part;
  edits.removeCell(part);
  entered.delete(key(part));
  withdraw(part);
  const atTop = document.querySelector("#notices > .msg[role=alert]");
  refused.set(key(part), { edit: last, note: noteOn(part, reason), atTop });
  mark(part, "bad");
  show(refused.get(key(part)));
};

const fatesIn = (xhr) => {
  const answer = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return JSON.parse(answer.querySelector("[data-block]")?.dataset.block ?? "[]");
};

const blockSaved = (block, xhr) => {
  edits.remove(block);
  document.getElementById("session-ended")?.close?.();
  const fates = fatesIn(xhr);
  fates.forEach((fate, n) => {
    const { state } = fate;
    const part = { ...block.parts[n], at: block.at };
    if (state === "saved") stored(part, fate);
    if (state === "refused") refuse(part, fate.message);
    if (state === "conflict") mark(part, "bad");
  });
  const open = fates.filter(({ state }) => state === "conflict").length;
  if (open) {
    disputed = block;
    paused = "conflict";
    dock("bad", open);
  } else if (refused.size) dock("bad", refused.size);
  form.dispatchEvent(new CustomEvent("ks:block-saved", { detail: { ...block, fates } }));
};

const settled = {
  saved(edit, xhr) {
    if (edit.parts) {
      blockSaved(edit, xhr);
      return;
    }
    edits.remove(edit);
    document.getElementById("session-ended")?.close?.();
    stored(edit, { seen: xhr.getResponseHeader("X-Seen"), left: xhr.getResponseHeader("X-Left"), shown: shownIn(xhr) });
  },
  conflict(edit) {
    disputed = edits.of(edit).slice(-1)[0];
    edits.removeCell(edit);
    mark(edit, "bad");
    dock("bad", 1);
    paused = "conflict";
  },
  refused(edit, xhr) {
    edits.remove(edit);
    for (const part of partsOf(edit)) refuse(part, reasonOf(xhr));
    dock("bad", refused.size);
  },
  session(_edit, xhr) {
    paused = "session";
    for (const edit of edits.list) mark(edit, "held");
    const dialog = document.getElementById("session-ended");
    explain(dialog, xhr);
    if (dialog && !dialog.open) dialog.showModal();
    dock("session");
  },
  retry() {
    failures += 1;
    for (const edit of edits.list) mark(edit, "wait");
    dock("wait");
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 1));
    timer = setTimeout(pump, wait / 2 + (Math.random() * wait) / 2);
  },
};

async function pump() {
  if (sending || paused) return;
  sending = true;
  clearTimeout(timer);
  if (edits.size) saves += 1;
  let outcome = "";
  while (edits.size && !paused && outcome !== "retry") {
    const edit = edits.first;
    for (const part of partsOf(edit))
      part.seen ??= form.querySelector(`[data-path="${CSS.escape(part.path)}"]`)?.dataset.seen ?? "";
    edit.tried = true;
    edits.keep();
    dock("busy");
    const xhr = await post(edit);
    outcome = judge(xhr);
    if (outcome !== "retry") failures = 0;
    settled[outcome](edit, xhr);
  }
  sending = false;
  catchUp();
  if (edits.size || paused) return;
  if (!refused.size) dock("ok");
  document.dispatchEvent(new CustomEvent("ks:saved"));
}

const resume = () => {
  if (paused === "conflict") return;
  paused = "";
  pump();
};

// ---- Listening

const stateOfWaiting = () => {
  if (paused === "session") return "held";
  return failures ? "wait" : "busy";
};

const cellOf = (target) => {
  const cell = target instanceof Element && form.contains(target) && target.closest("[data-path]");
  return cell && controlsOf(cell).includes(target) ? cell : null;
};

const enqueue = (cell) => {
  const name = nameOf(cell);
  const now = read(cell);
  const value = JSON.stringify(now.value);
  const before = entered.get(key(name));
  if (before?.value === value) return;
  const seen = before?.seen ?? cell.dataset.seen ?? "";
  entered.set(key(name), { seen, value });
  withdraw(name);
  edits.add({ ...name, ...now, seen, at: performance.now() });
  released.then(() => {
    if (edits.of(name).length) mark(name, stateOfWaiting());
    if (paused === "session") dock("session");
    pump();
  });
};

// What a block writes is what the person saw when they gave it: the cell in hand as it was entered, the others as they stand.
const enqueueBlock = ({ detail: { channel, parts, token } }) => {
  const named = parts.map(({ path, field = "value", value }) => {
    const name = { path, field };
    const [cell] = cellsOf(name);
    const seen = entered.get(key(name))?.seen ?? cell?.dataset.seen ?? cellsOf({ path, field: "value" })[0]?.dataset.seen;
    entered.set(key(name), { seen: seen ?? "", value: JSON.stringify(value) });
    withdraw(name);
    return { ...name, many: false, value, seen: seen ?? "" };
  });
  if (!named.length) return;
  edits.addBlock({ channel, parts: named, token, at: performance.now() });
  mark(edits.list.slice(-1)[0], stateOfWaiting());
  if (paused === "session") dock("session");
  pump();
};

// A press that leaves a control also changes it. Nothing on the page may move until the press is over, or the button
// that was pressed slips away from under the pointer and its click is lost.
let released = Promise.resolve();
const pressed = () => {
  released = new Promise((resolve) => {
    for (const type of ["pointerup", "pointercancel"])
      window.addEventListener(type, () => setTimeout(resolve), { once: true });
    setTimeout(resolve, 1000);
  });
};

const enter = ({ target, relatedTarget }) => {
  const cell = cellOf(target);
  if (!cell || cell.contains(relatedTarget) || edits.of(nameOf(cell)).length) return;
  entered.set(key(nameOf(cell)), { seen: cell.dataset.seen, value: JSON.stringify(read(cell).value) });
};

const changed = ({ target }) => {
  const cell = cellOf(target);
  if (cell) enqueue(cell);
};

// Enter takes the value over; it does not send the page off.
const taken = (event) => {
  if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
  const cell = cellOf(event.target);
  if (!cell) return;
  event.preventDefault();
  enqueue(cell);
};

// Text whose control nobody has left yet is kept when the page goes away.
const flush = () => {
  const cell = cellOf(document.activeElement);
  if (cell && entered.has(key(nameOf(cell)))) enqueue(cell);
};

// Each cell of a block that a colleague had changed was chosen by itself; what stays one's own goes as a block again.
const chosen = (dialog) => {
  const mine = [];
  for (const place of dialog.querySelectorAll("[data-disputed]")) {
    const { path, field, seen, theirs } = place.dataset;
    const part = disputed.parts.find((each) => each.path === path && [field, "missing"].includes(each.field));
    const name = { path, field: part?.field ?? field };
    take(path, seen);
    const keeps = place.querySelector("input:checked")?.value === "mine" && part;
    for (const cell of cellsOf({ path, field })) write(cell, keeps && part.field === field ? part.value : JSON.parse(theirs));
    entered.delete(key(name));
    if (keeps) mine.push({ ...part, seen });
    else mark(name, "ok");
  }
  if (mine.length) edits.addBlock({ ...disputed, parts: mine, at: performance.now() });
  dialog.remove();
  disputed = null;
  paused = "";
  pump();
};

const answered = ({ target: dialog }) => {
  if (disputed && dialog.matches?.("dialog[data-block-conflicts]")) {
    chosen(dialog);
    return;
  }
  if (dialog.id === "session-ended" && dialog.returnValue === "retry") {
    dialog.returnValue = "";
    resume();
  }
  if (!disputed || !dialog.matches?.("dialog[data-conflict]")) return;
  const { path, field, many, value } = disputed;
  const name = { path, field };
  const mine = dialog.returnValue === "mine";
  const theirs = JSON.parse(dialog.dataset.theirs ?? "null");
  take(name.path, dialog.dataset.seen ?? null);
  for (const cell of cellsOf(name)) write(cell, mine ? value : theirs);
  entered.delete(key(name));
  if (mine) edits.add({ ...name, many, value, seen: dialog.dataset.seen, at: performance.now() });
  mark(name, mine ? "busy" : "ok");
  cellsOf(name).flatMap(controlsOf)[0]?.focus();
  dialog.remove();
  disputed = null;
  paused = "";
  pump();
};

// The page goes on once everything is saved.
const submitted = (event) => {
  if (!edits.size || event.target !== form) return;
  event.preventDefault();
  const { submitter } = event;
  document.addEventListener("ks:saved", () => form.requestSubmit(submitter), { once: true });
  resume();
};

// What waits is shown again: after a reload, and where a fragment has put the server's value over it.
const restore = () => {
  for (const edit of (sending ? edits.list.slice(1) : edits.list).flatMap(partsOf)) {
    for (const cell of cellsOf(edit)) if (!cell.contains(document.activeElement)) write(cell, edit.value);
    mark(edit, stateOfWaiting());
  }
  for (const held of refused.values()) {
    const { edit } = held;
    if (edits.of(edit).length) continue;
    for (const cell of cellsOf(edit)) if (!cell.contains(document.activeElement)) write(cell, edit.value);
    mark(edit, "bad");
    show(held);
  }
};

const touch = () => {
  touched = performance.now();
};

if (form) {
  document.body.append(sender);
  document.addEventListener("pointerdown", pressed, true);
  for (const type of ["keydown", "pointerdown"]) form.addEventListener(type, touch, true);
  form.addEventListener("focusin", enter);
  form.addEventListener("focusout", left);
  form.addEventListener("change", changed);
  form.addEventListener("ks:block", enqueueBlock);
  form.addEventListener("keydown", taken);
  form.addEventListener("submit", submitted, true);
  document.addEventListener("close", answered, true);
  document.addEventListener("htmx:afterSettle", restore);
  document.addEventListener("htmx:beforeRequest", asked);
  document.addEventListener("htmx:oobBeforeSwap", numbered);
  window.addEventListener("online", resume);
  window.addEventListener("focus", resume);
  window.addEventListener("pagehide", flush);
  window.addEventListener("beforeunload", (event) => {
    flush();
    if (edits.size && !edits.kept) event.preventDefault();
  });
  // On a slow line people answer before this script is there.
  const before = [...form.querySelectorAll("[data-path]")].filter(isChanged).map((cell) => [cell, read(cell).value]);
  restore();
  for (const [cell, value] of before) {
    write(cell, value);
    enqueue(cell);
  }
  resume();
}
