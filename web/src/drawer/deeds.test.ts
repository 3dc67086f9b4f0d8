import { expect, test } from "vitest";
import { type Deed, standing } from "./deeds";

const deed = (corrections: string[], decisions: number[] = []): Deed => ({ text: "Corrected.", undo: { corrections, decisions }, about: null });

test("what was taken back from the history cannot be taken back once more", () => {
  const [one, two, three] = [deed(["c1"]), deed(["c2", "c3"]), deed([], [7])];
  expect(standing([one, two, three], { corrections: ["c1"], decisions: [] })).toEqual([two, three]);
  expect(standing([one, two, three], { corrections: ["c2"], decisions: [] })).toEqual([one, two, three]);
  expect(standing([one, two, three], { corrections: ["c3", "c2"], decisions: [7] })).toEqual([one]);
});
