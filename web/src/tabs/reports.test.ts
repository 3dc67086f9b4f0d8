import { expect, test } from "vitest";

import { together } from "./reports";

const report = (side: string, holds: boolean, words = "Rebels took Karsa.", outlet = "Post") => ({
  day: "2031-03-04", told_on: "2031-03-05", side, holds, kind: "capture", words, source: { outlet, url: null },
});

test("one sentence that says two things is quoted once", () => {
  const found = together([report("Norland Front", true), report("FRA government", false), report("Norland Front", true, "Karsa fell.")]);
  expect(found.map((each) => each.words)).toEqual(["Rebels took Karsa.", "Karsa fell."]);
  expect(found[0]?.says.map((says) => says((side) => side))).toEqual([
    "Norland Front held it on 4 March (takes it)", "FRA government did not hold it on 4 March (takes it)",
  ]);
});

test("the same sentence of another outlet is another report", () => {
  expect(together([report("Norland Front", true), report("Norland Front", true, undefined, "Wire")])).toHaveLength(2);
});
