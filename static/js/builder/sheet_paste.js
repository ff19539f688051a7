// A block from the clipboard: shown before it is pasted; one paste is one edit. Pasted over names, units and other lines of
// the heads it fills the fields to the right, also as one edit.

import { edit } from "./draft.js";
import { columnHeads, isRepeat, pane, rowHeads, sheet, tableUid } from "./sheet_places.js";

const dialog = document.getElementById("sheet-paste");
const part = (name) => document.getElementById(`sheet-paste-${name}`);
const WAIT = 200;
let at = { column: "", row: "", language: "" };
let runs = null;
let turn = 0;

const kinds = () => {
  const chosen = [];
  for (const control of dialog.querySelectorAll("[data-kind-of]")) chosen[Number(control.dataset.kindOf)] = control.value;
  return Array.from(chosen, (kind) => kind ?? "");
};

const given = () => ({
  table: tableUid(),
  part: part("part").value,
  at: { columns: at.column, rows: at.row }[part("part").value] ?? "",
  over: part("over").value === "over",
  text: part("text").value,
  language: at.language,
});

const preview = async () => {
  const now = (turn += 1);
  const headers = { "Content-Type": "application/json", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] };
  const answer = await fetch(pane.dataset.pasteUrl, { method: "POST", headers, body: JSON.stringify(given()) });
  if (now !== turn) return;
  const isPage = (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
  if (isPage) part("preview").innerHTML = await answer.text();
  else part("preview").textContent = ((told) => told.reason || told.message)(await answer.json());
};

let timer = 0;
dialog.addEventListener("input", (event) => {
  if (event.target.closest("[data-kind-of]")) return;
  clearTimeout(timer);
  timer = setTimeout(preview, event.target === part("text") ? WAIT : 0);
});

dialog.addEventListener("close", () => {
  if (dialog.returnValue === "paste" && part("text").value.trim()) runs("table_paste", { ...given(), kinds: kinds() });
});

const cells = (text) => text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));

// Lines of the heads below the labels: only fields that are sent as changes, all of them in one edit.
const fill = ({ column, line }, text) => {
  const all = [...sheet().querySelectorAll(".sheet__heads tr[data-line]")];
  const top = all.findIndex((each) => each.dataset.line === line);
  const operations = [];
  cells(text).forEach((texts, down) =>
    texts.forEach((value, right) => {
      const cell = all[top + down]?.querySelectorAll("td")[column + right];
      const control = cell?.querySelector("input[data-field]:not([type=checkbox])");
      if (!control || control.dataset.seen === value) return;
      operations.push({ op: "change", node: cell.dataset.node, field: control.dataset.field, old: control.dataset.seen, new: value });
    }),
  );
  if (operations.length) edit(operations);
};

export const openPaste = ({ text, place, run }) => {
  if (place.kind === "columns" && place.line && !place.line.startsWith("label.")) return fill(place, text);
  runs = run;
  at = {
    column: columnHeads()[place.column]?.dataset.col ?? "",
    row: rowHeads()[place.row]?.dataset.row ?? "",
    language: place.line?.slice("label.".length) ?? sheet().dataset.language,
  };
  part("part").value = isRepeat() ? "columns" : ({ columns: "columns", rows: "rows" }[place.kind] ?? "block");
  for (const option of part("part").options) option.disabled = isRepeat() && option.value !== "columns";
  part("over").value = "over";
  part("text").value = text;
  part("preview").replaceChildren();
  dialog.returnValue = "";
  dialog.showModal();
  if (!text) return void part("text").focus();
  preview();
  dialog.querySelector("button[value=paste]").focus();
};
