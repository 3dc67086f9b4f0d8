/** From the columns of /api/map to places on the map: all incidents of one place are one feature with its reach. */
import type { Feature, FeatureCollection, Point } from "geojson";
import type { Schema } from "../api";
import type { Quad } from "../words/codes";

type Columns = Schema["MapColumns"];

/** Circumference of the Mercator world in metres, and its width in pixels at zoom 0. */
const WORLD_M = 40_075_016.686;
const WORLD_PX = 512;
/** Up to here a place counts as exact: a town. Wider ones are drawn hollow. */
export const EXACT_KM = 25;

export interface PlaceFacts {
  /** Which place of the list. */
  n: number;
  /** Radius in pixels at zoom 0; twice that with every zoom. */
  r0: number;
  radius_km: number;
  /** How many incidents, in all and by class. */
  count: number;
  vc: number;
  mc: number;
  vx: number;
  mx: number;
  /** As the articles name it; empty where they do not. */
  name: string;
  /** The class of all its incidents, or "mixed". */
  quad: Quad | "mixed";
  exact: boolean;
}

export interface MapPlace {
  lat: number;
  lon: number;
  radius_km: number;
  ids: string[];
}

const SHORT: Record<Quad, "vc" | "mc" | "vx" | "mx"> = {
  "verbal-cooperation": "vc",
  "material-cooperation": "mc",
  "verbal-conflict": "vx",
  "material-conflict": "mx",
};

/** Pixels at zoom 0 that so many kilometres are at a latitude. */
export function pixelsAtZoom0(km: number, lat: number): number {
  return ((km * 1000) / (WORLD_M * Math.max(0.05, Math.cos((lat * Math.PI) / 180)))) * WORLD_PX;
}

/** The places of the columns, most incidents last, and where each incident is. */
export function placesOf(columns: Columns): { features: FeatureCollection<Point, PlaceFacts>; places: MapPlace[]; of: Map<string, number> } {
  const features: Feature<Point, PlaceFacts>[] = [];
  const places: MapPlace[] = [];
  const of = new Map<string, number>();
  const known = new Map<string, number>();
  columns.id.forEach((id, i) => {
    const [lat = 0, lon = 0, radius_km = 0] = [columns.lat[i], columns.lon[i], columns.radius_km[i]];
    const quad = columns.quads[columns.quad[i] ?? 0] ?? "material-conflict";
    const key = `${lat} ${lon} ${radius_km}`;
    let n = known.get(key);
    if (n === undefined) {
      n = places.length;
      known.set(key, n);
      places.push({ lat, lon, radius_km, ids: [] });
      features.push({
        type: "Feature",
        id: n,
        geometry: { type: "Point", coordinates: [lon, lat] },
        properties: { n, r0: pixelsAtZoom0(radius_km, lat), radius_km, count: 0, vc: 0, mc: 0, vx: 0, mx: 0, name: columns.places[columns.place[i] ?? -1] ?? "", quad, exact: radius_km <= EXACT_KM },
      });
    }
    of.set(id, n);
    places[n]?.ids.push(id);
    const facts = features[n]?.properties;
    if (!facts) return;
    facts.count++;
    facts[SHORT[quad]]++;
    if (facts.quad !== quad) facts.quad = "mixed";
  });
  return { features: { type: "FeatureCollection", features }, places, of };
}

/** West, south, east, north of what is known to within a few hundred kilometres, or of everything; null where there is nothing. */
export function extent(places: readonly MapPlace[]): [number, number, number, number] | null {
  const near = places.filter((place) => place.radius_km < 400);
  const seen = near.length ? near : places;
  if (!seen.length) return null;
  const [lons, lats] = [seen.map((place) => place.lon).sort((a, b) => a - b), seen.map((place) => place.lat).sort((a, b) => a - b)];
  // The outermost hundredth is left out, so that one place misread does not make the map show the whole world.
  const cut = seen.length > 60 ? Math.floor(seen.length / 100) : 0;
  return [lons[cut] ?? 0, lats[cut] ?? 0, lons[lons.length - 1 - cut] ?? 0, lats[lats.length - 1 - cut] ?? 0];
}
