import type { Feature, MultiPolygon, Polygon } from "geojson";
import type { GeometryCollection, Topology } from "topojson-specification";

let kept: Promise<readonly Feature<Polygon | MultiPolygon>[]> | null = null;

/** Outlines of countries (Natural Earth, 1:50 million), loaded when a small map is first shown. */
export function outlines(): Promise<readonly Feature<Polygon | MultiPolygon>[]> {
  kept ??= load().catch((failure: unknown) => {
    kept = null;
    throw failure;
  });
  return kept;
}

async function load(): Promise<readonly Feature<Polygon | MultiPolygon>[]> {
  const [{ feature }, { default: world }] = await Promise.all([import("topojson-client"), import("world-atlas/countries-50m.json")]);
  const topology = world as unknown as Topology<{ countries: GeometryCollection }>;
  return feature(topology, topology.objects.countries).features as Feature<Polygon | MultiPolygon>[];
}
