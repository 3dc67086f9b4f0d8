/** How the map looks: outlines and names of countries on the colours of the theme. No tiles, no sprites, no glyph server: letters are drawn here. */
import type { Feature, FeatureCollection, Geometry, Point } from "geojson";
import type { StyleSpecification } from "maplibre-gl";
import type { Country, World } from "./outlines";

/** The largest zoom: about ten metres to the pixel, finer than any report. */
export const CLOSEST = 13;

/** Outlines are cut into tiles down to this zoom; closer, these are drawn larger: the data is no finer. */
export const DEEPEST = 7;

/** A colour of the theme that stands now. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

export const FONT = ["system-ui, Roboto, Noto Sans, Liberation Sans, DejaVu Sans, sans-serif"];

export function baseStyle({ land, coasts, borders, countries }: World): StyleSpecification {
  return {
    version: 8,
    sources: {
      // One source for all: for every other one the tiles would be masked out anew in each frame.
      world: {
        type: "geojson",
        data: { type: "FeatureCollection", features: [...land.map((area) => part("land", area)), part("coast", coasts), part("border", borders)] },
        attribution: "Outlines: Natural Earth",
        tolerance: 1,
        maxzoom: DEEPEST,
      },
      names: { type: "geojson", data: namesOf(countries), maxzoom: DEEPEST },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": token("water") } },
      { id: "land", type: "fill", source: "world", filter: ["==", ["get", "part"], "land"], paint: { "fill-color": token("land"), "fill-antialias": false } }, // the coast hides its edge
      { id: "coast", type: "line", source: "world", filter: ["==", ["get", "part"], "coast"], paint: { "line-color": token("border"), "line-width": 0.6 } },
      { id: "borders", type: "line", source: "world", filter: ["==", ["get", "part"], "border"], paint: { "line-color": token("border"), "line-width": ["interpolate", ["linear"], ["zoom"], 2, 0.7, 8, 1.6] } },
      {
        id: "names",
        type: "symbol",
        source: "names",
        filter: [">=", ["get", "size"], ["step", ["zoom"], 15, 3, 3, 4, 0.3, 5, 0]], // square degrees: from afar only the larger ones
        layout: {
          "text-field": ["get", "name"],
          "text-font": FONT,
          "text-size": ["interpolate", ["linear"], ["zoom"], 1, 9, 6, 14],
          "text-transform": "uppercase",
          "text-letter-spacing": 0.12,
          "text-max-width": 7,
          "symbol-sort-key": ["-", 0, ["get", "size"]],
        },
        paint: { "text-color": token("faint"), "text-halo-color": token("land"), "text-halo-width": 1.2 },
      },
    ],
  };
}

function part(name: "land" | "coast" | "border", geometry: Geometry): Feature {
  return { type: "Feature", geometry, properties: { part: name } };
}

/** The base layers' colours anew, after the theme has changed. */
export const BASE_COLOURS: readonly (readonly [layer: string, property: string, token: string])[] = [
  ["water", "background-color", "water"],
  ["land", "fill-color", "land"],
  ["coast", "line-color", "border"],
  ["borders", "line-color", "border"],
  ["names", "text-color", "faint"],
  ["names", "text-halo-color", "land"],
];

/** A point within the largest part of each country, for its name. */
function namesOf(countries: readonly Country[]): FeatureCollection<Point> {
  return {
    type: "FeatureCollection",
    features: countries.flatMap(({ geometry, properties }) => {
      const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
      let best = { size: 0, lon: 0, lat: 0 };
      for (const [ring = []] of polygons) {
        const middle = middleOf(ring);
        if (middle.size > best.size) best = middle;
      }
      if (best.size === 0) return [];
      return [{ type: "Feature" as const, geometry: { type: "Point" as const, coordinates: [best.lon, best.lat] }, properties: { name: properties.name, size: best.size } }];
    }),
  };
}

/** Area (square degrees) and centre of mass of a ring. */
function middleOf(ring: readonly (readonly number[])[]): { size: number; lon: number; lat: number } {
  let [twice, lon, lat] = [0, 0, 0];
  for (let i = 0; i < ring.length - 1; i++) {
    const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [ring[i] ?? [], ring[i + 1] ?? []];
    const cross = x1 * y2 - x2 * y1;
    twice += cross;
    lon += (x1 + x2) * cross;
    lat += (y1 + y2) * cross;
  }
  if (twice === 0) return { size: 0, lon: 0, lat: 0 };
  return { size: Math.abs(twice / 2), lon: lon / (3 * twice), lat: lat / (3 * twice) };
}
