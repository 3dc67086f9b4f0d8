import { expect, test } from "vitest";

import { placeOn, strip } from "./strip";

const span = (first: string, last: string, holder: string | null = "A") => ({ days: { first, last }, holder, probability: 0.9 });

test("days are equally wide and both ends count", () => {
  const [a, b] = strip([span("2031-03-01", "2031-03-01"), span("2031-03-02", "2031-03-04")], "2031-03-01", "2031-03-04");
  expect([a?.left, a?.width, b?.left, b?.width]).toEqual([0, 25, 25, 75]);
});

test("what lies outside is cut off", () => {
  const found = strip([span("2031-02-01", "2031-02-20"), span("2031-02-25", "2031-03-01"), span("2031-03-02", "2032-01-01")], "2031-03-01", "2031-03-02");
  expect(found.map(({ left, width }) => [left, width])).toEqual([[0, 50], [50, 50]]);
});

test("a strip of no days is empty, not broken", () => {
  expect(strip([span("2031-03-01", "2031-03-02")], "2031-03-05", "2031-03-01")).toEqual([]);
  expect(strip([span("2031-03-01", "2031-03-02")], "", "")).toEqual([]);
});

test("a day stands in its middle", () => {
  expect(placeOn("2031-03-01", "2031-03-01", "2031-03-02")).toBe(25);
  expect(placeOn("2031-03-03", "2031-03-01", "2031-03-02")).toBeNull();
});

