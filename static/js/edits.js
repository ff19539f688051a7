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

  of(edit) {
    return this.list.filter((other) => sameCell(other, edit));
  }

  // An edit of a cell that already waits takes its place, unless that one may have reached the server. The signature
  // covers all fields of a path: behind another edit of the path it is known only once that one is answered (null).
  add({ path, field, many, value, seen, at }) {
    const pending = this.of({ path, field }).slice(-1)[0];
    const behind = this.list.some((other) => other.path === path);
    if (pending && !pending.tried) Object.assign(pending, { value, at });
    else this.list.push({ edit_id: newId(), path, field, many, value, seen: behind ? null : seen, at, tried: false });
    this.keep();
  }

  // Another page's kind of edit, which never takes the place of an earlier one.
  push(edit) {
    this.list.push(edit);
    this.keep();
  }

  // What waits behind an edit of the path was typed over what that one left, not over what a colleague wrote since.
  follow(edit, left) {
    const next = left && this.list.find((other) => other.path === edit.path && other.seen === null);
    if (!next) return;
    next.seen = left;
    this.keep();
  }

  remove(edit) {
    this.list.splice(this.list.indexOf(edit), 1);
    this.keep();
  }

  removeCell(edit) {
    this.list = this.list.filter((other) => !sameCell(other, edit));
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
