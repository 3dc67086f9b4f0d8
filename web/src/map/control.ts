/** The layer of control: who holds each place on a day, by a coloured square with the letters of the side. */
import type { FeatureCollection, Point } from "geojson";
import type { Map as Maplibre } from "maplibre-gl";
import type { Schema } from "../api";
import { source } from "./layers";
import { putSide } from "./marks";
import { lettersOf, sideColour } from "./sides";
import { holderOn } from "./standing";
import { FONT, token } from "./style";

type History = Schema["ControlHistory"];

export function addControl(map: Maplibre): void {
  map.addSource("control", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({
    id: "control-name",
    type: "symbol",
    source: "control",
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": 12,
      "text-variable-anchor": ["left", "right", "top", "bottom"],
      "text-radial-offset": 1.2,
      "text-justify": "auto",
      "symbol-sort-key": ["get", "order"],
    },
  });
  map.addLayer({
    id: "control",
    type: "symbol",
    source: "control",
    layout: { "icon-image": ["get", "icon"], "icon-allow-overlap": true, "symbol-sort-key": ["get", "order"] },
  });
  paintControl(map, [], false);
}

export function paintControl(map: Maplibre, sides: readonly string[], dark: boolean): void {
  const letters = lettersOf(sides);
  sides.forEach((side, n) => putSide(map, `side-${n}`, letters.get(side) ?? "?", sideColour(n, dark)));
  putSide(map, "side-none", "?", null);
  map.setPaintProperty("control-name", "text-color", token("ink"));
  map.setPaintProperty("control-name", "text-halo-color", token("paper"));
  map.setPaintProperty("control-name", "text-halo-width", 1.5);
}

/** Show who holds what on a day; null takes the layer away. */
export function showControl(map: Maplibre, history: History | undefined, day: string | null): void {
  const features: FeatureCollection<Point>["features"] = [];
  for (const place of day && history ? history.places : []) {
    const holder = day ? holderOn(place, day) : undefined;
    if (holder === undefined || place.lat === null || place.lon === null) continue;
    const n = holder === null ? -1 : (history?.sides.indexOf(holder) ?? -1);
    features.push({
      type: "Feature",
      geometry: { type: "Point", coordinates: [place.lon, place.lat] },
      properties: { name: place.name, icon: n < 0 ? "side-none" : `side-${n}`, order: -n },
    });
  }
  source(map, "control").setData({ type: "FeatureCollection", features });
}
