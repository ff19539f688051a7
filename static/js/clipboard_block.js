// A block of cells as spreadsheets put it on the clipboard: tabs between cells, line breaks between rows; a cell with a tab,
// a line break or a quotation mark in it stands in quotation marks, doubled inside.

export const rowsIn = (text) => {
  const rows = [[""]];
  const put = (letter) => {
    const [row] = rows.slice(-1);
    row[row.length - 1] += letter;
  };
  let quoted = false;
  let isStart = true;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter !== '"') put(letter);
      else if (text[at + 1] === '"') put(text[(at += 1)]);
      else quoted = false;
    } else if (letter === "\t") rows[rows.length - 1].push("");
    else if (letter === "\r" || letter === "\n") {
      if (letter === "\r" && text[at + 1] === "\n") at += 1;
      rows.push([""]);
    } else if (letter === '"' && isStart && closes(text, at)) quoted = true;
    else put(letter);
    isStart = !quoted && ["\t", "\r", "\n"].includes(letter);
  }
  // A spreadsheet ends the last row with a line break too.
  if (rows.length > 1 && rows[rows.length - 1].join("") === "") rows.pop();
  return rows.map((row) => row.map((cell) => cell.replace(/\s*[\r\n]+\s*/g, " ").trim()));
};

// A quotation mark that no other one closes before the cell ends is a letter of the text.
const closes = (text, from) => /^"(?:[^"]|"")*"(?=[\t\r\n]|$)/.test(text.slice(from));

// The rows, or null where the browser pastes by itself: one plain cell.
export const blockIn = (text) => {
  const rows = rowsIn(text);
  if (rows.length > 1 || rows[0].length > 1) return rows;
  return text.trim().startsWith('"') && text.trim() !== rows[0][0] ? rows : null;
};
