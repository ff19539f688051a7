// Builds static/img/icons.svg: one sprite of the icons that scripts/icons.txt names, a line each.
import { readFileSync, writeFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const source = new URL("node_modules/bootstrap-icons/icons/", root);
const names = readFileSync(new URL("scripts/icons.txt", root), "utf8").split("\n").filter(Boolean);

const symbol = (name) => {
  const svg = readFileSync(new URL(`${name}.svg`, source), "utf8");
  const [, box, shapes] = svg.match(/<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/);
  return `<symbol id="${name}" viewBox="${box}">${shapes.replace(/\s+/g, " ").replace(/> </g, "><").trim()}</symbol>`;
};

const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${[...new Set(names)].map(symbol).join("\n")}</svg>\n`;
writeFileSync(new URL("static/img/icons.svg", root), sprite);
console.log(`static/img/icons.svg: ${names.length} icons, ${sprite.length} bytes`);
