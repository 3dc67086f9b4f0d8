import { expect, test } from "vitest";

import type { Schema } from "../api";
import { dueText, isAsked, offText, whatText } from "./commitments";

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

test.each([
  [{ status: [] }, true],
  [{ status: ["kept", "moved"] }, true],
  [{ status: ["open"] }, false],
  [{ status: [], party: "front" }, true],
  [{ status: [], party: "army" }, false],
  [{ status: [], due_before: "2031-03-21" }, true],
  [{ status: [], due_before: "2031-03-20" }, false],
])("asked for %o: %s", (asked, expected) => {
  const item: Schema["Commitment"] = {
    id: "c1", kind: "promise", what: "ground", status: "moved", why: "", debtors: ["Norland Front"], creditors: [], place: null, since: null,
    due: [{ day: "2031-03-12", told_on: null, by: [], event: "e1" }, { day: "2031-03-20", told_on: null, by: [], event: "e2" }],
    text: "", objections: [], evidence: [],
  };
  expect(isAsked(item, asked)).toBe(expected);
});
