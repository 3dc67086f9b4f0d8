/** Lines between provinces and their names: Natural Earth, 1:10 million. Fetched when the map first comes so close that they help. */
import type { FeatureCollection, Point } from "geojson";
import type { Map as Maplibre } from "maplibre-gl";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import provincesAddress from "./provinces.json?url";
import { DEEPEST, FONT, token } from "./style";

interface Provinces extends Topology {
  names: [name: string, lon: number, lat: number, size: number][];
}

/** From here on lines are shown, and a little closer names. */
const LINES = 3.8;
const NAMES = 5.2;

/** Show provinces once the map is close enough. A report has none: they would make it half as large again. */
export function addProvinces(map: Maplibre): void {
  if (__REPORT__) return;
  const look = () => {
    if (map.getZoom() < LINES) return;
    map.off("zoomend", look);
    void load(map).catch(() => map.on("zoomend", look)); // the map is whole without them; the next zoom tries again
  };
  map.on("zoomend", look);
  map.once("idle", look);
}

async function load(map: Maplibre): Promise<void> {
  const answer = await fetch(provincesAddress);
  if (!answer.ok) throw new Error(`The outlines of provinces did not come (${answer.status}).`);
  const told = (await answer.json()) as Provinces;
  const { lines } = told.objects;
  if (!lines || !map.getLayer("borders")) return; // the map is gone
  map.addSource("provinces", { type: "geojson", data: feature(told, lines), maxzoom: DEEPEST });
  map.addSource("province-names", { type: "geojson", data: namesOf(told), maxzoom: DEEPEST });
  map.addLayer({ id: "provinces", type: "line", source: "provinces", minzoom: LINES, paint: { "line-width": 0.7, "line-dasharray": [3, 2] } }, "borders");
  map.addLayer(
    {
      id: "province-names",
      type: "symbol",
      source: "province-names",
      minzoom: NAMES,
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-letter-spacing": 0.06, "text-max-width": 7, "symbol-sort-key": ["-", 0, ["get", "size"]] },
      paint: { "text-halo-width": 1.2 },
    },
    "names",
  );
  paintProvinces(map);
}

/** The colours of the theme that stands now. */
export function paintProvinces(map: Maplibre): void {
  if (!map.getLayer("province-names")) return;
  map.setPaintProperty("provinces", "line-color", token("border"));
  map.setPaintProperty("province-names", "text-color", token("faint"));
  map.setPaintProperty("province-names", "text-halo-color", token("land"));
}

function namesOf({ names }: Provinces): FeatureCollection<Point> {
  return {
    type: "FeatureCollection",
    features: names.map(([name, lon, lat, size]) => ({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { name, size } })),
  };
}
