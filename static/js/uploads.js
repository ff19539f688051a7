// Files are chosen with the button of a place ([data-upload]) or dropped onto it, and sent at once, one after the other.
// The answer brings the fragments that changed, as a saved cell does; a refusal stands at the place, in words. Without
// this script the button saves the page and leads to a form. What is longer than a moment's sending goes in pieces.
import { newId } from "./edits.js";
import { Refused, sendInPieces } from "./pieces.js";

const SMALL = 256 * 1024;

const token = () => decodeURIComponent(document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "");

const placeOf = (target) => (target instanceof Element ? target.closest("[data-upload]") : null);

const shown = (state, name) => {
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.setAttribute("aria-label", name);
  const words = document.createElement("span");
  words.className = "text-break";
  words.textContent = name;
  state.replaceChildren(words, " ", bar);
  return bar;
};

const messageIn = (text) => new DOMParser().parseFromString(text, "text/html").querySelector(".msg");

const refuse = (place, name, message) => {
  const note = message ?? place.querySelector("template[data-upload-failed]").content.cloneNode(true).querySelector(".msg");
  const who = document.createElement("b");
  who.className = "text-break";
  who.textContent = `${name}: `;
  note.querySelector(":scope > div").prepend(who);
  note.setAttribute("role", "alert");
  return note;
};

const send = async (place, file) => {
  const bar = shown(place.querySelector("[data-upload-state]"), file.name);
  if (file.size <= SMALL) return attach(place, bar, file);
  const words = document.createElement("span");
  bar.after(" ", words);
  try {
    const upload = await sendInPieces(place.dataset.pieces, file, {
      progress(offset) {
        bar.value = (100 * offset) / file.size;
        words.textContent = "";
      },
      waiting() {
        words.textContent = place.querySelector("template[data-upload-waiting]").content.textContent.trim();
      },
    });
    return attach(place, bar, file, upload);
  } catch (failure) {
    bar.parentElement?.replaceChildren();
    return refuse(place, file.name, failure instanceof Refused ? inWords(place, failure.message) : null);
  }
};

const inWords = (place, text) => {
  if (!text) return null;
  const note = place.querySelector("template[data-upload-failed]").content.cloneNode(true).querySelector(".msg");
  note.querySelector(":scope > div").textContent = text;
  return note;
};

// Resolves to why it was refused, or null. A file that has come in pieces is named instead of sent.
const attach = (place, bar, file, upload = "") =>
  new Promise((resolve) => {
    const data = new FormData();
    const { uploadPath, use, held } = place.dataset;
    for (const [name, value] of Object.entries({ path: uploadPath, use, seen: held, kind: "file", inline: "1" }))
      data.append(name, value);
    data.append("edit_id", newId());
    if (upload) data.append("upload", upload);
    else data.append("file", file, file.name);
    const xhr = new XMLHttpRequest();
    xhr.open("POST", place.dataset.upload);
    xhr.setRequestHeader("HX-Request", "true");
    xhr.setRequestHeader("X-CSRFToken", token());
    xhr.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? (100 * loaded) / total : 0;
      if (loaded === total) bar.removeAttribute("value");
    });
    xhr.addEventListener("loadend", () => {
      bar.parentElement?.replaceChildren();
      const isFragment = xhr.status === 200 && !/<html/i.test(xhr.responseText);
      if (isFragment) window.htmx.swap(document.body, xhr.responseText, { swapStyle: "none" });
      resolve(isFragment ? null : refuse(place, file.name, xhr.status === 422 ? messageIn(xhr.responseText) : null));
    });
    xhr.send(data);
  });

const again = (place) =>
  document.querySelector(`[data-upload-path="${CSS.escape(place.dataset.uploadPath)}"][data-use="${place.dataset.use}"]`);

const sendAll = async (place, files) => {
  if (place.hasAttribute("aria-busy")) return;
  place.querySelector("[data-upload-state]").replaceChildren();
  place.setAttribute("aria-busy", "true");
  const wanted = "several" in place.dataset ? [...files] : [...files].slice(0, 1);
  const refusals = [];
  for (const file of wanted) refusals.push(await send(again(place) ?? place, file));
  const after = again(place) ?? place;
  after.removeAttribute("aria-busy");
  after.querySelector("[data-upload-state]").append(...refusals.filter(Boolean));
  after.querySelector("[data-pick]")?.focus({ preventScroll: true });
};

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-pick]");
  const place = button && placeOf(button);
  if (!place) return;
  event.preventDefault();
  const picker = document.createElement("input");
  picker.type = "file";
  picker.accept = place.dataset.accept;
  picker.multiple = "several" in place.dataset;
  picker.addEventListener("change", () => picker.files.length && sendAll(again(place) ?? place, picker.files));
  picker.click();
});

const isFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

// A file that misses its place must not open in this window and take the page away.
document.addEventListener("dragover", (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  const place = placeOf(event.target);
  event.dataTransfer.dropEffect = place ? "copy" : "none";
  for (const other of document.querySelectorAll(".drop--over")) other.classList.toggle("drop--over", other === place);
  place?.classList.add("drop--over");
});

document.addEventListener("dragleave", (event) => placeOf(event.target)?.classList.remove("drop--over"));

document.addEventListener("drop", (event) => {
  if (!isFiles(event)) return;
  event.preventDefault();
  const place = placeOf(event.target);
  place?.classList.remove("drop--over");
  if (place && event.dataTransfer.files.length) sendAll(place, event.dataTransfer.files);
});

// A dialog that cites something goes away with its answer; focus returns to the button that had opened it.
let opener = "";
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-upload] button[hx-get]");
  if (button) opener = button.id;
});
document.addEventListener("htmx:afterSettle", () => {
  const { activeElement } = document;
  if (!opener || document.querySelector("dialog[open]")) return;
  if (activeElement === document.body || activeElement?.id === "dialogs") document.getElementById(opener)?.focus();
});
