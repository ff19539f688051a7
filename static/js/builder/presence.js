// Who else is here, and at which element: told by a heartbeat, which also tells of oneself.

import { draft, refresh } from "./draft.js";

const page = document.querySelector("[data-draft]");
const BEAT = 15_000;
const place = () => document.getElementById("builder-here");

// The avatars stand in the bar; a copy goes to the element that each person is at.
export const showPeople = () => {
  for (const copy of document.querySelectorAll(".is-here")) copy.remove();
  for (const person of place().querySelectorAll("[data-at]")) {
    const uid = person.dataset.at;
    const row = uid && document.querySelector(`#r-${CSS.escape(uid)} > .tree__flags`);
    const frame = uid && document.getElementById(uid === draft.section ? "e-head" : `e-${uid}`);
    const props = uid && uid === document.getElementById("props")?.dataset.node && document.getElementById("props-here");
    for (const target of [row, frame, props]) {
      if (!target) continue;
      const copy = (target === row ? person.querySelector(".avatar") : person.querySelector(".presence")).cloneNode(true);
      copy.classList.add("is-here");
      target.append(copy);
    }
  }
};

let timer = 0;
const beat = async () => {
  clearTimeout(timer);
  timer = setTimeout(beat, BEAT);
  if (document.visibilityState !== "visible") return;
  try {
    const headers = { "X-CSRFToken": decodeURIComponent(document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "") };
    const body = new URLSearchParams({ at: draft.selected });
    const answer = await fetch(page.dataset.hereUrl, { method: "POST", headers, body });
    if (!answer.ok || answer.redirected) return;
    place().innerHTML = await answer.text();
    showPeople();
    // Whoever has no live line, or missed a message before it stood, is a heartbeat behind at most.
    if (Number(answer.headers.get("X-Revision")) > draft.revision) refresh();
  } catch (failure) {
    if (!(failure instanceof TypeError)) throw failure;
  }
};

document.addEventListener("visibilitychange", beat);
document.addEventListener("draft:drawn", showPeople);
beat();
