import { describe, expect, test } from "vitest";

import { quadOf, statusText, typeText } from "./codes";
import { addDays, dayText, daysBetween, lengthText, momentText, spanText, weekday } from "./days";
import { actorKind, countryName, listed, sideName, learnCountries } from "./names";
import { counted, distance, isDisputed, rangeText, share, sureness, tollText } from "./numbers";
import { inOrder, titleText } from "./text";

describe("days", () => {
  test.each([
    ["2031-03-03", "2031-03-03", "3 March 2031"],
    ["2031-03-03", "2031-03-05", "3–5 March 2031"],
    ["2031-02-27", "2031-03-02", "27 February – 2 March 2031"],
    ["2030-12-30", "2031-01-02", "30 December 2030 – 2 January 2031"],
    ["2032-02-01", "2032-02-29", "February 2032"],
    ["2031-02-01", "2031-02-27", "1–27 February 2031"],
    ["2031-01-01", "2031-12-31", "2031"],
    ["2031-01-01", "2031-03-31", "1 January – 31 March 2031"],
    [null, "2031-03-05", "5 March 2031"],
    ["whenever", "2031-03-05", "whenever"],
  ])("%s to %s is %s", (from, to, text) => {
    expect(spanText(from, to)).toBe(text);
  });

  test("nothing is known of nothing", () => {
    expect(spanText(null, undefined)).toBeNull();
  });

  test("short and without a year", () => {
    expect(dayText("2031-09-03", { short: true, year: false })).toBe("3 Sep");
    expect(dayText("2031-13-40")).toBe("2031-13-40");
  });

  test("reckoning does not mind months, leap years or the clock's zone", () => {
    expect(daysBetween("2032-02-28", "2032-03-01")).toBe(2);
    expect(addDays("2032-02-28", 2)).toBe("2032-03-01");
    expect(addDays("2031-01-01", -1)).toBe("2030-12-31");
    expect(weekday("2031-03-03")).toBe("Monday");
  });

  test("moments and lengths", () => {
    expect(momentText("2026-11-27T04:40:34Z")).toBe("27 November 2026, 04:40 UTC");
    expect(lengthText("2026-11-27T04:40:34Z", "2026-11-27T04:41:14Z")).toBe("40 s");
    expect(lengthText("2026-11-27T04:00:00Z", "2026-11-27T07:05:00Z")).toBe("3 h 5 min");
    expect(lengthText("2026-11-27T04:00:00Z", null)).toBeNull();
  });
});

describe("numbers", () => {
  test("tolls say how far sources are apart", () => {
    expect(tollText({ what: "killed", low: 12, best: 19, high: 35 })).toBe("19 killed (12–35 told)");
    expect(tollText({ what: "killed", low: 19, best: 19, high: 19 })).toBe("19 killed");
    expect(tollText({ what: "killed", low: 12, best: null, high: null })).toBe("at least 12 killed");
    expect(tollText({ what: "killed", low: null, best: null, high: null })).toBeNull();
    expect(isDisputed({ what: "killed", low: null, best: 3, high: 4 })).toBe(false);
  });

  test("ranges", () => {
    expect([rangeText(1200, 1200), rangeText(null, 30), rangeText(0, null)]).toEqual(["1,200", "at most 30", "at least 0"]);
  });

  test("a share is never rounded to a certainty", () => {
    expect([share(0.999), share(0.001), share(1), share(0), share(0.861)]).toEqual(["over 99\u00a0%", "under 1\u00a0%", "100\u00a0%", "0\u00a0%", "86\u00a0%"]);
    expect(sureness(0.49)).toBe("doubtful");
  });

  test("counts", () => {
    expect([counted(1, "copy", "copies"), counted(2, "copy", "copies"), counted(1234, "article")]).toEqual([
      "1 copy", "2 copies", "1,234 articles",
    ]);
    expect([distance(0.4), distance(1234.4)]).toEqual(["under 1 km", "1,234 km"]);
  });
});

describe("names", () => {
  test("of many the first, and how many more", () => {
    expect([listed([]), listed(["A"]), listed(["A", "B", "A"]), listed(["A", "B", "C"]), listed(["A", "B", "C", "D"])]).toEqual([
      "", "A", "A and B", "A, B and C", "A, B and 2 others",
    ]);
  });

  test("sides without codes", () => {
    expect(sideName("AFG government")).toBe("Government of Afghanistan");
    expect(sideName("Kesht Front")).toBe("Kesht Front");
    expect(sideName(null)).toBe("nobody is known");
  });

  test("countries and bodies", () => {
    expect([countryName("FRA"), countryName("UNO"), countryName("ZZZ"), countryName(null)]).toEqual([
      "France", "United Nations", "ZZZ", null,
    ]);
    expect(actorKind({ name: "x", country: "MLI", sector: "REB" })).toBe("armed group, Mali");
    expect(actorKind({ name: "Police", country: "MLI", sector: "COP" })).toBe("Mali");
    expect(actorKind({ name: "United Nations", country: "UNO", sector: null })).toBe("");
  });
});

test("no code is left as it is spelt", () => {
  expect(typeText("ASSAULT", "aerial")).toBe("Attack: from the air");
  expect(typeText("COERCE", "curfew")).toBe("Force without violence: curfew");
  expect(typeText("NEW_KIND")).toBe("New kind");
  expect(statusText("negated")).toBe("said not to have happened");
  expect([quadOf("AID"), quadOf("NEW_KIND")]).toEqual(["material-cooperation", null]);
});

describe("countries of the user's own", () => {
  test("are called as the server calls them; the others stay as they are", () => {
    expect(countryName("XLV")).toBe("XLV");
    learnCountries([{ code: "XLV", name: "Lorvania" }, { code: "AFG", name: "Elsewhere" }]);
    expect(countryName("XLV")).toBe("Lorvania");
    expect(sideName("XLV government")).toBe("Government of Lorvania");
    expect(countryName("AFG")).toBe("Afghanistan");
  });
});

test("what would turn letters around is a sign of the same length", () => {
  expect(inOrder("a\u202egnp.exe\u202c قالت")).toBe("a\ufffdgnp.exe\u202c قالت");
  expect(titleText("\u202dwar")).toBe("\ufffdwar");
  expect(titleText(null)).toBe("Article without a title");
});
