import { describe, expect, test } from "vitest";

import { barKm, near, project, ringPath } from "./projection";

const point = (lat: number, lon: number, radius_km: number | null = null) => ({ lat, lon, radius_km });

describe("project", () => {
  test("one point stands in the middle, with air around it", () => {
    const map = project([point(34.5, 69.2)], 300, 200);
    expect([map.x(69.2), map.y(34.5)]).toEqual([150, 100]);
    expect(300 / map.scale).toBeCloseTo(120);
  });

  test("all points and the circles around them are on the map", () => {
    const points = [point(10, 20, 50), point(12, 28, 5), point(5, 21, 0)];
    const map = project(points, 300, 200);
    for (const each of points) {
      const reach = (each.radius_km ?? 0) * map.scale;
      expect(map.x(each.lon) - reach).toBeGreaterThan(0);
      expect(map.x(each.lon) + reach).toBeLessThan(300);
      expect(map.y(each.lat) - reach).toBeGreaterThan(0);
      expect(map.y(each.lat) + reach).toBeLessThan(200);
    }
  });

  test("north is up, east is right, over the 180th meridian too", () => {
    const map = project([point(-17, 179), point(-16, -179)], 300, 200);
    expect(map.x(-179)).toBeGreaterThan(map.x(179));
    expect(map.y(-16)).toBeLessThan(map.y(-17));
    expect(300 / map.scale).toBeLessThan(500);
  });

  test("without points it is the whole world", () => {
    const map = project([], 360, 180);
    expect(map.x(-179.9)).toBeGreaterThanOrEqual(0);
    expect(map.x(179.9)).toBeLessThanOrEqual(360);
  });

  test("at the pole nothing is infinite", () => {
    expect(Number.isFinite(project([point(90, 0)], 300, 200).x(179))).toBe(true);
  });
});

test("near takes the short way", () => {
  expect([near(-179, 179), near(179, -179), near(10, 20)]).toEqual([181, -181, 10]);
});

describe("ringPath", () => {
  const map = project([point(0, 0)], 300, 200);
  test("leaves out what is elsewhere", () => {
    expect(ringPath([[90, 40], [91, 40], [91, 41]], map)).toBeNull();
  });
  test("draws what reaches into the map", () => {
    expect(ringPath([[-1, -1], [1, -1], [1, 1], [-1, -1]], map)).toMatch(/^M[-\d.]+ [-\d.]+L/);
  });
});

test("a scale bar is a round number and no longer than asked for", () => {
  const map = project([point(0, 0)], 300, 200);
  const km = barKm(map, 80);
  expect([1, 2, 5, 10, 20, 50, 100]).toContain(km);
  expect(km * map.scale).toBeLessThanOrEqual(80);
});
