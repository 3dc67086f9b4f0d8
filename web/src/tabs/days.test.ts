import { describe, expect, test } from "vitest";

import { byDay, withoutDay, withoutSources } from "./days";

test("days in their order, the undated last, entries as they came", () => {
  const entries = [
    { day: null, n: 1 }, { day: "2031-03-05", n: 2 }, { day: "2031-03-04", n: 3 }, { day: "2031-03-05", n: 4 },
  ];
  expect(byDay(entries).map(({ day, entries: found }) => [day, found.map(({ n }) => n)])).toEqual([
    ["2031-03-04", [3]], ["2031-03-05", [2, 4]], [null, [1]],
  ]);
});

describe("a sentence under its day", () => {
  test("does not say the day again", () => {
    expect(withoutDay("On 5 March 2031 rebels took Karsa, according to Post.")).toBe("Rebels took Karsa, according to Post.");
    expect(withoutDay("Between 3 March 2031 and 5 March 2031 rebels took Karsa.")).toBe("Between 3 March 2031 and 5 March 2031 rebels took Karsa.");
  });

  test("leaves its sources to the links, and keeps who denies it", () => {
    expect(withoutSources("Rebels took Karsa, according to Post, Wire and 2 others.")).toBe("Rebels took Karsa.");
    expect(withoutSources("Rebels took Karsa, according to Post (1 independent); others deny it.")).toBe("Rebels took Karsa; others deny it.");
    expect(withoutSources("Rebels took Karsa.")).toBe("Rebels took Karsa.");
  });
});
