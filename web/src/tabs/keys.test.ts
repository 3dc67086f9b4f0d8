import { describe, expect, test } from "vitest";

import { deedOf, KEYS, settle } from "./keys";

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, defaultPrevented: false, ...more });
const body = [{ tag: "BODY" }];

describe("deedOf", () => {
  test("every key has its own deed", () => {
    expect(KEYS.map(({ key }) => deedOf(press(key), body))).toEqual(KEYS.map(({ deed }) => deed));
    expect(new Set(KEYS.map(({ key }) => key)).size).toBe(KEYS.length);
  });

  test.each([
    [{ tag: "INPUT" }], [{ tag: "INPUT", type: "search" }], [{ tag: "TEXTAREA" }], [{ tag: "SELECT" }], [{ tag: "DIALOG" }], [{ tag: "DIV", editable: true }],
  ])("a letter in %o is a letter", (field) => {
    expect(deedOf(press("a"), [{ tag: "SPAN" }, field, ...body])).toBeNull();
  });

  test("on a button or a checkbox the keys work", () => {
    expect(deedOf(press("a"), [{ tag: "BUTTON" }, ...body])).toBe("accept");
    expect(deedOf(press("a"), [{ tag: "INPUT", type: "checkbox" }, ...body])).toBe("accept");
  });

  test.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { defaultPrevented: true }])("not with %o", (more) => {
    expect(deedOf(press("a", more), body)).toBeNull();
  });

  test("a key held down moves and does nothing else", () => {
    expect(deedOf(press("j", { repeat: true }), body)).toBe("next");
    expect(deedOf(press("x", { repeat: true }), body)).toBeNull();
  });

  test("other keys are nobody's", () => {
    expect(deedOf(press("q"), body)).toBeNull();
    expect(deedOf(press("A"), body)).toBeNull();
  });
});

describe("settle", () => {
  test("stays with an item that is there", () => {
    expect(settle(["a", "b", "c"], "c", 0)).toBe(2);
  });
  test("takes what stands in the place of one that is gone", () => {
    expect(settle(["a", "c"], "b", 1)).toBe(1);
    expect(settle(["a"], "b", 1)).toBe(0);
    expect(settle([], "b", 1)).toBe(0);
  });
});
