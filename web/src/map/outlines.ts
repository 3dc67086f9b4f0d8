/** Outlines of countries: Natural Earth, 1:50 million, in the public domain. Data, loaded when a map is first shown. */
import type { Feature, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import worldAddress from "world-atlas/countries-50m.json?url";

type Atlas = Topology<{ countries: GeometryCollection<{ name: string }>; land: GeometryCollection }>;
type Area = Polygon | MultiPolygon;
export type Country = Feature<Area, { name: string }>;

let kept: Promise<Atlas> | null = null;

function world(): Promise<Atlas> {
  kept ??= load().catch((failure: unknown) => {
    kept = null;
    throw failure;
  });
  return kept;
}

async function load(): Promise<Atlas> {
  if (__REPORT__) return (await import("world-atlas/countries-50m.json")).default as unknown as Atlas;
  const answer = await fetch(worldAddress);
  if (!answer.ok) throw new Error(`The outlines of countries did not come (${answer.status}).`);
  return (await answer.json()) as Atlas;
}

/** Every country as an area. */
export async function outlines(): Promise<readonly Country[]> {
  const topology = await world();
  return (feature(topology, topology.objects.countries).features as Country[]).map((country) => ({ ...country, geometry: flat(country.geometry) }));
}

export interface World {
  /** All land, without what parts countries. */
  land: Area[];
  /** Coasts, and the lines between countries, each once: what is drawn twice takes twice as long. */
  coasts: MultiLineString;
  borders: MultiLineString;
  countries: readonly Country[];
}

/** Everything that a map of the world is drawn from. */
export async function wholeWorld(): Promise<World> {
  const topology = await world();
  const { countries, land } = topology.objects;
  const lines = (which: (a: unknown, b: unknown) => boolean) => {
    const found = mesh(topology, countries as never, which);
    return { ...found, coordinates: found.coordinates.map(unrolled) };
  };
  return {
    land: feature(topology, land).features.map(({ geometry }) => flat(geometry as Area)),
    coasts: lines((a, b) => a === b),
    borders: lines((a, b) => a !== b),
    countries: await outlines(),
  };
}

function flat(area: Area): Area {
  return area.type === "Polygon"
    ? { ...area, coordinates: area.coordinates.map(closed) }
    : { ...area, coordinates: area.coordinates.map((polygon) => polygon.map(closed)) };
}

/**
 * A line of the globe laid out flat: where it crosses the 180th meridian it goes on beyond it (the map repeats the world there), instead of
 * running back across the whole map.
 */
export function unrolled(line: readonly Position[]): Position[] {
  let turned = 0;
  let before = line[0]?.[0] ?? 0;
  return line.map(([lon = 0, lat = 0]) => {
    if (Math.abs(lon - before) > 180) turned += lon < before ? 360 : -360;
    before = lon;
    return [lon + turned, lat];
  });
}

/** A ring laid out flat; where it goes around a pole, as Antarctica's does, it is closed along the edge of the map. */
export function closed(ring: readonly Position[]): Position[] {
  const line = unrolled(ring);
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last || first[0] === last[0]) return line;
  const pole = (first[1] ?? 0) < 0 ? -90 : 90;
  return [...line, [last[0] ?? 0, pole], [first[0] ?? 0, pole], first];
}
