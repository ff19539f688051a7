// Ready checks of the table editor: the dialog that asks of what.

import { columnHeads, rowHeads } from "./sheet_places.js";

const dialog = document.getElementById("sheet-check");
const part = (name) => document.getElementById(`sheet-check-${name}`);
let done = null;

const named = () =>
  part("kind").value === "rows"
    ? rowHeads().map((line) => [line.dataset.row, line.querySelector(".visually-hidden").textContent])
    : columnHeads().map((head) => [head.dataset.col, head.querySelector(".visually-hidden").textContent]);

const checkbox = ([uid, words]) => {
  const label = document.createElement("label");
  label.className = "form-check";
  const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "form-check-input", value: uid });
  const said = Object.assign(document.createElement("span"), { className: "form-check-label", textContent: words });
  label.append(box, said);
  return label;
};

const fillIn = () => {
  const all = named();
  const of = part("of").value;
  part("of").replaceChildren(...all.map(([uid, words]) => new Option(words, uid, false, uid === of)));
  part("parts").replaceChildren(...all.filter(([uid]) => uid !== part("of").value).map(checkbox));
};

part("kind").addEventListener("change", fillIn);
part("of").addEventListener("change", fillIn);

dialog.addEventListener("close", () => {
  const parts = [...part("parts").querySelectorAll(":checked")].map((box) => box.value);
  if (dialog.returnValue === "add" && parts.length) done({ check: part("kind").value, rule: part("rule").value, of: part("of").value, parts });
});

export const openCheck = (run) => {
  done = run;
  dialog.returnValue = "";
  fillIn();
  dialog.showModal();
};
