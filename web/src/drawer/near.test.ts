import { describe, expect, test } from "vitest";

import { byLikeness, type Facts, nearby } from "./near";

const place = (name: string, country = "ATA") => ({ name, country, lat: 1, lon: 2, radius_km: 5, gazetteer_id: null });
const card = (id: string, more: Partial<Facts> = {}): Facts => ({
  id, type: "ASSAULT", quad: "material-conflict", day: "2031-03-04", place: place("Orvane"), actors: ["Kesht Front"], recipients: [], ...more,
}); // prettier-ignore

describe("nearby", () => {
  test("some days around, in its country", () => {
    expect(nearby(card("i1"))).toEqual({ since: "2031-03-01", until: "2031-03-07", country: ["ATA"] });
  });
  test("what is not known narrows nothing", () => {
    expect(nearby({ day: null, place: null })).toEqual({});
  });
});

describe("byLikeness", () => {
  test("the same act at the same place comes first, itself never", () => {
    const far = card("i4", { place: place("Talma"), type: "CONSULT", quad: "verbal-cooperation", actors: [], day: "2031-03-06" });
    const sameDay = card("i2", { place: place("Talma") });
    const sameAll = card("i3");
    expect(byLikeness(card("i1"), [far, sameDay, card("i1"), sameAll]).map(({ id }) => id)).toEqual(["i3", "i2", "i4"]);
  });
  test("what has no day counts as far", () => {
    expect(byLikeness(card("i1"), [card("i2", { day: null }), card("i3", { day: "2031-03-05" })]).map(({ id }) => id)).toEqual(["i3", "i2"]);
  });
});
