// The queue of edits that no server has answered yet. It outlives the page in localStorage; a page takes over what an
// earlier page of the same form left behind. Edits keep their id, so that sending one twice does nothing twice.

// crypto.randomUUID is missing where a page comes over plain HTTP from another machine.
export const newId = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

export const sameCell = (one, other) => one.path === other.path && one.field === other.field;

// What an edit changes: itself, or the cells of a block {edit_id, channel, parts: [{path, field, many, value, seen}]}.
export const partsOf = (edit) => edit.parts ?? [edit];

export class Edits {
  constructor(prefix) {
    this.key = `${prefix}${newId()}`;
    this.list = [];
    this.kept = true;
    try {
      for (const key of Object.keys(localStorage).filter((name) => name.startsWith(prefix))) {
        this.list.push(...JSON.parse(localStorage.getItem(key)).map((edit) => ({ ...edit, at: 0 })));
        localStorage.removeItem(key);
      }
    } catch {
      this.kept = false;
    }
    this.keep();
  }

  get size() {
    return this.list.length;
  }

  get first() {
    return this.list[0];
  }

  // Every change of the cell that waits, the oldest first.
  of(edit) {
    return this.list.flatMap(partsOf).filter((other) => sameCell(other, edit));
  }

  get cells() {
    return new Set(this.list.flatMap(partsOf).map(({ field, path }) => `${field} ${path}`)).size;
  }

  // An edit of a cell that already waits takes its place, unless that one may have reached the server. The signature
  // covers all fields of a path: behind another edit of the path it is known only once that one is answered (null).
  add({ path, field, many, value, seen, at }) {
    const last = this.list.filter((edit) => partsOf(edit).some((part) => sameCell(part, { path, field }))).slice(-1)[0];
    const pending = last && partsOf(last).filter((part) => sameCell(part, { path, field })).slice(-1)[0];
    const behind = this.waits(path);
    if (pending && !last.tried) Object.assign(pending, { value, at });
    else this.list.push({ edit_id: newId(), path, field, many, value, seen: behind ? null : seen, at, tried: false });
    this.keep();
  }

  // Many cells that are saved as one change, under one id.
  addBlock({ channel, parts, token, at }) {
    const known = parts.map((part) => ({ ...part, seen: this.waits(part.path) ? null : part.seen }));
    this.list.push({ edit_id: newId(), channel, token, parts: known, at, tried: false });
    this.keep();
  }

  waits(path) {
    return this.list.flatMap(partsOf).some((other) => other.path === path);
  }

  // Another page's kind of edit, which never takes the place of an earlier one.
  push(edit) {
    this.list.push(edit);
    this.keep();
  }

  // What waits behind an edit of the path was typed over what that one left, not over what a colleague wrote since.
  follow(edit, left) {
    const next = left && this.list.flatMap(partsOf).find((other) => other.path === edit.path && other.seen === null);
    if (!next) return;
    next.seen = left;
    this.keep();
  }

  remove(edit) {
    this.list.splice(this.list.indexOf(edit), 1);
    this.keep();
  }

  removeCell(edit) {
    for (const block of this.list.filter((other) => other.parts))
      block.parts = block.parts.filter((part) => !sameCell(part, edit));
    this.list = this.list.filter((other) => (other.parts ? other.parts.length : !sameCell(other, edit)));
    this.keep();
  }

  // `kept` says whether the browser can hold the queue beyond this page.
  keep() {
    try {
      if (this.list.length) localStorage.setItem(this.key, JSON.stringify(this.list));
      else localStorage.removeItem(this.key);
      this.kept = true;
    } catch {
      this.kept = false;
    }
  }
}
