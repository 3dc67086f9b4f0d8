import { describe, expect, test } from "vitest";

import type { Schema } from "../api";
import { binsOf, coreOf, endOf, grainFor, roundUp, startOf, ticks, within } from "./bins";

type Histogram = Schema["Histogram"];

function histogram(counts: Record<string, [number, number, number, number]>): Histogram {
  const days = Object.keys(counts).sort();
  const column = (n: 0 | 1 | 2 | 3) => days.map((day) => counts[day]?.[n] ?? 0);
  return {
    days,
    verbal_cooperation: column(0),
    material_cooperation: column(1),
    verbal_conflict: column(2),
    material_conflict: column(3),
    undated: 0,
  };
}

const all = (h: Histogram) => [...h.verbal_cooperation, ...h.material_cooperation, ...h.verbal_conflict, ...h.material_conflict].reduce((a, b) => a + b, 0);

describe("bars", () => {
  test.each([
    ["2031-03-05", "week", "2031-03-03", "2031-03-09"],
    ["2031-03-03", "week", "2031-03-03", "2031-03-09"],
    ["1969-12-31", "week", "1969-12-29", "1970-01-04"],
    ["2032-02-29", "month", "2032-02-01", "2032-02-29"],
    ["2031-12-05", "month", "2031-12-01", "2031-12-31"],
    ["2031-12-05", "year", "2031-01-01", "2031-12-31"],
    ["2031-12-05", "day", "2031-12-05", "2031-12-05"],
  ] as const)("%s lies in the %s from %s to %s", (day, grain, from, to) => {
    expect([startOf(day, grain), endOf(startOf(day, grain), grain)]).toEqual([from, to]);
  });

  test("the finest grain that leaves the bars wide enough", () => {
    expect([grainFor(60, 90), grainFor(600, 90), grainFor(2000, 90), grainFor(20000, 90)]).toEqual(["day", "week", "month", "year"]);
  });

  test.each([200, 30, 4, 1])("nothing is lost, whatever the room for bars (%i)", (most) => {
    const given = histogram({ "2030-11-30": [1, 2, 3, 4], "2031-02-28": [0, 0, 0, 7], "2031-03-01": [5, 0, 0, 0] });
    const { bins } = binsOf(given, most);
    expect(bins.reduce((sum, bin) => sum + bin.total, 0)).toBe(all(given));
    bins.slice(1).forEach((bin, n) => expect(bin.from > (bins[n]?.to ?? "")).toBe(true));
  });

  test("of nothing there are none", () => {
    expect(binsOf(histogram({}), 50).bins).toEqual([]);
    expect([ticks(0, 5), ticks(4, 8), ticks(10, 5)]).toEqual([[], [0, 1, 2, 3], [0, 2, 4, 6, 8]]);
    expect([0, 1, 3, 7, 20, 21, 999].map(roundUp)).toEqual([1, 1, 5, 10, 20, 50, 1000]);
  });
});

describe("the busy days", () => {
  const busy = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`2031-03-${String(n + 1).padStart(2, "0")}`, [1, 1, 1, 2]])) as Record<string, [number, number, number, number]>;

  test("strays far off do not make them a sliver", () => {
    const given = histogram({ ...busy, "2025-01-01": [1, 0, 0, 0], "2040-01-01": [0, 0, 0, 1] });
    const core = coreOf(given);
    expect(core).toEqual(["2031-03-01", "2031-03-20"]);
    const { inside, before, after } = within(given, core ?? ["", ""]);
    expect([before, after, all(inside)]).toEqual([1, 1, 100]);
  });

  test("where the days lie close together, or many lie far off, all are shown", () => {
    expect(coreOf(histogram(busy))).toBeNull();
    expect(coreOf(histogram({ ...busy, "2025-01-01": [50, 0, 0, 0] }))).toBeNull();
    expect(coreOf(histogram({}))).toBeNull();
  });
});
