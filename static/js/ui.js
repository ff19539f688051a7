// Small behaviours shared by all pages. One attribute, one behaviour; pages read without it.
// Listeners stand on the document, so what htmx brings in later behaves as well; `settle` runs over new content.

const { htmx, Idiomorph } = window;

// Fragments that hold controls are morphed: what somebody is typing stays, and so does the caret.
// The extension is defined anew: the package's one asks for `eval` and treats every swap style as an inline one.
if (htmx && Idiomorph) {
  Idiomorph.defaults.ignoreActiveValue = true;
  // The word that an answer is saved stays when a live message about that very save draws the question again.
  // What scripts keep ([data-left-alone]: the tools of a grid) is theirs.
  Idiomorph.defaults.callbacks.beforeNodeMorphed = (now, next) =>
    !now.matches?.("[data-left-alone]") &&
    !(now.matches?.(".q__state > [data-state-for]") && now.firstElementChild && !next.firstElementChild);
  const styles = { morph: "outerHTML", "morph:outerHTML": "outerHTML", "morph:innerHTML": "innerHTML" };
  htmx.defineExtension("morph", {
    isInlineSwap: (style) => styles[style] === "outerHTML",
    handleSwap: (style, target, fragment) =>
      style in styles && Idiomorph.morph(target, fragment.children, { morphStyle: styles[style] }),
  });
}

const on = (type, selector, react) =>
  document.addEventListener(type, (event) => {
    const hit = event.target instanceof Element && event.target.closest(selector);
    if (hit) react(hit, event);
  });

// Narrow navigation.
on("click", "[data-toggle=nav]", (button) => {
  const open = document.getElementById(button.getAttribute("aria-controls")).classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(open));
});

// Dialogs: a button names one; the address may open one (#publish); an answer may bring an open one.
on("click", "[data-dialog]", (button) => document.getElementById(button.dataset.dialog).showModal());
on("click", "dialog [data-close]", (button) => button.closest("dialog").close());
const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (named instanceof HTMLDialogElement) named.showModal();

// Menus close on Escape and on a click elsewhere.
const closeMenus = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
};
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Pressed buttons of one group.
on("click", ".seg button", (pressed) => {
  for (const button of pressed.closest(".seg").querySelectorAll("button"))
    button.setAttribute("aria-pressed", String(button === pressed));
});

// A button that must not be pressed yet keeps its focus and says why, but does nothing.
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest("[aria-disabled=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

// Filters send themselves.
on("change", "form[data-auto-submit]", (form) => form.requestSubmit());

// A form is sent once; its button says that something happens.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  if (event.submitter && !event.target.hasAttribute("data-no-busy"))
    setTimeout(() => event.submitter.setAttribute("aria-busy", "true"));
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form [aria-busy=true]")) button.removeAttribute("aria-busy");
});

on("click", "[data-dismiss]", (button) => setTimeout(() => button.closest("[data-toast]")?.remove()));
on("click", "[data-print]", () => window.print());

// "/" goes to search, except while typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.isComposing || event.target.closest("input, textarea, select, [contenteditable]"))
    return;
  const box = document.querySelector(".topbar [type=search]");
  if (!box?.offsetParent) return;
  event.preventDefault();
  box.focus();
});

// Explanations beside questions start closed where they stand below them.
const narrow = matchMedia("(max-width: 1023.98px)");

// A side that lies beyond the edge of a narrow row of tabs is brought into it; the page itself stays.
const bringIn = (current) => {
  const row = current.closest(".tabs, .tabs__parts");
  const beyond = current.getBoundingClientRect().right - row.getBoundingClientRect().right;
  if (beyond > 0) row.scrollLeft += beyond + row.clientWidth / 4;
};

// So is the question of a long list that is looked at.
const bringUp = (current) => {
  const list = current.closest(".tree--questions");
  const [row, frame] = [current.getBoundingClientRect(), list.getBoundingClientRect()];
  if (row.top < frame.top || row.bottom > frame.bottom) list.scrollTop += row.top - frame.top - frame.height / 3;
};

const settle = (root) => {
  for (const current of root.querySelectorAll(".tree--questions [aria-current]")) bringUp(current);
  for (const current of root.querySelectorAll(":is(.tabs, .tabs__parts) [aria-current]")) bringIn(current);
  // Once only: what somebody has closed stays closed at the next swap.
  for (const dialog of root.querySelectorAll("dialog[data-open]:not([open])")) {
    dialog.removeAttribute("data-open");
    dialog.showModal();
  }
  for (const more of narrow.matches ? root.querySelectorAll(".ctx details[open]:not([data-seen-once])") : []) {
    more.open = false;
    more.dataset.seenOnce = "";
  }
  for (const summary of root.querySelectorAll("[data-take-focus]")) {
    summary.removeAttribute("data-take-focus");
    summary.focus();
  }
  for (const toast of root.querySelectorAll("[data-toast]:not([data-shown])")) {
    toast.dataset.shown = "";
    setTimeout(() => toast.matches(":hover, :focus-within") || toast.remove(), 10_000);
  }
};
settle(document);

// Focus is never lost after a swap: it goes back to the same id, else to what stood nearest around it.
let trail = [];
document.addEventListener("htmx:beforeSwap", () => {
  trail = [];
  for (let place = document.activeElement; place && place !== document.body; place = place.parentElement)
    if (place.id) trail.push(place.id);
});
document.addEventListener("htmx:afterSettle", () => {
  settle(document);
  if (document.activeElement && document.activeElement !== document.body) return;
  const place = trail.map((id) => document.getElementById(id)).find(Boolean);
  trail = [];
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});

// Signing in again gives a new token: the cookie always has the right one.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  if (token) event.detail.headers["X-CSRFToken"] = decodeURIComponent(token[1]);
});

const notice = (name) => {
  const words = document.querySelector(`template[data-notice="${name}"]`);
  const place = document.getElementById("notices");
  if (words && place && !place.querySelector(`[data-noticed="${name}"]`)) {
    const note = document.createElement("div");
    note.dataset.noticed = name;
    note.append(words.content.cloneNode(true));
    place.append(note);
  }
};

// A refusal that comes as a fragment of its own replaces nothing; a sign-in page never goes into a fragment.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, serverResponse } = event.detail;
  if (xhr.status >= 400 && serverResponse?.includes("data-refusal")) {
    event.detail.shouldSwap = true;
    event.detail.swapOverride = "none";
  }
  const signIn = document.body.dataset.signIn;
  if (signIn && xhr.responseURL && new URL(xhr.responseURL).pathname === signIn && location.pathname !== signIn) {
    event.detail.shouldSwap = false;
    if (!event.target.closest("[data-autosave-sender]")) notice("session");
  }
});
for (const [type, name] of [
  ["htmx:sendError", "offline"],
  ["htmx:timeout", "offline"],
  ["htmx:responseError", "failed"],
]) {
  document.addEventListener(type, (event) => {
    // Autosave speaks for itself; what a live message asked for is asked for again with the next one.
    const isLive = event.detail.requestConfig?.triggeringEvent?.detail?.topic;
    if (!isLive && !event.target.closest?.("[data-autosave-sender]")) notice(name);
  });
}
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.successful) for (const note of document.querySelectorAll("[data-noticed]")) note.remove();
});
