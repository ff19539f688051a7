// Charts read the HTML table that stands behind them: one source for the picture, the reader and the screen reader.
// <figure class="chart" data-chart="line" data-table="id"> … <div class="chart__plot"></div> … </figure>
// A cell may carry the plain number in data-v. Words come from data-words-* of the figure, formats from <html lang>.
const css = getComputedStyle(document.documentElement);
const token = (name) => css.getPropertyValue(`--ks-${name}`).trim();
const palette = ["d1", "d2", "d3", "d4", "d5", "d6"].map(token);
const ink = token("ink"),
  soft = token("ink-2"),
  line = token("line"),
  font = token("font");
const sequence = [0, 1, 2, 3, 4, 5].map((n) => token(`seq-${n}`));

const english = document.documentElement.lang === "en";
const locale = english ? "en-GB" : "vi-VN";

// As people write it: 1.234,5 in Vietnamese, 1,234.5 in English; − or - before it.
const number = (text) => {
  const plain = english ? text.replace(/,/g, "") : text.replace(/\./g, "").replace(",", ".");
  const found = plain.replace("−", "-").match(/-?\d+(\.\d+)?/);
  return found ? Number(found[0]) : null;
};
const worded = (value, digits = 1) =>
  value
    .toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
    .replace("-", "−");
const percent = (value, digits = 1) => (english ? `${worded(value, digits)}%` : `${worded(value, digits)} %`);

// The first cell of a row is its label; the others are numbers (null: nothing there).
function read(figure) {
  const table = document.getElementById(figure.dataset.table);
  const value = ({ dataset, textContent }) => {
    if (dataset.v === undefined) return number(textContent);
    return dataset.v === "" ? null : Number(dataset.v);
  };
  // Which columns are drawn; the labels are column 0.
  const drawn = figure.dataset.columns?.split(",").map(Number);
  const chosen = (cells) => (drawn ? drawn.map((n) => cells[n]) : [...cells].slice(1));
  return {
    heads: [table.tHead.rows[0].cells[0], ...chosen(table.tHead.rows[0].cells)].map((cell) => cell.textContent.trim()),
    rows: [...table.tBodies[0].rows].map((row) => {
      const label = row.cells[0],
        cells = chosen(row.cells);
      const name = (label.dataset.label ?? label.textContent).trim();
      const short = label.dataset.short ?? name;
      return { name, short, code: row.dataset.code, values: cells.map(value), last: cells.slice(-1)[0]?.textContent.trim() };
    }),
  };
}

const base = {
  animation: false,
  color: palette,
  textStyle: { fontFamily: font, fontSize: 13, color: soft },
  tooltip: {
    renderMode: "richText",
    backgroundColor: "#17212f",
    borderWidth: 0,
    padding: [6, 10],
    textStyle: { color: "#fff", fontFamily: font, fontSize: 13 },
  },
};
const axis = {
  axisLine: { lineStyle: { color: token("line-2") } },
  axisTick: { show: false },
  axisLabel: { color: soft, fontSize: 13 },
  splitLine: { lineStyle: { color: line } },
};

// A legend breaks into lines on a phone; the plot starts below it.
const legendRows = (names, width) => Math.ceil(names.reduce((sum, name) => sum + 52 + name.length * 8, 0) / width);
const bars = (names, width, right) => ({
  grid: { left: 8, right, top: 12 + 24 * legendRows(names, width), bottom: 8, containLabel: true },
  legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 16, textStyle: { color: soft, fontSize: 13 } },
});
// On a phone a name takes what it needs, up to a width at which it breaks.
const inLines = (name, most) =>
  name
    .split(" ")
    .reduce((lines, word) => {
      const last = lines[lines.length - 1];
      return last && `${last} ${word}`.length <= most ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
    }, [])
    .join("\n");
const narrow = (rows) => Math.min(120, 9 * Math.max(...rows.map((r) => r.short.length)));
const categories = (rows, width) => ({
  type: "category",
  data: rows.map((r) => (width < 480 ? r.short : r.name)),
  ...axis,
  axisLine: { show: false },
  axisLabel: { color: ink, fontSize: 13, ...(width < 480 && { width: narrow(rows), overflow: "break", lineHeight: 16 }) },
});

const kinds = {
  // The column counts cells from 0, the label being the first.
  map({ rows }, figure) {
    const column = Number(figure.dataset.value) - 1,
      words = figure.dataset.classes.split("|");
    const shades = (figure.dataset.shades || "0|1|2|4|5").split("|").map((n) => sequence[n]);
    const names = new Map(window.VN34.features.map(({ properties }) => [properties.code, properties.name]));
    window.echarts.registerMap("vn34", window.VN34);
    return {
      tooltip: { ...base.tooltip, formatter: (p) => `${p.data?.title ?? p.name}: ${words[p.value] ?? figure.dataset.wordsNone}` },
      visualMap: {
        show: false,
        type: "piecewise",
        pieces: words.map((label, n) => ({ value: n, label, color: shades[n] })),
      },
      series: [
        {
          type: "map",
          map: "vn34",
          nameProperty: "name",
          left: 0,
          top: 4,
          bottom: 4,
          selectedMode: "single",
          select: {
            label: { show: false },
            itemStyle: { borderColor: token("star"), borderWidth: 2 },
          },
          emphasis: { label: { show: false }, itemStyle: { borderColor: ink, borderWidth: 1.5 } },
          itemStyle: { borderColor: "#8d9bb0", borderWidth: 0.6, areaColor: "#fff" },
          label: { show: false },
          data: rows
            .filter((r) => r.values[column] != null)
            .map((r) => {
              const keep = { itemStyle: { areaColor: shades[r.values[column]] } };
              return { name: names.get(r.code) ?? r.name, title: r.name, value: r.values[column], emphasis: keep, select: keep };
            }),
        },
      ],
    };
  },
  line({ heads, rows }, figure) {
    const names = heads.slice(1),
      mark = figure.dataset.mark;
    return {
      grid: { left: 44, right: 84, top: 16, bottom: 28 },
      tooltip: {
        ...base.tooltip,
        trigger: "axis",
        valueFormatter: (v) => (v == null ? figure.dataset.wordsNone : percent(v)),
      },
      xAxis: {
        type: "category",
        data: rows.map((r) => r.name),
        boundaryGap: false,
        ...axis,
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: {
        type: "value",
        min: 0,
        max: Number(figure.dataset.max || 100),
        ...axis,
        axisLine: { show: false },
        axisLabel: { ...axis.axisLabel, formatter: (v) => percent(v, 0) },
      },
      series: names.map((name, n) => ({
        name,
        type: "line",
        symbol: "none",
        connectNulls: false,
        z: 5 - n,
        data: rows.map((r) => r.values[n]),
        lineStyle: { width: n ? 1.75 : 3, type: n ? [5, 4] : "solid", color: n ? palette[5] : palette[0] },
        endLabel: {
          show: true,
          formatter: name,
          color: n ? soft : palette[0],
          fontWeight: n ? 400 : 600,
          fontSize: 13,
          distance: 6,
        },
        markLine:
          n || !mark
            ? undefined
            : {
                symbol: "none",
                silent: true,
                lineStyle: { color: token("bad"), width: 1, type: "solid" },
                label: {
                  formatter: figure.dataset.wordsMark,
                  color: token("bad"),
                  position: "insideEndTop",
                  fontSize: 13,
                },
                data: [{ xAxis: mark }],
              },
      })),
    };
  },
  contribution({ heads, rows }, figure, width) {
    const names = heads.slice(1, -1),
      order = [...rows].reverse(),
      dark = new Set([0, 2, 4]),
      most = Number(figure.dataset.max || 100),
      // 12.5 of 100, 64 of 320, 0.098 of 1.
      digits = Math.max(0, 3 - Math.ceil(Math.log10(most)));
    return {
      ...bars(names, width, 44),
      xAxis: {
        type: "value",
        max: most,
        ...axis,
        axisLabel: { show: false },
        splitLine: { show: false },
        axisLine: { show: false },
      },
      yAxis: categories(order, width),
      series: names
        .map((name, n) => ({
          name,
          type: "bar",
          stack: "all",
          barWidth: "68%",
          itemStyle: { borderColor: "#fff", borderWidth: 1 },
          label: {
            show: width >= 640,
            color: dark.has(n) ? "#fff" : ink,
            fontSize: 13,
            formatter: (p) => (p.value >= most / 20 ? worded(p.value, digits) : ""),
          },
          data: order.map((r) => r.values[n]),
        }))
        .concat({
          type: "bar",
          stack: "all",
          silent: true,
          data: order.map(() => 0),
          label: {
            show: true,
            position: "right",
            color: ink,
            fontWeight: 600,
            fontSize: 13,
            formatter: (p) => order[p.dataIndex].last,
          },
        }),
    };
  },
  radar({ heads, rows }, figure, width) {
    const names = heads.slice(1);
    const looks = [
      { color: palette[0], width: 2.5, type: "solid", area: 0.14 },
      { color: palette[1], width: 2, type: [6, 4], area: 0 },
      { color: palette[5], width: 1.25, type: [2, 3], area: 0 },
    ];
    return {
      legend: { bottom: 0, textStyle: { color: soft, fontSize: 13 }, itemWidth: 24 },
      radar: {
        indicator: rows.map((r) => ({ name: r.name, max: Number(figure.dataset.max) || 100 })),
        radius: width < 480 ? "40%" : "70%",
        center: ["50%", width < 480 ? "43%" : "46%"],
        splitNumber: 4,
        axisName: {
          color: ink,
          fontSize: width < 480 ? 12 : 13,
          lineHeight: 18,
          formatter: (name) => inLines(name, width < 480 ? 12 : 18),
        },
        splitArea: { show: false },
        splitLine: { lineStyle: { color: line } },
        axisLine: { lineStyle: { color: line } },
      },
      series: [
        {
          type: "radar",
          symbolSize: 5,
          data: names.map((name, n) => ({
            name,
            value: rows.map((r) => r.values[n]),
            itemStyle: { color: looks[n].color },
            lineStyle: { color: looks[n].color, width: looks[n].width, type: looks[n].type },
            areaStyle: looks[n].area ? { opacity: looks[n].area } : undefined,
            symbol: ["circle", "diamond", "none"][n],
          })),
        },
      ],
    };
  },
  share({ heads, rows }, figure, width) {
    const names = heads.slice(1).filter((h) => h !== "n"),
      order = [...rows].reverse(),
      dark = new Set([0, 2, 4]);
    return {
      ...bars(names, width, 20),
      xAxis: {
        type: "value",
        max: 100,
        ...axis,
        axisLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (v) => percent(v, 0) },
      },
      yAxis: categories(order, width),
      series: names.map((name, n) => ({
        name,
        type: "bar",
        stack: "all",
        barWidth: "64%",
        itemStyle: { borderColor: "#fff", borderWidth: 1 },
        label: {
          show: true,
          color: dark.has(n) ? "#fff" : ink,
          fontSize: 13,
          formatter: (p) => (p.value >= (width < 480 ? 25 : 6) ? percent(p.value, 0) : ""),
        },
        data: order.map((r) => r.values[n]),
      })),
    };
  },
  // One bar a row and column, with the figure behind it; the first column is this round, the others stand back.
  bars({ heads, rows }, figure, width) {
    const names = heads.slice(1),
      order = [...rows].reverse(),
      many = names.length > 1,
      unit = figure.dataset.unit ?? "";
    const text = (value) => (value == null ? "" : unit === "%" ? percent(value) : `${worded(value, Number.isInteger(value) ? 0 : 1)} ${unit}`.trim());
    return {
      ...bars(many ? names : [], width, 72),
      ...(many ? {} : { legend: { show: false } }),
      tooltip: { ...base.tooltip, trigger: "item", valueFormatter: (v) => text(v) || figure.dataset.wordsNone },
      xAxis: {
        type: "value",
        min: 0,
        max: figure.dataset.max ? Number(figure.dataset.max) : undefined,
        ...axis,
        axisLabel: { ...axis.axisLabel, show: unit === "%", hideOverlap: true, formatter: (v) => percent(v, 0) },
        axisLine: { show: false },
      },
      yAxis: categories(order, width),
      series: names.map((name, n) => ({
        name,
        type: "bar",
        barMaxWidth: 22,
        itemStyle: { color: n ? palette[5] : palette[0] },
        label: { show: true, position: "right", color: n ? soft : ink, fontSize: 13, formatter: (p) => text(p.value) },
        data: order.map((r) => r.values[n] ?? { value: 0, label: { formatter: figure.dataset.wordsNone } }),
      })),
    };
  },
};

Object.assign(kinds, {
  // One column a class, side by side: the names are the lower ends of the classes, or months.
  histogram({ heads, rows }, figure) {
    return {
      grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
      tooltip: { ...base.tooltip, trigger: "item", formatter: (p) => `${rows[p.dataIndex].name}: ${worded(p.value, 0)}` },
      xAxis: {
        type: "category",
        data: rows.map((r) => r.short),
        ...axis,
        splitLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true },
      },
      yAxis: { type: "value", minInterval: 1, ...axis, axisLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: (v) => worded(v, 0) } },
      series: [
        {
          name: heads[1],
          type: "bar",
          barCategoryGap: "4%",
          itemStyle: { color: palette[0] },
          label: { show: rows.length <= 16, position: "top", color: soft, fontSize: 13, formatter: (p) => (p.value ? worded(p.value, 0) : "") },
          data: rows.map((r) => r.values[0]),
        },
      ],
    };
  },
  // A scale from its least to its most favourable point: the middle of the scale stands on 0.
  diverging({ heads, rows }, figure, width) {
    const names = heads.slice(1),
      order = [...rows].reverse(),
      middle = (names.length - 1) / 2;
    const shades = divergent(names.length);
    const side = (n) => (n < middle ? -1 : 1);
    // A bar grows from 0 outwards: what is nearest to the middle is stacked first.
    const outwards = names.map((_, n) => n).sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
    const piece = (n, sign, part) => ({
      name: names[n],
      type: "bar",
      stack: "all",
      barWidth: "64%",
      itemStyle: { color: shades[n], borderColor: "#fff", borderWidth: 1 },
      label: {
        show: true,
        color: luminous(shades[n]) ? ink : "#fff",
        fontSize: 13,
        position: part < 1 ? (sign < 0 ? "insideRight" : "insideLeft") : "inside",
        formatter: (p) => {
          const whole = Math.abs(p.value) / part;
          return (part === 1 || sign > 0) && whole >= (width < 480 ? 20 : 8) ? worded(whole, 0) : "";
        },
      },
      data: order.map((r) => (r.values[n] == null ? null : sign * part * r.values[n])),
    });
    return {
      ...bars(names, width, 20),
      color: shades,
      tooltip: {
        ...base.tooltip,
        trigger: "item",
        formatter: (p) => {
          const value = order[p.dataIndex].values[names.indexOf(p.seriesName)];
          return `${p.name}\n${p.seriesName}: ${value == null ? figure.dataset.wordsNone : percent(value)}`;
        },
      },
      legend: { ...bars(names, width, 20).legend, data: names },
      xAxis: {
        type: "value",
        min: -100,
        max: 100,
        ...axis,
        axisLine: { show: false },
        axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (v) => percent(Math.abs(v), 0) },
      },
      yAxis: categories(order, width),
      series: outwards.flatMap((n) => (n === middle ? [piece(n, -1, 0.5), piece(n, 1, 0.5)] : [piece(n, side(n), 1)])),
    };
  },
});

// From where to where an axis goes: round ends around the values, and a little more.
function ends(values) {
  const low = Math.min(...values),
    high = Math.max(...values);
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, 1e-6)));
  return { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step };
}

Object.assign(kinds, {
  // Two columns against each other, one dot a row; the table's foot holds where the quadrants meet.
  scatter({ heads, rows }, figure, width) {
    const [, across, up] = heads,
      known = rows.filter((r) => r.values[0] != null && r.values[1] != null);
    const foot = document.getElementById(figure.dataset.table).tFoot?.rows[0];
    const middle = foot ? [1, 2].map((n) => number(foot.cells[n].textContent)) : [];
    const value = (name, n) => ({
      type: "value",
      name,
      nameLocation: "middle",
      nameGap: n ? 40 : 30,
      nameTextStyle: { color: ink, fontSize: 13 },
      ...ends(known.map((r) => r.values[n])),
      ...axis,
      axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (v) => worded(v, Math.abs(v) < 2 ? 1 : 0) },
    });
    const right = ends(known.map((r) => r.values[0]));
    const marked = (r) => r.name === figure.dataset.mark;
    return {
      grid: { left: 56, right: 24, top: 16, bottom: 48 },
      tooltip: {
        ...base.tooltip,
        trigger: "item",
        formatter: ({ data }) => `${data.name}\n${across}: ${worded(data.value[0])}\n${up}: ${worded(data.value[1])}`,
      },
      xAxis: value(across, 0),
      yAxis: value(up, 1),
      series: [
        {
          type: "scatter",
          symbolSize: 9,
          itemStyle: { color: palette[0], borderColor: "#fff", borderWidth: 1 },
          label: {
            show: true,
            position: "right",
            color: soft,
            fontSize: 13,
            formatter: ({ data }) => (width < 480 && !data.marked ? "" : data.short),
          },
          labelLayout: { hideOverlap: true },
          markLine: {
            symbol: "none",
            silent: true,
            label: { show: false },
            lineStyle: { color: token("line-2"), type: [4, 4], width: 1.5 },
            data: middle[0] == null ? [] : [{ xAxis: middle[0] }, { yAxis: middle[1] }],
          },
          data: known.map((r) => ({
            name: r.name,
            short: r.short,
            value: r.values.slice(0, 2),
            marked: marked(r),
            label: { position: r.values[0] > (right.min + right.max) / 2 ? "left" : "right" },
            ...(marked(r) && {
              symbolSize: 15,
              itemStyle: { color: palette[1] },
              label: { color: ink, fontWeight: 600, position: r.values[0] > (right.min + right.max) / 2 ? "left" : "right" },
            }),
          })),
        },
      ],
    };
  },
  // One line a row, one dot a column: who stands where, and how far apart.
  dots({ heads, rows }, figure, width) {
    const names = heads.slice(1),
      order = [...rows].reverse();
    const shapes = ["circle", "diamond", "rect", "triangle", "roundRect"];
    return {
      ...bars(names, width, 24),
      tooltip: { ...base.tooltip, trigger: "item", formatter: (p) => `${p.seriesName}, ${order[p.value[1]].name}: ${worded(p.value[0])}` },
      xAxis: { type: "value", min: 0, max: Number(figure.dataset.max || 100), ...axis, axisLabel: { ...axis.axisLabel, hideOverlap: true, formatter: (v) => worded(v, v % 1 ? 1 : 0) } },
      yAxis: { ...categories(order, width), splitLine: { show: true, lineStyle: { color: line } } },
      series: names.map((name, n) => ({
        name,
        type: "scatter",
        symbol: shapes[n],
        symbolSize: 13,
        itemStyle: { color: palette[n], borderColor: "#fff", borderWidth: 1 },
        data: order.flatMap((r, place) => (r.values[n] == null ? [] : [[r.values[n], place]])),
      })),
    };
  },
});

// From orange over grey to blue: apart for colour-blind eyes too; the outer points are the strongest.
function divergent(size) {
  const [bad, good] = [token("d2"), token("d1")],
    grey = token("line-2");
  const middle = (size - 1) / 2;
  return Array.from({ length: size }, (_, n) => {
    if (n === middle) return grey;
    const strength = Math.abs(n - middle) / middle;
    return mixed(grey, n < middle ? bad : good, 0.45 + 0.55 * strength);
  });
}
function mixed(from, to, part) {
  const parts = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  const [a, b] = [parts(from), parts(to)];
  return `#${a.map((x, n) => Math.round(x + (b[n] - x) * part).toString(16).padStart(2, "0")).join("")}`;
}
function luminous(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b > 140;
}

const charts = new WeakMap();

function mark(figure, name) {
  const { code } = window.VN34.features.find(({ properties }) => properties.name === name).properties;
  for (const row of document.querySelectorAll(`#${figure.dataset.table} tbody tr`)) {
    const hit = row.dataset.code ? row.dataset.code === code : row.cells[0].textContent.trim().startsWith(name);
    row.classList.toggle("is-on", hit);
    if (hit) row.parentElement.closest(".scroll-y")?.scrollTo({ top: row.offsetTop - 60 });
  }
  figure.dispatchEvent(new CustomEvent("ks:province", { bubbles: true, detail: { code, name } }));
}

function mount(figure) {
  const plot = figure.querySelector(".chart__plot");
  const statement = figure.querySelector("figcaption, .chart__statement")?.textContent.trim() ?? "";
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", `${figure.dataset.label ?? statement}. ${figure.dataset.wordsTable}`);
  if (!window.echarts || (figure.dataset.chart === "map" && !window.VN34)) {
    plot.textContent = figure.dataset.wordsFailed;
    return;
  }
  const chart = window.echarts.init(plot, null, { renderer: "svg" });
  const draw = () =>
    chart.setOption({ ...base, ...kinds[figure.dataset.chart](read(figure), figure, plot.clientWidth) }, true);
  let width = plot.clientWidth;
  draw();
  charts.set(plot, draw);
  const printing = window.matchMedia("print");
  new ResizeObserver(() => {
    // A printed page is laid out without waiting for a drawing: there the picture is only scaled.
    if (printing.matches) return;
    chart.resize();
    if (plot.clientWidth !== width) draw();
    width = plot.clientWidth;
  }).observe(plot);
  if (figure.dataset.chart === "map") chart.on("click", ({ name }) => mark(figure, name));
}

// Drawn at first and again whenever htmx brought new figures.
const drawAll = () => {
  for (const figure of document.querySelectorAll("[data-chart]")) {
    const draw = charts.get(figure.querySelector(".chart__plot"));
    if (draw) draw();
    else if (document.getElementById(figure.dataset.table)) mount(figure);
  }
};
drawAll();
document.addEventListener("htmx:afterSettle", drawAll);

// On paper a picture is scaled to the column as a whole (components.css).
const scale = (apply) => () => document.querySelectorAll(".chart__plot svg").forEach(apply);
const size = (svg) => svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
window.addEventListener("beforeprint", scale(size));
window.addEventListener("afterprint", scale((svg) => svg.removeAttribute("viewBox")));
