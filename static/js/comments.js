// Comments of colleagues. A thread opens in a dialog by its link ([data-talk]) or by Alt+M in a field. The counts of the
// page come anew (data-counts-url) when a live message says "comments", or when one was sent from here (ks:comments);
// an open thread is read anew then, its half-written answer stays. Links of places nobody talked about are left out of
// the Tab order, as those to the history are.
// <textarea data-mention="id of a listbox">: "@" and letters offer colleagues, tones left aside; arrows, Enter, Tab, Escape.

const place = document.querySelector("[data-counts-url]");
const { countsUrl, commentsUrl } = place?.dataset ?? {};

// ---- Counts

const showCounts = ({ paths, sections }) => {
  for (const link of document.querySelectorAll("[data-talk]")) {
    const words = paths[link.dataset.talk];
    const said = link.querySelector("[data-talk-words]");
    said.textContent = words ?? link.dataset.none;
    if (words) said.classList.remove("visually-hidden");
  }
  for (const cell of document.querySelectorAll("td.cell[data-path]"))
    cell.classList.toggle("cell--note", cell.dataset.path in paths);
  for (const mark of document.querySelectorAll("[data-talks-in]")) {
    const words = sections[mark.dataset.talksIn];
    mark.hidden = !words;
    mark.querySelector("[data-talks-words]").textContent = words ?? "";
  }
  unlist();
};

const unlist = () => {
  for (const link of document.querySelectorAll("[data-talk]")) {
    const isNone = link.querySelector("[data-talk-words]").textContent === link.dataset.none;
    link.tabIndex = isNone ? -1 : 0;
    link.setAttribute("aria-keyshortcuts", "Alt+M");
  }
};

const ask = async () => {
  try {
    const answer = await fetch(countsUrl, { headers: { Accept: "application/json" } });
    if (answer.ok && !answer.redirected) showCounts(await answer.json());
  } catch (failure) {
    if (!(failure instanceof TypeError)) throw failure;
  }
};

const readAgain = () => {
  const open = document.querySelector("dialog[open][data-thread], .talk-page[data-thread]");
  if (!open || !document.getElementById("comment-list")) return;
  const address = `${commentsUrl}?path=${encodeURIComponent(open.dataset.thread)}`;
  window.htmx.ajax("GET", address, { source: "#comment-list", target: "#comment-list", swap: "innerHTML" });
};

// ---- Naming colleagues

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const listOf = (field) => document.getElementById(field.dataset.mention);
const shownIn = (list) => [...list.children].filter((option) => !option.hidden);

// What is being typed after the nearest "@" before the caret; null where there is none.
const typed = (field) => {
  const before = field.value.slice(0, field.selectionStart);
  const at = before.search(/(^|[^\p{L}\p{N}])@[^@\n]{0,40}$/u);
  if (at < 0) return null;
  const start = before.indexOf("@", at);
  return { start, words: folded(before.slice(start + 1)) };
};

const point = (field, option) => {
  const list = listOf(field);
  for (const other of list.children) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
};

const close = (field) => {
  listOf(field).hidden = true;
  field.removeAttribute("aria-controls");
  point(field, null);
};

const offer = (field) => {
  const list = listOf(field);
  const asked = typed(field);
  const fits = ({ dataset: { name, email } }) => {
    const words = folded(name).split(/\s+/);
    // By any of the words of a name, or by its beginning.
    return !asked.words || words.some((_word, from) => words.slice(from).join(" ").startsWith(asked.words)) || email.startsWith(asked.words);
  };
  for (const option of list.children) option.hidden = !asked || !fits(option);
  const found = shownIn(list);
  const state = list.parentElement.querySelector("[data-mention-state]");
  if (!found.length) {
    state.textContent = "";
    return close(field);
  }
  list.hidden = false;
  field.setAttribute("aria-controls", list.id);
  point(field, found[0]);
  const words = list.parentElement.querySelector("template[data-mention-found]").content.cloneNode(true);
  words.querySelector("[data-count]").textContent = String(found.length);
  state.replaceChildren(words);
};

// Of several people of one name the id says who is meant.
const choose = (field, option) => {
  const { start } = typed(field);
  const { id, name } = option.dataset;
  field.setRangeText(`@${name} `, start, field.selectionStart, "end");
  const chosen = document.createElement("input");
  Object.assign(chosen, { type: "hidden", name: "mention", value: id });
  chosen.dataset.named = `@${name}`;
  field.form.querySelector(`input[name=mention][value="${id}"]`)?.remove();
  field.form.append(chosen);
  close(field);
};

const fieldOf = ({ target }) => (target instanceof Element && target.matches("[data-mention]") ? target : null);

const pressed = (event) => {
  const field = fieldOf(event);
  const list = field && listOf(field);
  if (!field || list.hidden || event.isComposing) return;
  const found = shownIn(list);
  const at = found.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown") point(field, found[(at + 1) % found.length]);
  else if (event.key === "ArrowUp") point(field, found[(at - 1 + found.length) % found.length]);
  else if (event.key === "Enter" || event.key === "Tab") choose(field, found[at]);
  else if (event.key === "Escape") close(field);
  else return;
  event.preventDefault();
  event.stopPropagation();
};

document.addEventListener("input", (event) => fieldOf(event) && offer(fieldOf(event)));
document.addEventListener("keydown", pressed, true);
document.addEventListener("focusout", (event) => fieldOf(event) && setTimeout(() => event.target.isConnected && close(event.target), 150));
document.addEventListener("mousedown", (event) => {
  const option = event.target instanceof Element && event.target.closest(".mention__list [role=option]");
  if (!option) return;
  event.preventDefault();
  choose(document.querySelector(`[data-mention="${option.parentElement.id}"]`), option);
});
// Who was chosen and deleted from the text again is not meant.
const unmean = ({ target }) => {
  for (const chosen of target.querySelectorAll?.("input[name=mention]") ?? [])
    if (!target.elements.text.value.includes(chosen.dataset.named)) chosen.remove();
};
document.addEventListener("htmx:confirm", unmean);

// ---- Opening and following

const shortcut = (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyM") return;
  const cell = event.target instanceof Element && event.target.closest("#section-form [data-path]");
  if (!cell) return;
  event.preventDefault();
  const address = `${commentsUrl}?path=${encodeURIComponent(cell.dataset.path)}`;
  window.htmx.ajax("GET", address, { source: place, target: "#dialogs", swap: "innerHTML" });
};

const heard = ({ detail }) => {
  if (detail.topic === "missed" || (detail.paths?.length && !detail.paths.includes("comments"))) return;
  ask();
  readAgain();
};

if (place) {
  unlist();
  document.addEventListener("htmx:afterSettle", unlist);
  document.addEventListener("keydown", shortcut);
  document.body.addEventListener("live", heard);
  document.body.addEventListener("ks:comments", ask);
}
