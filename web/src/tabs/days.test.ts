import { describe, expect, test } from "vitest";

import { byDays, withoutDay, withoutSources } from "./days";

test("days in their order, the undated last, entries as they came", () => {
  const one = (day: string | null, n: number, last = day) => ({ day, days: day && last ? { first: day, last } : null, n });
  const entries = [
    one(null, 1), one("2031-03-05", 2), one("2031-03-04", 3, "2031-03-09"), one("2031-03-04", 4), one("2031-03-05", 5),
    { day: "2031-03-06", days: null, n: 6 },
  ];
  expect(byDays(entries).map(({ first, last, entries: found }) => [first, last, found.map(({ n }) => n)])).toEqual([
    ["2031-03-04", "2031-03-04", [4]], ["2031-03-04", "2031-03-09", [3]], ["2031-03-05", "2031-03-05", [2, 5]],
    ["2031-03-06", "2031-03-06", [6]], [null, null, [1]],
  ]);
});

describe("a sentence under its day", () => {
  test("does not say the day again", () => {
    expect(withoutDay("On 5 March 2031 rebels took Karsa, according to Post.")).toBe("Rebels took Karsa, according to Post.");
    expect(withoutDay("Between 3 March 2031 and 5 March 2031 rebels took Karsa.")).toBe("Rebels took Karsa.");
  });

  test("leaves its sources to the links, and keeps who denies it", () => {
    expect(withoutSources("Rebels took Karsa, according to Post, Wire and 2 others.")).toBe("Rebels took Karsa.");
    expect(withoutSources("Rebels took Karsa, according to Post (1 independent); others deny it.")).toBe("Rebels took Karsa; others deny it.");
    expect(withoutSources("Rebels took Karsa.")).toBe("Rebels took Karsa.");
  });
});
