// Who else is at this response, and at which question: <span data-presence data-here-url data-response data-section>.
// A visible page tells of itself every BEAT by POST and is answered by the others; a socket makes moves quick, at most
// one a second. Without the socket everything is a heartbeat later; without either nothing is missing but this.
// Drawn from <template data-here=…>: the head of the page, the rows of the task list, and the cell or question with
// [data-path] where somebody is. Signs are put back after each swap. Only the head is announced, and only when who is
// here changes, not when they move.

const BEAT = 15_000;
const PRESENT = 30_000;
const PAUSE = 1000;
const LONGEST = 60_000;

const head = document.querySelector("[data-presence]");
const { hereUrl, response, section } = head?.dataset ?? {};
const tab = [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => (byte % 36).toString(36)).join("");
const people = new Map(); // id -> {id, name, initials, look, tabs: Map(tab -> {section, path, heard, moved})}

// ---- What is known of the others

const hear = ({ id, name, initials, look, tab: from, section: at, path, age = 0, gone }) => {
  const known = people.get(id) ?? { id, tabs: new Map() };
  if (gone) {
    known.tabs.delete(from);
  } else {
    const heard = performance.now() - age * 1000;
    const before = known.tabs.get(from);
    Object.assign(known, { name, initials, look });
    // A heartbeat may be older than what the socket has told of the same page since.
    if (before && before.moved > heard) before.heard = Math.max(before.heard, heard);
    else known.tabs.set(from, { section: at, path, heard, moved: heard });
  }
  if (known.tabs.size) people.set(id, known);
  else people.delete(id);
};

const forget = () => {
  const now = performance.now();
  for (const person of people.values()) {
    for (const [name, place] of person.tabs) if (now - place.heard > PRESENT) person.tabs.delete(name);
    if (!person.tabs.size) people.delete(person.id);
  }
};

const here = () =>
  [...people.values()]
    .map(({ tabs, ...person }) => ({ ...person, ...[...tabs.values()].sort((a, b) => b.moved - a.moved)[0] }))
    .sort((a, b) => a.name.localeCompare(b.name));

// ---- Drawing

const filled = (name, values) => {
  const piece = document.querySelector(`template[data-here="${name}"]`).content.cloneNode(true);
  for (const [key, value] of Object.entries(values))
    for (const place of piece.querySelectorAll(`[data-${key}]`)) place.textContent = value;
  return piece;
};

const avatar = ({ name, initials, look }, isNamed) => {
  const letters = document.createElement("span");
  letters.className = `avatar avatar--${look}`;
  letters.textContent = initials;
  if (isNamed) {
    letters.setAttribute("role", "img");
    letters.setAttribute("aria-label", name);
  } else letters.setAttribute("aria-hidden", "true");
  letters.title = name;
  return letters;
};

const titleOf = (name) => document.querySelector(`[data-task="${CSS.escape(name)}"]`)?.textContent.trim() ?? "";

const sentence = (found) => {
  if (found.length > 1) return filled("many", { count: found.length });
  const [{ name, section: at }] = found;
  if (at && at === section) return filled("this", { name });
  return titleOf(at) ? filled("other", { name, where: titleOf(at) }) : filled("front", { name });
};

// What is announced changes only where the words change.
const drawHead = (found) => {
  const faces = head.querySelector("[data-here-faces]");
  const words = head.querySelector("[data-here-words]");
  faces.replaceChildren(...found.map((person) => avatar(person)));
  const said = document.createElement("span");
  if (found.length) said.append(sentence(found));
  if (said.textContent !== words.textContent) words.replaceChildren(...said.childNodes);
  head.hidden = !found.length;
};

const drawTasks = (found) => {
  for (const place of document.querySelectorAll("[data-here-task]")) {
    const there = found.filter((person) => person.section === place.dataset.hereTask);
    const shown = [...place.children].map((face) => face.title).join("\n");
    if (shown === there.map(({ name }) => name).join("\n")) continue;
    place.replaceChildren(...there.map((person) => avatar(person, true)));
  }
};

const signed = new Map(); // cell -> its sign
// Where one only reads, no cell is watched: its control says which one it is.
const placesOf = (path) => {
  const watched = [...document.querySelectorAll(`#section-form [data-path="${CSS.escape(path)}"]`)];
  const cells = watched.filter(({ dataset }) => (dataset.field ?? "value") === "value");
  const read = document.querySelector(`#section-form [name="${CSS.escape(path)}"]`)?.closest("td.cell, .likert tr, .q__control");
  return cells.length || !read ? cells : [read];
};

const drawCells = (found) => {
  const wanted = new Map();
  for (const person of found)
    for (const cell of person.path && person.section === section ? placesOf(person.path) : [])
      wanted.set(cell, [...(wanted.get(cell) ?? []), person]);
  for (const [cell, sign] of signed) {
    if (wanted.has(cell) && cell.isConnected) continue;
    sign.remove();
    cell.classList.remove("is-others", "cell--other");
    signed.delete(cell);
  }
  for (const [cell, there] of wanted) {
    const names = there.map(({ name }) => name).join(", ");
    const isCell = cell.matches("td.cell");
    cell.classList.add(isCell ? "cell--other" : "is-others");
    const old = signed.get(cell);
    if (old?.isConnected && old.dataset.names === names) continue;
    old?.remove();
    const sign = filled(isCell ? "cell" : "question", { names }).firstElementChild;
    sign.dataset.names = names;
    sign.title = names;
    sign.querySelector("[data-here-faces]")?.replaceChildren(...there.map((person) => avatar(person)));
    (cell.matches("tr") ? cell.cells[0] : cell).append(sign);
    signed.set(cell, sign);
  }
};

const draw = () => {
  forget();
  const found = here();
  drawHead(found);
  drawTasks(found);
  drawCells(found);
};

// ---- Telling

let place = "";
let socket = null;
let failures = 0;
let isRefused = false;
let last = 0;
let waiting = 0;

const tell = () => {
  waiting = 0;
  last = performance.now();
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ section, path: place }));
};

const moved = (path) => {
  if (path === place) return;
  place = path;
  if (!waiting) waiting = setTimeout(tell, Math.max(0, last + PAUSE - performance.now()));
};

const body = (values) => {
  const token = decodeURIComponent(document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "");
  return new URLSearchParams({ csrfmiddlewaretoken: token, tab, ...values });
};

let timer = 0;
const beat = async () => {
  clearTimeout(timer);
  timer = setTimeout(beat, BEAT);
  if (document.visibilityState !== "visible") return draw();
  try {
    const answer = await fetch(hereUrl, { method: "POST", body: body({ section, path: place }) });
    if (answer.ok && !answer.redirected) {
      const told = (await answer.json()).people;
      for (const person of told) hear(person);
      // Who left a page says so: what only heartbeats told, and they tell no more, is over.
      for (const person of people.values())
        if (socket?.readyState !== WebSocket.OPEN && !told.some(({ id }) => id === person.id)) people.delete(person.id);
    }
  } catch (failure) {
    if (!(failure instanceof TypeError)) throw failure;
  }
  draw();
};

const connect = () => {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws/presence/?response=${response}&tab=${tab}`);
  socket.addEventListener("open", () => {
    failures = 0;
    tell();
  });
  socket.addEventListener("message", (event) => {
    for (const person of JSON.parse(event.data).people) hear(person);
    draw();
  });
  socket.addEventListener("close", (event) => {
    isRefused = event.code >= 4000 && event.code < 5000;
    if (isRefused) return;
    failures += 1;
    const wait = Math.min(LONGEST, 1000 * 2 ** (failures - 1));
    setTimeout(connect, wait / 2 + (Math.random() * wait) / 2);
  });
};

const pathOf = (target) => (target instanceof Element && target.closest("#section-form [data-path]")?.dataset.path) || "";

if (head) {
  document.addEventListener("focusin", ({ target }) => moved(pathOf(target)));
  document.addEventListener("focusout", ({ relatedTarget }) => relatedTarget || moved(""));
  document.addEventListener("visibilitychange", beat);
  for (const type of ["htmx:afterSettle", "htmx:oobAfterSwap"]) document.addEventListener(type, () => people.size && draw());
  window.addEventListener("pagehide", () => {
    socket?.close(1000);
    navigator.sendBeacon(hereUrl, body({ gone: "1" }));
  });
  place = pathOf(document.activeElement);
  if ("WebSocket" in window) connect();
  setInterval(draw, PRESENT / 6);
  beat();
}
