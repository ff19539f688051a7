// Sends a file in pieces, so that a broken line costs one piece and not the whole. What the server has, it says; a file
// that is chosen again, after a reload too, goes on from there. Resolves to the id under which the whole lies there.
// Contract with surveys.responses.views.uploading:
//   POST address {name, size}           201 {id, address, offset}, or a refusal {message}
//   PATCH piece address, Upload-Offset  204 with the new Upload-Offset; 409 and 413 with the one that is expected
//   HEAD piece address                  204 with Upload-Offset; 404: it lies too far back

const PIECE = 256 * 1024;
const PATIENCE = 10 * 60_000;
const LONGEST_WAIT = 15_000;

export class Refused extends Error {}

const token = () => decodeURIComponent(document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "");

const ask = (address, options) =>
  fetch(address, { ...options, redirect: "error", headers: { "X-CSRFToken": token(), ...options.headers } });

const offsetOf = (answer) => {
  const said = answer.headers.get("Upload-Offset");
  return said === null ? null : Number(said);
};

// Which upload a file on this machine belongs to; a browser that keeps nothing only cannot go on after a reload.
const memory = {
  key: (address, file) => `ks:upload:${document.body.dataset.user ?? ""}:${address}:${file.name}:${file.size}:${file.lastModified}`,
  read(key) {
    try {
      return localStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  },
  write(key, value) {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch {
      return;
    }
  },
};

const wait = (milliseconds) =>
  new Promise((resolve) => {
    const over = new AbortController();
    const done = () => {
      over.abort();
      resolve();
    };
    window.addEventListener("online", done, { signal: over.signal });
    setTimeout(done, milliseconds);
  });

const refusal = async (answer) => {
  const said = await answer.json().catch(() => ({}));
  return new Refused(said.message ?? "");
};

const begin = async (address, file) => {
  const body = new URLSearchParams({ name: file.name, size: String(file.size) });
  const answer = await ask(address, { method: "POST", body });
  if (answer.status !== 201) throw await refusal(answer);
  return { ...(await answer.json()), offset: 0 };
};

const earlier = async (known) => {
  if (!known) return null;
  const answer = await ask(known, { method: "HEAD" });
  const offset = answer.ok ? offsetOf(answer) : null;
  return offset === null ? null : { id: known.split("/").filter(Boolean).pop(), address: known, offset };
};

const sendPiece = async (upload, file) => {
  const piece = file.slice(upload.offset, upload.offset + PIECE);
  const headers = { "Upload-Offset": String(upload.offset), "Content-Type": "application/octet-stream" };
  const answer = await ask(upload.address, { method: "PATCH", headers, body: piece });
  if (answer.status >= 500 || answer.status === 429) throw new TypeError("try again");
  const offset = offsetOf(answer);
  if (offset === null) throw await refusal(answer);
  upload.offset = offset;
};

export const sendInPieces = async (address, file, { progress, waiting }) => {
  const key = memory.key(address, file);
  let upload = null;
  let lastGood = performance.now();
  let failures = 0;
  while (!upload || upload.offset < file.size) {
    try {
      upload ??= (await earlier(memory.read(key))) ?? (await begin(address, file));
      memory.write(key, upload.address);
      progress(upload.offset);
      if (upload.offset < file.size) await sendPiece(upload, file);
      progress(upload.offset);
      lastGood = performance.now();
      failures = 0;
    } catch (failure) {
      // fetch says so of a broken line; anything else will not be better later.
      if (!(failure instanceof TypeError) || performance.now() - lastGood > PATIENCE) {
        memory.write(key, "");
        throw failure;
      }
      failures += 1;
      waiting();
      await wait(Math.min(LONGEST_WAIT, 500 * 2 ** failures));
    }
  }
  memory.write(key, "");
  return upload.id;
};
