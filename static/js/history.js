// The history of a field: Alt+H in the field opens it. The links beside the fields are for the pointer, for screen readers
// and for browsers without scripts; Tab goes from field to field without stopping at them.

const form = document.querySelector("[data-history-url]");

const unlist = () => {
  for (const link of form.querySelectorAll("[data-history]")) {
    link.tabIndex = -1;
    link.setAttribute("aria-keyshortcuts", "Alt+H");
  }
};

const asked = (event) => {
  // On some keyboards Alt+H types another letter: the key counts, not the letter.
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== "KeyH") return;
  const cell = event.target instanceof Element && event.target.closest("[data-path]");
  if (!cell) return;
  event.preventDefault();
  const address = form.dataset.historyUrl + encodeURIComponent(cell.dataset.path);
  window.htmx.ajax("GET", address, { source: form, target: "#dialogs", swap: "innerHTML" });
};

if (form) {
  unlist();
  document.addEventListener("htmx:afterSettle", unlist);
  form.addEventListener("keydown", asked);
}
