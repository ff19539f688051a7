// Keeps a page up to date: one WebSocket for each [data-live-topic] of the page ("round:12").
// A message says what changed; the page fetches its own fragments: hx-trigger="live from:body", or
// hx-trigger="live:job:3 from:body" for one topic only. At most two events a second are let through.
// A topic marked data-live-apart (the bell's) fires its own event only, and says nothing of the page's state.
// Where no socket stands, the page asks anew every 20 seconds, as if everything had changed; every so many as
// data-live-ask of the topic's place says, while it says so.
// [data-live-state] shows how it stands (children [data-state=live|connecting|polling|off]). Pages work without.

const PAUSE = 500;
const LATE = 1000;
const begun = performance.now();
const LONGEST = 60_000;
const ASK = 20;
const TICK = 1000;
const places = [...document.querySelectorAll("[data-live-topic]")];
const topics = new Set(places.map((place) => place.dataset.liveTopic));
const ofThePage = new Set(places.filter((place) => !("liveApart" in place.dataset)).map((place) => place.dataset.liveTopic));

const show = (state) => {
  for (const place of document.querySelectorAll("[data-live-state]")) {
    for (const words of place.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== state;
    place.dataset.liveState = state;
  }
};

const clock = () => {
  const now = new Date();
  const time = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
  for (const place of document.querySelectorAll("[data-live-time]")) place.textContent = `, ${time}`;
};

const announce = (detail) => {
  if (ofThePage.has(detail.topic)) {
    clock();
    document.body.dispatchEvent(new CustomEvent("live", { detail }));
  }
  document.body.dispatchEvent(new CustomEvent(`live:${detail.topic}`, { detail }));
};

// No paths means "everything may have changed", and stays so when messages are put together.
const together = (earlier, message) => {
  const both = [earlier?.paths ?? message.paths, message.paths];
  const everything = both.some((paths) => !paths?.length);
  return { ...message, paths: everything ? [] : [...new Set(both.flat())] };
};

// The first message goes out at once; those of the next half second go out together.
const throttled = (send) => {
  let waiting = null;
  let timer = 0;
  const release = () => {
    timer = waiting ? setTimeout(release, PAUSE) : 0;
    if (waiting) send(waiting);
    waiting = null;
  };
  return (message) => {
    waiting = together(waiting, message);
    if (!timer) release();
  };
};

const follow = (topic) => {
  const pass = throttled(announce);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const tell = (state) => ofThePage.has(topic) && show(state);
  let failures = 0;
  let missed = false;
  let refused = false;
  let timer = 0;
  let socket = null;

  const connect = () => {
    clearTimeout(timer);
    socket = new WebSocket(`${scheme}://${location.host}/ws/live/?topic=${encodeURIComponent(topic)}`);
    socket.addEventListener("open", () => {
      failures = 0;
      tell("live");
      if (ofThePage.has(topic)) clock();
      // What happened before the socket was open went by unheard: on a slow line that may be something.
      if (missed || performance.now() - begun > LATE) pass({ topic, paths: [] });
      missed = false;
    });
    socket.addEventListener("message", (event) => pass({ topic, ...JSON.parse(event.data) }));
    socket.addEventListener("close", (event) => {
      missed = true;
      // 4xxx: the server refused the topic; asking again changes nothing.
      refused = event.code >= 4000 && event.code < 5000;
      if (refused) return tell("off");
      failures += 1;
      tell(failures > 3 ? "polling" : "connecting");
      const wait = Math.min(LONGEST, 1000 * 2 ** (failures - 1));
      timer = setTimeout(connect, wait / 2 + (Math.random() * wait) / 2);
    });
  };

  const again = () => {
    if (document.visibilityState === "visible" && socket?.readyState === WebSocket.CLOSED && !refused) connect();
  };
  // Also where a firewall lets the handshake hang: whatever is not open tells nothing.
  const ask = () => {
    if (document.visibilityState !== "visible" || refused || socket?.readyState === WebSocket.OPEN) return;
    tell("polling");
    pass({ topic, paths: [] });
  };
  const pace = () => 1000 * (document.querySelector(`[data-live-topic="${topic}"][data-live-ask]`)?.dataset.liveAsk || ASK);
  let asked = performance.now();
  const tick = () => {
    if (performance.now() - asked < pace()) return;
    asked = performance.now();
    ask();
  };
  if ("WebSocket" in window) connect();
  setInterval(tick, TICK);
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", again);
  window.addEventListener("pagehide", () => clearTimeout(timer));
};

if (ofThePage.size) show("connecting");
for (const topic of topics) follow(topic);
