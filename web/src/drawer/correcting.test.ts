import { describe, expect, test } from "vitest";

import type { Schema } from "../api";
import { asParties, changed, draftOf } from "./correcting";

const event: Schema["EventDetail"] = {
  id: "e0000000000000001", type: "ASSAULT", mode: "aerial", quad: "material-conflict", status: "actual", trigger: "bombed", start: 0, end: 6,
  days: { first: "2031-03-04", last: "2031-03-05" },
  place: { name: "Karsa", country: "FRA", lat: 1, lon: 2, radius_km: 3, gazetteer_id: "geonames:1" },
  actors: [{ name: "air force", country: "FRA", sector: "MIL" }, { name: "Norland Front", country: null, sector: null }],
  recipients: [], said_by: [], deadline: null, control: null, quantities: [], confidence: 0.5, sense: "assault/bomb", corrected: 0, rejected: false,
};
const before = draftOf(event);

describe("changed", () => {
  test("nothing is sent where nothing was touched", () => {
    expect(changed(before, { ...before })).toEqual({});
  });

  test("a note alone is enough", () => {
    expect(changed(before, { ...before, note: " seen twice " })).toEqual({ note: "seen twice" });
  });

  test("another kind leaves the old mode to the server; a mode that is taken away is none", () => {
    expect(changed(before, { ...before, type: "COERCE", mode: "" })).toEqual({ type: "COERCE" });
    expect(changed(before, { ...before, mode: "" })).toEqual({ mode: "none" });
  });

  test("days are one day, a span or none", () => {
    expect(changed(before, { ...before, last: "2031-03-04" }).date).toBe("2031-03-04");
    expect(changed(before, { ...before, first: "2031-03-03" }).date).toBe("2031-03-03..2031-03-05");
    expect(changed(before, { ...before, first: "", last: "" }).date).toBe("none");
  });

  test("a place is sent with its country, so that the right one of that name is found", () => {
    expect(changed(before, { ...before, place: "Dol" })).toEqual({ place: "Dol", country: "France" });
    expect(changed(before, { ...before, place: " " })).toEqual({ place: "none" });
    expect(changed(before, { ...before, country: "Spain" })).toEqual({ place: "Karsa", country: "Spain" });
  });

  test("a country that is named without a place is sent", () => {
    expect(changed(before, { ...before, place: "", country: "Spain" })).toEqual({ place: "none", country: "Spain" });
    const nowhere = draftOf({ ...event, place: null });
    expect(changed(nowhere, { ...nowhere, country: "Spain" })).toEqual({ place: "none", country: "Spain" });
  });

  test("who keeps codes, and nobody is none", () => {
    expect(before.actors).toBe("air force:FRA:MIL\nNorland Front");
    expect(changed(before, { ...before, actors: "Norland Front\n\n" }).actors).toEqual(["Norland Front"]);
    expect(changed(before, { ...before, actors: "" }).actors).toEqual(["none"]);
  });

  test("who says so is sent outermost first, and a day that is taken away is none", () => {
    expect(changed(before, { ...before, saidBy: "Harbour Wire\n Ilan Doru ", deadline: "2031-05-01" })).toEqual({
      said_by: ["Harbour Wire", "Ilan Doru"], deadline: "2031-05-01",
    });
    const credited = draftOf({ ...event, said_by: ["Harbour Wire", "Ilan Doru"], deadline: "2031-05-01" });
    expect(credited.saidBy).toBe("Harbour Wire\nIlan Doru");
    expect(changed(credited, { ...credited, saidBy: "", deadline: "" })).toEqual({ said_by: ["none"], deadline: "none" });
  });
});

test("lines that name nobody are no parties", () => {
  expect(asParties(" a \n\n b")).toEqual(["a", "b"]);
});
