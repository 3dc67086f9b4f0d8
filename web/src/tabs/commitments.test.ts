import { expect, test } from "vitest";

import { dueText, offText, whatText } from "./commitments";

const due = (...days: string[]) => days.map((day) => ({ day }));

test("a day that is named twice was not moved", () => {
  expect(dueText(due("2031-03-08", "2031-03-08"))).toEqual({ now: "8 March 2031", before: [] });
});

test("midnight is no move", () => {
  expect(dueText(due("2031-03-30", "2031-03-31")).before).toEqual([]);
});

test("what it was moved from stays, in the order of telling", () => {
  expect(dueText(due("2031-03-15", "2031-03-20", "2031-03-18"))).toEqual({ now: "18 March 2031", before: ["15 March 2031", "20 March 2031"] });
});

test("nothing due", () => {
  expect(dueText([])).toEqual({ now: null, before: [] });
});

test.each([
  ["2031-03-19", "in 3 days"], ["2031-03-17", "in 1 day"], ["2031-03-16", "on that day"], ["2031-03-15", "1 day ago"], [null, null],
])("%s seen from 16 March is %s", (day, text) => {
  expect(offText(day, "2031-03-16")).toBe(text);
});

test("families of acts have words, unknown ones lose their spelling", () => {
  expect([whatText("truce"), whatText("hand_over")]).toEqual(["Ceasefire", "Hand over"]);
});
