import { describe, expect, test } from "vitest";

import { firstWord, pieces, plain, shownFields } from "./segments";

const segment = (text: string, fields: string[] = [], of: string[] = ["e1"]) => ({ text, fields, of });

describe("pieces", () => {
  test("add up to the text, whatever overlaps", () => {
    const segments = [segment("Rebels", ["actors"]), segment(" took "), segment("the hill fort", ["where"]), segment("."), segment("")];
    expect(plain(pieces(segments))).toBe("Rebels took the hill fort.");
  });

  test("label a field where it begins, not again where another one is nested in it", () => {
    const segments = [
      segment("they ", ["statement"]),
      segment("took", ["trigger", "statement"]),
      segment(" the ", ["statement"]),
      segment("pass", ["where", "statement"]),
    ];
    expect(pieces(segments).map((piece) => piece.opens)).toEqual([["statement"], ["trigger"], [], ["where"]]);
  });

  test("label a field again after a gap", () => {
    const segments = [segment("soldiers", ["actors"]), segment(" and "), segment("police", ["actors"])];
    expect(pieces(segments).map((piece) => piece.opens)).toEqual([["actors"], [], ["actors"]]);
  });

  test("show one event alone", () => {
    const segments = [segment("shelled", ["trigger"], ["e1"]), segment(" and "), segment("fled", ["trigger"], ["e2"])];
    expect(pieces(segments, "e1").map((piece) => piece.fields)).toEqual([["trigger"], [], []]);
  });

  test("join neighbours that do not differ", () => {
    expect(pieces([segment("a", ["when"]), segment("b", ["when"])])).toHaveLength(1);
  });

  test("keep text that no font can show apart from its marks", () => {
    const segments = [segment("\u202eevil\u202c 🕊️", ["actors"]), segment(" <script>")];
    expect(plain(pieces(segments))).toBe("\u202eevil\u202c 🕊️ <script>");
  });
});

test("a legend names what is there, in its own order", () => {
  const passages = [{ segments: [segment("x", ["where", "statement"]), segment("y", ["actors"])] }];
  expect(shownFields(passages, ["trigger", "actors", "where"])).toEqual(["actors", "where"]);
});

test.each([
  ["the hill fort", ["the", " hill fort"]],
  ["fort", ["fort", ""]],
  [" fort ", [" fort", " "]],
  ["", ["", ""]],
  ["\u{1F54A}".repeat(30), ["\u{1F54A}".repeat(24), "\u{1F54A}".repeat(6)]],
])("the first word of %j", (text, cut) => {
  expect(firstWord(text)).toEqual(cut);
});
