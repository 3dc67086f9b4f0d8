/** The layers of incidents: the reach of every place to scale, and over it marks that gather into clusters where they would overlap. */
import type { ExpressionSpecification, FilterSpecification, GeoJSONSource, Map as Maplibre } from "maplibre-gl";
import type { FeatureCollection, Point } from "geojson";
import { putMarks } from "./marks";
import type { MapPlace, PlaceFacts } from "./places";
import { isPie, putPie } from "./pies";
import { CLOSEST, FONT, token } from "./style";

const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };
/** Marks of incidents that can be clicked. */
export const MARKS = ["mark", "gathered"];
const INCIDENT_LAYERS = ["reach", "gathered", "mark", "place-name"];

/** A radius in pixels that is the same on the ground at every zoom: `r0` doubles with each. */
const TO_SCALE: ExpressionSpecification = ["interpolate", ["exponential", 2], ["zoom"], 0, ["get", "r0"], 22, ["*", ["get", "r0"], 2 ** 22]];
/** Whether its circle is wider than the mark in its middle: thousands of others would be drawn for nothing. */
const SEEN: FilterSpecification = [">", ["*", ["get", "r0"], ["^", 2, ["zoom"]]], 3];
/** From here on places are named: from farther away there is no room. */
const NAMED = 4.5;
/** How many of its incidents are of a class, in eighths. */
const eighths = (name: string): ExpressionSpecification => ["to-string", ["ceil", ["/", ["*", 8, ["get", name]], ["get", "count"]]]];
/** "812", "1.6k", "12k": what fits into the ring. */
const COUNT: ExpressionSpecification = [
  "step", ["get", "count"], ["to-string", ["get", "count"]],
  1000, ["concat", ["to-string", ["/", ["round", ["/", ["get", "count"], 100]], 10]], "k"],
  10000, ["concat", ["to-string", ["round", ["/", ["get", "count"], 1000]]], "k"],
]; // prettier-ignore
const ALONE: FilterSpecification = ["all", ["!", ["has", "point_count"]], ["==", ["get", "count"], 1]];

export function addIncidents(map: Maplibre): void {
  putMarks(map);
  map.setMissingStyleImageResolver((id) => {
    if (isPie(id)) putPie(map, id);
  });
  map.addSource("reaches", { type: "geojson", data: EMPTY });
  map.addSource("places", {
    type: "geojson",
    data: EMPTY,
    cluster: true,
    clusterRadius: 46,
    clusterMaxZoom: CLOSEST + 1,
    clusterProperties: { count: ["+", ["get", "count"]], vc: ["+", ["get", "vc"]], mc: ["+", ["get", "mc"]], vx: ["+", ["get", "vx"]], mx: ["+", ["get", "mx"]] },
  });
  map.addSource("chosen", { type: "geojson", data: EMPTY });
  map.addLayer({ id: "reach", type: "circle", source: "reaches", filter: SEEN, paint: { "circle-radius": TO_SCALE, "circle-stroke-width": 1 } });
  map.addLayer({ id: "chosen-reach", type: "circle", source: "chosen", paint: { "circle-radius": TO_SCALE, "circle-stroke-width": 2.5 } });
  // Under the marks, so that these are placed first and names make room for them.
  map.addLayer({
    id: "place-name",
    type: "symbol",
    source: "reaches",
    minzoom: NAMED,
    filter: ["all", ["==", ["get", "exact"], true], ["!=", ["get", "name"], ""]],
    layout: {
      "text-field": ["get", "name"],
      "text-font": FONT,
      "text-size": 12,
      "text-variable-anchor": ["left", "right", "top", "bottom"],
      "text-radial-offset": 1.7,
      "text-justify": "auto",
      "text-optional": true,
      "symbol-sort-key": ["-", 0, ["get", "count"]],
    },
  });
  map.addLayer({
    id: "gathered",
    type: "symbol",
    source: "places",
    filter: ["any", ["has", "point_count"], [">", ["get", "count"], 1]],
    layout: {
      "icon-image": ["concat", "pie-", eighths("vc"), "-", eighths("mc"), "-", eighths("vx"), "-", eighths("mx")],
      "icon-size": ["interpolate", ["linear"], ["get", "count"], 2, 0.7, 20, 0.88, 200, 1.05, 2000, 1.25],
      "icon-allow-overlap": true,
      "icon-padding": 0,
      "text-field": COUNT,
      "text-font": FONT,
      "text-size": ["interpolate", ["linear"], ["get", "count"], 2, 12, 200, 14],
      "text-allow-overlap": true,
    },
  });
  map.addLayer({
    id: "mark",
    type: "symbol",
    source: "places",
    filter: ALONE,
    layout: {
      "icon-image": ["case", ["get", "exact"], ["get", "quad"], ["concat", ["get", "quad"], "-vague"]],
      "icon-size": 0.95,
      "icon-allow-overlap": true,
    },
  });
  map.addLayer({ id: "chosen-ring", type: "circle", source: "chosen", paint: { "circle-radius": 17, "circle-opacity": 0, "circle-stroke-width": 3 } });
  paintIncidents(map);
}

/** The colours of the theme that stands now. */
export function paintIncidents(map: Maplibre): void {
  putMarks(map);
  for (const id of map.listImages().filter(isPie)) putPie(map, id);
  const quad: ExpressionSpecification = [
    "match", ["get", "quad"],
    "verbal-cooperation", token("verbal-cooperation"),
    "material-cooperation", token("material-cooperation"),
    "verbal-conflict", token("verbal-conflict"),
    "material-conflict", token("material-conflict"),
    token("soft"),
  ]; // prettier-ignore
  // Wide circles are fainter, so that a country's does not drown its towns.
  map.setPaintProperty("reach", "circle-opacity", ["interpolate", ["linear"], ["get", "radius_km"], 5, 0.2, 60, 0.08, 400, 0.03]);
  map.setPaintProperty("reach", "circle-color", quad);
  map.setPaintProperty("reach", "circle-stroke-color", quad);
  map.setPaintProperty("reach", "circle-stroke-opacity", ["interpolate", ["linear"], ["get", "radius_km"], 5, 0.75, 400, 0.35]);
  map.setPaintProperty("gathered", "text-color", token("ink"));
  map.setPaintProperty("place-name", "text-color", token("ink"));
  map.setPaintProperty("place-name", "text-halo-color", token("land"));
  map.setPaintProperty("place-name", "text-halo-width", 1.6);
  map.setPaintProperty("chosen-reach", "circle-color", token("accent"));
  map.setPaintProperty("chosen-reach", "circle-opacity", 0.12);
  map.setPaintProperty("chosen-reach", "circle-stroke-color", token("accent"));
  map.setPaintProperty("chosen-ring", "circle-stroke-color", token("accent"));
}

export function showIncidents(map: Maplibre, data: FeatureCollection<Point, PlaceFacts>): void {
  source(map, "reaches").setData(data);
  source(map, "places").setData(data);
}

/** Ring the place of the open incident. */
export function ring(map: Maplibre, place: MapPlace | undefined, r0 = 0): void {
  source(map, "chosen").setData(
    place ? { type: "Feature", geometry: { type: "Point", coordinates: [place.lon, place.lat] }, properties: { r0 } } : EMPTY,
  );
}

export function setVisible(map: Maplibre, shown: boolean): void {
  for (const id of INCIDENT_LAYERS) map.setLayoutProperty(id, "visibility", shown ? "visible" : "none");
}

export function source(map: Maplibre, name: string): GeoJSONSource {
  return map.getSource(name) as GeoJSONSource;
}
