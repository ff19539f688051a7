// Choices of long lists, searched on the server:
//
//   <form data-choices-url="…">  <div data-path="commune"> <div data-find [data-find-many]>
//     <input data-find-text role="combobox" aria-controls="list">
//     <select hidden> the one that is chosen </select>    or, with data-find-many, checkboxes in [data-find-taken]
//     <div id="list" role="listbox" hidden></div>
//
// What is typed is looked for; the arrow keys, Enter and Escape do what they do in a list. Taking a choice changes the
// select or adds a checkbox, whose `change` autosave.js saves. A text that is left without a choice is sent as it is:
// the server reads a label or a code, or keeps the text with a finding.
const PAUSE = 150;

let timer = 0;
let asked = new AbortController();

const partsOf = (input) => {
  const box = input.closest("[data-find]");
  return { box, list: document.getElementById(input.getAttribute("aria-controls")), select: box.querySelector("select") };
};

const inputOf = (event) =>
  event.target instanceof Element && event.target.matches("[data-find-text]") && !event.target.readOnly
    ? event.target
    : null;

const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];
const activeOf = (input) => document.getElementById(input.getAttribute("aria-activedescendant") ?? "");

const close = (input) => {
  clearTimeout(timer);
  asked.abort();
  const { list } = partsOf(input);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
};

const activate = (input, option) => {
  for (const each of optionsOf(partsOf(input).list)) each.classList.toggle("is-active", each === option);
  if (!option) return input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const look = async (input, text) => {
  asked.abort();
  asked = new AbortController();
  const { list } = partsOf(input);
  const query = new URLSearchParams({ path: input.closest("[data-path]").dataset.path, q: text });
  let answer;
  try {
    answer = await fetch(`${input.form.dataset.choicesUrl}?${query}`, { signal: asked.signal, redirect: "error" });
  } catch {
    return; // another search has begun, or there is no network: what is typed is sent as text
  }
  if (!answer.ok) return;
  const found = await answer.text();
  if (document.activeElement !== input) return;
  list.innerHTML = found;
  for (const [number, option] of optionsOf(list).entries()) option.id = `${list.id}-${number}`;
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  activate(input, text ? optionsOf(list)[0] : null);
};

const soon = (input, text) => {
  clearTimeout(timer);
  timer = setTimeout(() => look(input, text), PAUSE);
};

const tell = (control) => control.dispatchEvent(new Event("change", { bubbles: true }));

const choose = (select, value, words) => {
  const option = [...select.options].find((each) => each.value === value) ?? new Option(words, value);
  option.textContent = words;
  select.add(option);
  select.value = value;
  tell(select);
};

const tick = (input, value, words) => {
  const path = input.closest("[data-path]").dataset.path;
  const taken = input.closest("[data-path]").querySelector("[data-find-taken]");
  let check = [...taken.querySelectorAll("input")].find((each) => each.value === value);
  if (!check) {
    const line = document.createElement("div");
    line.className = "form-check";
    check = Object.assign(document.createElement("input"), { type: "checkbox", name: path, value });
    check.className = "form-check-input";
    const label = document.createElement("label");
    label.className = "form-check-label";
    label.append(check, words);
    line.append(label);
    taken.append(line);
  }
  check.checked = true;
  tell(check);
};

const take = (input, value, words) => {
  const { select } = partsOf(input);
  close(input);
  input.value = select ? words : "";
  if (select) choose(select, value, words);
  else tick(input, value, words);
};

const wordsIn = (select) => select.selectedOptions[0]?.textContent ?? "";

// A text without a choice: blank clears, anything else is for the server to read.
const leave = (input) => {
  const { select } = partsOf(input);
  close(input);
  const text = input.value.trim();
  if (select && text !== wordsIn(select).trim()) choose(select, text, text);
  if (!select && text) take(input, text, text);
};

document.addEventListener("input", (event) => {
  const input = inputOf(event);
  if (input) soon(input, input.value.trim());
});

document.addEventListener(
  "keydown",
  (event) => {
    const input = inputOf(event);
    if (!input || event.isComposing) return;
    const { list } = partsOf(input);
    const options = list.hidden ? [] : optionsOf(list);
    const here = options.indexOf(activeOf(input));
    if (event.key === "Escape" && !list.hidden) close(input);
    else if (event.key === "Enter" && here >= 0) take(input, options[here].dataset.value, options[here].textContent);
    else if (event.key === "Enter") leave(input);
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && options.length) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(input, options[(Math.max(here, step < 0 ? 0 : -1) + step + options.length) % options.length]);
    } else if (event.key === "ArrowDown" && (event.altKey || !input.closest("[data-grid]"))) look(input, "");
    else return; // in a grid the arrows go from cell to cell
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

document.addEventListener("pointerdown", (event) => {
  const list = event.target instanceof Element && event.target.closest(".find__list");
  if (list) event.preventDefault(); // the field keeps the focus
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const option = event.target.closest(".find__list [role=option]");
  const input = option?.closest("[data-find]").querySelector("[data-find-text]");
  if (input) take(input, option.dataset.value, option.textContent);
  else if (inputOf(event) && partsOf(event.target).list.hidden) look(event.target, "");
});

document.addEventListener("focusin", (event) => inputOf(event)?.select());
document.addEventListener("focusout", (event) => {
  const input = inputOf(event);
  if (input) leave(input);
});
// A block pasted into a grid comes with the change of each field.
document.addEventListener("change", (event) => {
  const input = inputOf(event);
  if (input && input !== document.activeElement) leave(input);
});
