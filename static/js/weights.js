// Other weights for the pillars of an index: sliders that always come to 100 % together, and a ranking that follows.
// The same arithmetic, in the same order, as analytics/indices/ranking/weighing.py: a browser test holds one to the other.
const data = JSON.parse(document.getElementById("weights-data").textContent);
const english = document.documentElement.lang === "en";
const worded = (value, digits) =>
  value
    .toLocaleString(english ? "en-GB" : "vi-VN", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace("-", "−");
const signed = (value) => (value > 0 ? `+${worded(value, 0)}` : worded(value, 0));

const sum = (held, of) => held.reduce((total, each) => total + of(each), 0);
const weighed = (held) => sum(held, ([weight, child]) => weight * child);
const above = (held) => held.every(([, child]) => child > 0);

// Each takes [weight, child] of the children that a unit has, weights above 0, and the weights' total.
const means = {
  arithmetic: (held, total) => weighed(held) / total,
  geometric: (held, total) =>
    above(held) ? Math.exp(weighed(held.map(([weight, child]) => [weight, Math.log(child)])) / total) : null,
  harmonic: (held, total) => (above(held) ? total / weighed(held.map(([weight, child]) => [weight, 1 / child])) : null),
  power(held, total, power) {
    if (power === 1) return weighed(held) / total;
    if (held.some(([, child]) => child < 0 || (child === 0 && power < 0))) return null;
    return (weighed(held.map(([weight, child]) => [weight, child ** power])) / total) ** (1 / power);
  },
  sum: (held) => weighed(held),
};

function score(unit, weights) {
  if (unit.isShort) return null;
  const held = weights
    .map((weight, n) => [weight, unit.children[n]])
    .filter(([weight, child]) => child !== null && weight > 0);
  const total = sum(held, ([weight]) => weight);
  return total > 0 ? means[data.method](held, total, data.power) : null;
}

// Twelve significant digits, so that two figures that print the same share a rank.
const rounded = (value) => Number(value.toPrecision(12));

function ranking(weights) {
  const found = data.units.map((unit) => ({ unit, score: score(unit, weights), rank: null, label: "" }));
  const blocks = new Map();
  for (const each of found) {
    if (!each.unit.isRanked || each.score === null) continue;
    const { block } = each.unit;
    blocks.set(block, [...(blocks.get(block) ?? []), each]);
  }
  for (const held of blocks.values()) {
    const scores = held.map((each) => rounded(each.score)).sort((a, b) => b - a);
    for (const each of held) {
      const own = rounded(each.score);
      each.rank = scores.indexOf(own) + 1;
      each.label = `${scores.filter((other) => other === own).length > 1 ? "=" : ""}${each.rank}`;
    }
  }
  return found;
}

const root = document.querySelector("[data-weights]");
const form = root.querySelector("[data-weights-form]");
const told = root.querySelector("[data-weights-told]");
const body = root.querySelector("tbody");
const numbers = [...form.querySelectorAll("input[type=number]")];
const ranges = [...form.querySelectorAll("input[type=range]")];
const rows = new Map([...body.rows].map((row) => [row.dataset.key, row]));
let shares = [...data.shares];

// Tenths of a percent that come to 1000 together: those that lost most by rounding get what is left.
function tenths(values) {
  const exact = values.map((share) => share * 1000);
  const found = exact.map(Math.floor);
  const order = exact.map((value, n) => [value - found[n], n]).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  const left = Math.round(1000 - sum(found, (value) => value));
  for (const [, n] of order.slice(0, left)) found[n] += 1;
  return found;
}

// One weight is set; the others share what is left in their proportion, or evenly where they had nothing.
function moved(place, percent) {
  const own = Math.min(100, Math.max(0, percent)) / 100;
  const others = shares.map((share, n) => (n === place ? 0 : share));
  const rest = sum(others, (share) => share);
  return others.map((share, n) =>
    n === place ? own : ((1 - own) * (rest > 0 ? share / rest : 1 / (others.length - 1))),
  );
}

function show(typing) {
  const shown = tenths(shares);
  shown.forEach((value, n) => {
    const text = (value / 10).toFixed(1);
    if (numbers[n] !== typing) numbers[n].value = text;
    if (ranges[n] !== typing) ranges[n].value = text;
    ranges[n].setAttribute("aria-valuetext", `${worded(value / 10, 1)} %`);
  });
  const found = ranking(shares.map((share) => share * data.total));
  for (const each of found) write(each);
  const ordered = [...found].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
  body.append(...ordered.map(({ unit }) => rows.get(unit.key)).filter(Boolean));
  tell(found);
}

const places = ({ unit, rank }) => (unit.rank === null || rank === null ? null : unit.rank - rank);

function write(each) {
  const row = rows.get(each.unit.key);
  if (!row) return;
  const gained = places(each);
  const texts = {
    label: each.label || "–",
    score: each.score === null ? "–" : worded(each.score, data.digits),
    moved: gained === null ? "" : gained ? signed(gained) : "=",
  };
  for (const [name, text] of Object.entries(texts)) {
    const cell = row.querySelector(`[data-trial=${name}]`);
    if (cell.textContent !== text) cell.textContent = text;
  }
}

let telling;
function tell(found) {
  const moves = found.filter((each) => places(each));
  const farthest = moves.reduce((most, each) => (Math.abs(places(each)) > Math.abs(places(most)) ? each : most), moves[0]);
  const text = farthest
    ? told.dataset.moved
        .replace("{n}", worded(moves.length, 0))
        .replace("{name}", farthest.unit.name)
        .replace("{places}", signed(places(farthest)))
    : told.dataset.none;
  // Told when the slider rests: a reader of the screen is not spoken to at every step.
  clearTimeout(telling);
  telling = setTimeout(() => {
    if (told.textContent !== text) told.textContent = text;
  }, 150);
}

function take(place, input) {
  const percent = Number(input.value);
  if (input.value === "" || !Number.isFinite(percent)) return;
  shares = moved(place, percent);
  show(input);
}

for (const range of ranges) range.hidden = false;
numbers.forEach((input, place) => {
  input.addEventListener("input", () => take(place, input));
  input.addEventListener("change", () => show());
});
ranges.forEach((input, place) => input.addEventListener("input", () => take(place, input)));
root.querySelector("[data-weights-reset]").addEventListener("click", (event) => {
  event.preventDefault();
  shares = [...data.published];
  show();
});
