import { expect, test } from "vitest";

import { loser, pointsText, reason } from "./reasons";

test.each([
  ["status", "told as fact", "told as a fact"],
  ["actors", "subject of the trigger; role body; weighed 0.43, in the article 0.57 (rules=actor +0.74)", "the subject of the sentence does it"],
  ["where", "tie clause in +5.0, country in-recipient +0.5", "the words tie this place to the act"],
  ["when", "the time hangs on it (weekday)", "the sentence dates the act itself"],
  ["said_by", "say: clause", "credited by the word “say”"],
  ["type", "coerce/catch", "the words tell of “catch”"],
  ["status", "agree to", "because of the words “agree to”"],
  ["actors", "weighed 0.38, in the article 0.37 (played=most +0.62)", "the likeliest of those whom the article names"],
  ["control", "win + area", "win + area"],
])("%s: %s", (field, why, text) => {
  expect(reason(field, why).text).toBe(text);
});

test("the reckoning is kept apart, never lost", () => {
  expect(reason("where", "tie clause in +5.0").detail).toBe("tie clause in +5.0");
  expect(reason("actors", "subject of the trigger; weighed 0.43").detail).toBe("subject of the trigger; weighed 0.43");
  expect(reason("status", "told as fact").detail).toBeNull();
});

test.each([
  ["Halvern (ATA) (+1.2)", { name: "Halvern", points: 1.2 }],
  ["no place (+1.9)", { name: "no place", points: 1.9 }],
  ["Anselm Roke", { name: "Anselm Roke", points: null }],
])("loser %s", (line, expected) => {
  expect(loser(line)).toEqual(expected);
});

test("points carry their sign", () => {
  expect([pointsText(1.3), pointsText(-3.8), pointsText(0)]).toEqual(["+1.3", "−3.8", "+0.0"]);
});
