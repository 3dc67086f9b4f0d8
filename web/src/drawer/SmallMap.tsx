import type { Feature, MultiPolygon, Polygon } from "geojson";
import { useEffect, useMemo, useState } from "preact/hooks";

import { distance } from "../words/numbers";
import { outlines } from "../map/outlines";
import { barKm, type Point, project, ringPath } from "./projection";

export interface Spot extends Point {
  name: string;
  /** What stands beside it on the map: a number, or the name. */
  label: string;
  /** The one that was chosen. */
  chosen: boolean;
}

const [WIDTH, HEIGHT] = [360, 220];
const LEAST_RADIUS = 3;
const BAR = 90;

/** Places on outlines of countries: circles as wide as the places reach, the chosen one filled, the others hollow and dashed. */
export function SmallMap({ spots, label }: { spots: readonly Spot[]; label: string }) {
  const [countries, setCountries] = useState<readonly Feature<Polygon | MultiPolygon>[]>([]);
  useEffect(() => {
    let shown = true;
    outlines().then(
      (found) => shown && setCountries(found),
      () => undefined, // without outlines the circles still tell where they stand to each other
    );
    return () => {
      shown = false;
    };
  }, []);
  const map = useMemo(() => project(spots, WIDTH, HEIGHT), [spots]);
  const land = useMemo(
    () =>
      countries.flatMap(({ geometry }) => {
        const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
        return polygons.flatMap((rings) => rings.map((ring) => ringPath(ring, map)).filter((path) => path !== null));
      }),
    [countries, map],
  );
  if (!spots.length) return null;
  const bar = barKm(map, BAR);
  return (
    <svg class="smallmap" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect class="smallmap-sea" width={WIDTH} height={HEIGHT} />
      <path class="smallmap-land" d={land.join("Z")} fill-rule="evenodd" />
      {[...spots].reverse().map((spot) => (
        <g key={`${spot.label} ${spot.name} ${spot.lat}`} class={spot.chosen ? "smallmap-chosen" : "smallmap-other"}>
          <circle cx={map.x(spot.lon)} cy={map.y(spot.lat)} r={Math.max(LEAST_RADIUS, (spot.radius_km ?? 0) * map.scale)} />
          <text x={map.x(spot.lon) + 7} y={map.y(spot.lat) - 6}>
            {spot.label}
          </text>
        </g>
      ))}
      <path class="smallmap-bar" d={`M12 ${HEIGHT - 12}h${(bar * map.scale).toFixed(1)}`} />
      <text class="smallmap-scale" x={12} y={HEIGHT - 18}>
        {distance(bar)}
      </text>
    </svg>
  );
}
