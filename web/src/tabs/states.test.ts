import { expect, test } from "vitest";
import { stateOf } from "./states";

test("what cannot be told from here is no failure", () => {
  expect(stateOf("running or killed")).toEqual({ label: "Running, or stopped before its end", tone: "warn" });
});

test("what ended a run is said", () => {
  expect(stateOf("done").label).toBe("Done");
  expect(stateOf("database or disk is full")).toEqual({ label: "Failed: database or disk is full", tone: "bad" });
});
