import { expect, test } from "vitest";

import { Turns } from "./turns";

test("while one question is on its way the others wait, and only the last of them is asked", async () => {
  const turns = new Turns();
  const asked: number[] = [];
  const answers = new Map<number, (told: string) => void>();
  const ask = (day: number) => () => new Promise<string>((answer) => (asked.push(day), answers.set(day, answer)));
  let stop = new AbortController();
  const first = turns.take(ask(0), stop.signal);
  for (let day = 1; day <= 5; day += 1) {
    stop.abort();
    stop = new AbortController();
    if (day < 5) void turns.take(ask(day), stop.signal).then((told) => expect(told).toBeUndefined());
  }
  const last = turns.take(ask(5), stop.signal);
  expect(asked).toEqual([0]);
  answers.get(0)?.("the first");
  expect(await first).toBe("the first");
  await new Promise((done) => setTimeout(done));
  expect(asked).toEqual([0, 5]);
  answers.get(5)?.("the last");
  expect(await last).toBe("the last");
});

test("what fails gives the turn to the next", async () => {
  const turns = new Turns();
  const failing = turns.take(() => Promise.reject(new Error("no answer")), new AbortController().signal);
  const next = turns.take(() => Promise.resolve(2), new AbortController().signal);
  await expect(failing).rejects.toThrow("no answer");
  expect(await next).toBe(2);
});
