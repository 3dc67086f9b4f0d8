import { describe, expect, test } from "vitest";

import type { Schema } from "../api";
import { closed, unrolled } from "./outlines";
import { EXACT_KM, extent, pixelsAtZoom0, placesOf } from "./places";
import { lettersOf } from "./sides";
import { holderOn, standings } from "./standing";

const columns: Schema["MapColumns"] = {
  id: ["a", "b", "c", "d"],
  lat: [34, 34, 34, -10],
  lon: [69, 69, 69, 30],
  radius_km: [5, 5, 300, 5],
  quad: [3, 0, 3, 3],
  day: [0, 0, -1, 0],
  place: [0, 0, 1, -1],
  confidence: [1, 1, 1, 1],
  voices: [1, 1, 1, 1],
  quads: ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"],
  days: ["2031-03-03"],
  places: ["Kabul", "Afghanistan"],
  total: 4,
  truncated: false,
};

describe("places", () => {
  test("incidents of one place and reach are one mark; a wider reach at the same point is another", () => {
    const { features, places, of } = placesOf(columns);
    expect(places.map((place) => place.ids)).toEqual([["a", "b"], ["c"], ["d"]]);
    expect(features.features.map(({ properties }) => [properties.count, properties.quad, properties.exact, properties.name])).toEqual([
      [2, "mixed", true, "Kabul"],
      [1, "material-conflict", 300 <= EXACT_KM, "Afghanistan"],
      [1, "material-conflict", true, ""],
    ]);
    expect(of.get("c")).toBe(1);
  });

  test("a circle is as wide on the map as on the ground", () => {
    // The equator is 40,075 km round, and 512 pixels at zoom 0; at 60 degrees a kilometre is twice as wide.
    expect(pixelsAtZoom0(40_075.016686, 0)).toBeCloseTo(512, 6);
    expect(pixelsAtZoom0(100, 60)).toBeCloseTo(2 * pixelsAtZoom0(100, 0), 6);
    expect(pixelsAtZoom0(100, 90)).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  test("what is shown at first leaves out what is only known to a country", () => {
    const wide = placesOf({ ...columns, radius_km: [5, 5, 900, 5] }).places;
    expect(extent(wide)).toEqual([30, -10, 69, 34]);
    expect(extent([])).toBeNull();
  });
});

describe("sides", () => {
  test("no two have the same letters, whatever their names", () => {
    const sides = ["Kesht Front", "Karsa Front", "AFG government", "Army of the North", "A", "A.", "الجبهة", "?"];
    const letters = [...lettersOf(sides).values()];
    expect(new Set(letters).size).toBe(sides.length);
    expect(lettersOf(["Kesht Front", "AFG government"])).toEqual(new Map([["Kesht Front", "K"], ["AFG government", "A"]]));
  });

  const history = {
    first: "2031-03-01",
    last: "2031-03-09",
    sides: ["Kesht Front", "AFG government"],
    places: [
      {
        key: "k", name: "Karsa", country: null, lat: 1, lon: 1, unit: null,
        spans: [
          { days: { first: "2031-03-01", last: "2031-03-04" }, holder: "AFG government", probability: 0.9, reports: [], contradicted: [] },
          { days: { first: "2031-03-05", last: "2031-03-09" }, holder: null, probability: 0.4, reports: [], contradicted: [] },
        ],
      },
    ],
  } as Schema["ControlHistory"];

  test("a day has one holder, nobody known, or nothing told", () => {
    const [place] = history.places;
    if (!place) throw new Error("no place");
    expect([holderOn(place, "2031-03-04"), holderOn(place, "2031-03-05"), holderOn(place, "2031-02-01")]).toEqual(["AFG government", null, undefined]);
    expect(standings(history, "2031-03-04").map(({ places }) => places)).toEqual([0, 1, 0]);
    expect(standings(history, "2031-03-06").map(({ places }) => places)).toEqual([0, 0, 1]);
  });
});

describe("the globe laid out flat", () => {
  test("what stays on one side of the 180th meridian stays as it is", () => {
    const ring = [[10, 50], [20, 50], [15, 60], [10, 50]];
    expect(unrolled(ring)).toEqual(ring);
  });
  test("what crosses it goes on beyond it", () => {
    expect(unrolled([[178, -17], [-179, -17], [-179, -16], [178, -17]])).toEqual([[178, -17], [181, -17], [181, -16], [178, -17]]);
  });
  test("what goes around a pole is closed along the edge of the map", () => {
    expect(closed([[0, -70], [120, -70], [-120, -70], [0, -70]])).toEqual([[0, -70], [120, -70], [240, -70], [360, -70], [360, -90], [0, -90], [0, -70]]);
  });
});
