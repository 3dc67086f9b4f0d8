import { describe, expect, test } from "vitest";

import { byOutlet, copyOf, copyText } from "./outlets";

const article = (id: string, outlet: string | null, voice = id, day: string | null = "2031-03-04", text?: string) => ({
  id, outlet, voice, day, text,
});

describe("copyOf", () => {
  test("an article that nobody shares is its own", () => {
    expect(copyOf(article("a1", "Wire"), [article("a1", "Wire"), article("a2", "Post")])).toBeNull();
  });

  test("the later of two is the copy", () => {
    const [wire, post] = [article("a2", "Wire", "a1", "2031-03-03"), article("a1", "Post", "a1", "2031-03-04")];
    expect(copyOf(post, [wire, post])).toEqual({ outlet: "Wire", known: true });
    expect(copyOf(wire, [wire, post])).toBeNull();
  });

  test("whoever names the other in its first lines is the copy, even on one day and with the lesser id", () => {
    const post = article("a1", "Post", "a1", "2031-03-03", "KARSA (Wire) - Shells fell.");
    const wire = article("a2", "Wire", "a1", "2031-03-03", "KARSA (Wire) - Shells fell.");
    expect(copyOf(post, [post, wire])).toEqual({ outlet: "Wire", known: true });
    expect(copyOf(wire, [post, wire])).toBeNull();
  });

  test("on one day nobody knows, and one of them stays the first", () => {
    const pair = [article("a1", "Post", "v"), article("a2", "Echo", "v")] as const;
    expect(copyOf(pair[1], pair)).toEqual({ outlet: "Post", known: false });
    expect(copyOf(pair[0], pair)).toBeNull();
  });

  test("two versions of one outlet are no copies", () => {
    const pair = [article("a1", "Post", "v", "2031-03-03"), article("a2", "Post", "v")] as const;
    expect(copyOf(pair[1], pair)).toBeNull();
  });
});

describe("byOutlet", () => {
  test("one group for each outlet, copies last, articles by day", () => {
    const groups = byOutlet([
      article("a3", "Echo", "a1", "2031-03-05"), article("a2", "Wire", "a2", "2031-03-06"), article("a1", "Wire", "a1", "2031-03-04"),
    ]);
    expect(groups.map((group) => group.outlet)).toEqual(["Wire", "Echo"]);
    expect(groups[0]?.articles.map((each) => each.article.id)).toEqual(["a1", "a2"]);
    expect(groups[1]?.onlyCopies).toBe(true);
  });

  test("an outlet without a name has one all the same", () => {
    expect(byOutlet([article("a1", null)])[0]?.outlet).toBe("Outlet not known");
  });
});

test("copies are told apart from texts of which nobody knows whose they are", () => {
  expect(copyText({ outlet: "Wire", known: true })).toBe("Copy of Wire");
  expect(copyText({ outlet: "Wire", known: false })).toBe("Same text as Wire");
});
