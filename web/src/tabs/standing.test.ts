import { describe, expect, test } from "vitest";

import type { Schema } from "../api";
import { isAsked, standingsOn } from "./standing";

const span = (first: string, last: string, holder: string | null) => ({ days: { first, last }, holder, probability: 0.8, reports: [], contradicted: [] });
const history: Schema["ControlHistory"] = {
  first: "2031-03-01", last: "2031-03-09", sides: ["A", "B"],
  places: [
    { key: "p", name: "Karsa", country: null, lat: 1, lon: 2, unit: "city", spans: [span("2031-03-01", "2031-03-04", "A"), span("2031-03-05", "2031-03-09", "B")] },
    { key: "q", name: "Dol", country: null, lat: 1, lon: 2, unit: null, spans: [span("2031-03-06", "2031-03-09", null)] },
  ],
};

test("who held what is who holds it in the span of that day", () => {
  expect(standingsOn(history, "2031-03-04").map(({ name, holder, since }) => [name, holder, since])).toEqual([["Karsa", "A", "2031-03-01"]]);
  expect(standingsOn(history, "2031-03-06").map(({ name, holder }) => [name, holder])).toEqual([["Karsa", "B"], ["Dol", null]]);
  expect(standingsOn(history, "2031-04-01")).toEqual([]);
});

describe("isAsked", () => {
  const said: Schema["Statement"] = {
    id: "s1", article: { id: "a1", title: null, outlet: "Valley Post", author: null, day: null, url: null, voice: "a1" },
    speaker: { name: "Ruben Asch", country: null, sector: null }, direct: true, verb: "said", stance: "denies",
    days: { first: "2031-03-03", last: "2031-03-04" }, chain: [], text: "no", start: 0, end: 2, corrected: 0,
  };
  test.each([
    [{}, true],
    [{ said_by: "=Ruben Asch" }, true],
    [{ said_by: "=Ruben" }, false],
    [{ said_by: "asch ruben" }, true],
    [{ said_by: "lund" }, false],
    [{ stance: "denies", direct: "yes", outlet: "valley post" }, true],
    [{ direct: "no" }, false],
    [{ since: "2031-03-04", until: "2031-03-04" }, true],
    [{ since: "2031-03-05" }, false],
    [{ until: "2031-03-02" }, false],
  ])("%o: %s", (asked, expected) => {
    expect(isAsked(said, asked)).toBe(expected);
  });

  test("what has no day is in no time", () => {
    expect(isAsked({ ...said, days: null }, { since: "2031-01-01" })).toBe(false);
  });
});
