/** Outlines of countries: Natural Earth, 1:50 million, in the public domain. Data, loaded when a map is first shown. */
import type { Feature, MultiLineString, MultiPolygon, Polygon } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import worldAddress from "world-atlas/countries-50m.json?url";

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;
export type Country = Feature<Polygon | MultiPolygon, { name: string }>;

let kept: Promise<World> | null = null;

function world(): Promise<World> {
  kept ??= load().catch((failure: unknown) => {
    kept = null;
    throw failure;
  });
  return kept;
}

async function load(): Promise<World> {
  if (__REPORT__) return (await import("world-atlas/countries-50m.json")).default as unknown as World;
  const answer = await fetch(worldAddress);
  if (!answer.ok) throw new Error(`The outlines of countries did not come (${answer.status}).`);
  return (await answer.json()) as World;
}

/** Every country as an area. */
export async function outlines(): Promise<readonly Country[]> {
  const topology = await world();
  return feature(topology, topology.objects.countries).features as Country[];
}

/** The lines between countries, each once, without coasts. */
export async function borders(): Promise<MultiLineString> {
  const topology = await world();
  return mesh(topology, topology.objects.countries as never, (a, b) => a !== b);
}
