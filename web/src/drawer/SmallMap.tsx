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

const [WIDTH, HEIGHT] = [216, 144];
const LEAST_RADIUS = 3;
const BAR = 60;
const ROOM_INSIDE = 18; // of a circle for its label

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
      {[...spots].reverse().map((spot) => {
        const [x, y, r] = [map.x(spot.lon), map.y(spot.lat), Math.max(LEAST_RADIUS, (spot.radius_km ?? 0) * map.scale)];
        return (
          <g key={`${spot.label} ${spot.name} ${spot.lat}`} class={spot.chosen ? "smallmap-chosen" : "smallmap-other"}>
            <circle cx={x} cy={y} r={r} />
            <text x={x} y={r > ROOM_INSIDE ? y + 4 : y - r - 5}>
              {spot.label}
            </text>
          </g>
        );
      })}
      <path class="smallmap-bar" d={`M8 ${HEIGHT - 8}h${(bar * map.scale).toFixed(1)}`} />
      <text class="smallmap-scale" x={8} y={HEIGHT - 12}>
        {distance(bar)}
      </text>
    </svg>
  );
}
