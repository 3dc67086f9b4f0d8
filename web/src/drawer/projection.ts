// Where points of the earth stand on a small flat map: plate carrée about the middle, which is true enough for a country or a province.

export interface Point {
  lat: number;
  lon: number;
  /** How far it reaches, in kilometres. */
  radius_km: number | null;
}

export interface Projection {
  width: number;
  height: number;
  /** Kilometres -> units of the map. */
  scale: number;
  x: (lon: number) => number;
  y: (lat: number) => number;
}

const KM_A_DEGREE = 111.2;
const LEAST_KM = 120; // across: so that something of the outlines can be seen
const AIR = 1.35; // of the box around the points

/** A map of this size on which all points are to be seen, none at the very edge; across the 180th meridian the short way. */
export function project(points: readonly Point[], width: number, height: number): Projection {
  const anchor = points[0]?.lon ?? 0;
  const lons = points.map((point) => near(point.lon, anchor));
  const lats = points.map((point) => point.lat);
  const [west, east] = [Math.min(...lons, Infinity), Math.max(...lons, -Infinity)];
  const [south, north] = [Math.min(...lats, Infinity), Math.max(...lats, -Infinity)];
  const [midLon, midLat] = points.length ? [(west + east) / 2, (south + north) / 2] : [0, 0];
  const narrowing = Math.max(0.05, Math.cos((midLat * Math.PI) / 180));
  const reach = Math.max(0, ...points.map((point) => point.radius_km ?? 0));
  const across = points.length ? (east - west) * KM_A_DEGREE * narrowing + reach * 2 : 360 * KM_A_DEGREE;
  const down = points.length ? (north - south) * KM_A_DEGREE + reach * 2 : 180 * KM_A_DEGREE;
  const km = Math.max(LEAST_KM, across * AIR, (down * AIR * width) / height);
  const scale = width / km;
  return {
    width,
    height,
    scale,
    x: (lon) => width / 2 + (near(lon, midLon) - midLon) * KM_A_DEGREE * narrowing * scale,
    y: (lat) => height / 2 - (lat - midLat) * KM_A_DEGREE * scale,
  };
}

/** The same meridian as `lon`, written so that it is at most half around from `anchor`. */
export function near(lon: number, anchor: number): number {
  return lon - 360 * Math.round((lon - anchor) / 360);
}

/** A ring of [lon, lat] as an SVG path; null where none of it is near the map. Rings that cross the map's back are cut there. */
export function ringPath(ring: readonly (readonly number[])[], map: Projection): string | null {
  let path = "";
  let before: number | null = null;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [lon, lat] of ring as readonly (readonly [number, number])[]) {
    const [x, y] = [map.x(lon), map.y(lat)];
    const jump = before !== null && Math.abs(x - before) > 180 * KM_A_DEGREE * map.scale * 0.5;
    path += `${before === null || jump ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    before = x;
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const outside = right < 0 || left > map.width || bottom < 0 || top > map.height;
  return outside || before === null ? null : path;
}

/** A round number of kilometres for a scale bar about this long on the map. */
export function barKm(map: Projection, wanted: number): number {
  const km = wanted / map.scale;
  const power = 10 ** Math.floor(Math.log10(km));
  const step = [5, 2, 1].find((each) => each * power <= km) ?? 1;
  return step * power;
}
