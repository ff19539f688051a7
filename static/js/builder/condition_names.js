// Names of questions, searched on the server: for a box that takes one, and after ${ in an expression.

const WAIT = 120;
const OPEN = /\$\{([^{}]*)$/;

let asked = 0;
let waiting = 0;

const listOf = (box) => document.getElementById(box.getAttribute("aria-controls") ?? "condition-names");

const close = (box) => {
  const list = listOf(box);
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
};

const mark = (box, option) => {
  for (const each of listOf(box).children) each.setAttribute("aria-selected", String(each === option));
  box.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const show = (box, found) => {
  const list = listOf(box);
  list.replaceChildren(
    ...found.map((each, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.dataset.expression = each.expression;
      option.dataset.name = each.name;
      const name = document.createElement("code");
      name.textContent = each.name;
      option.append(each.label, " ", name);
      return option;
    }),
  );
  list.hidden = !found.length;
  box.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) mark(box, list.firstElementChild);
};

const wantedOf = (box) => {
  if (!("complete" in box.dataset)) return { q: box.value === box.dataset.shown ? "" : box.value, role: box.dataset.names };
  const open = OPEN.exec(box.value.slice(0, box.selectionStart));
  return open && { q: open[1], role: "value" };
};

const ask = async (box, url) => {
  const wanted = wantedOf(box);
  if (!wanted) return close(box);
  const mine = (asked += 1);
  const answer = await fetch(`${url}?${new URLSearchParams(wanted)}`);
  if (mine !== asked || !answer.ok || document.activeElement !== box) return;
  show(box, (await answer.json()).found);
};

const pick = (box, option) => {
  const { expression, name } = option.dataset;
  if ("complete" in box.dataset) {
    const start = box.value.slice(0, box.selectionStart).replace(OPEN, `\${${name}}`);
    box.value = start + box.value.slice(box.selectionStart).replace(/^\}/, "");
    box.setSelectionRange(start.length, start.length);
  } else {
    box.value = option.firstChild.textContent;
    box.dataset.shown = box.value;
    box.dataset.expressionOf = expression;
  }
  close(box);
  box.dispatchEvent(new Event("change", { bubbles: true }));
};

const steps = { ArrowDown: 1, ArrowUp: -1 };

// `url` gives the address of the search at the time.
export const openNames = (root, url) => {
  const isBox = (node) => node.matches?.("[data-names], [data-complete]");
  root.addEventListener("input", ({ target }) => {
    if (!isBox(target)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(target, url()), WAIT);
  });
  root.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!isBox(box) || event.isComposing) return;
    const list = listOf(box);
    const options = [...list.children];
    const at = options.findIndex((each) => each.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" && list.hidden && !("complete" in box.dataset)) ask(box, url());
    else if (event.key in steps && options.length) mark(box, options[(at + steps[event.key] + options.length) % options.length]);
    else if (["Enter", "Tab"].includes(event.key) && at >= 0 && !list.hidden) {
      pick(box, options[at]);
      if (event.key === "Tab") return;
    } else if (event.key === "Escape" && !list.hidden) close(box);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  root.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    const list = option.parentElement;
    pick(root.querySelector(`[aria-controls="${list.id}"]`) ?? root.querySelector("[data-complete]"), option);
  });
  root.addEventListener("focusout", ({ target }) => isBox(target) && close(target));
};
