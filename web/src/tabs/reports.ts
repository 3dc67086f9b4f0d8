// What articles tell of who held a place: the several readings of one sentence put together.

import { dayText } from "../words/days";

export interface ReportLike {
  day: string;
  told_on: string;
  side: string;
  holds: boolean;
  kind: string;
  words: string;
  source: { outlet: string; url: string | null };
}

const KINDS: Record<string, string> = {
  capture: "takes it",
  loss: "loses it",
  before: "until then",
  plan: "is to leave or take it",
  denial: "by a denial",
  passing: "said in passing",
};

export type Says = (name: (side: string) => string) => string;

/** One for each sentence of an article, with all that it says of who held the place. */
export function together<R extends ReportLike>(reports: readonly R[]): (R & { says: Says[] })[] {
  const found = new Map<string, R & { says: Says[] }>();
  for (const report of reports) {
    const key = `${report.source.outlet} ${report.told_on} ${report.words}`;
    const one = found.get(key) ?? { ...report, says: [] };
    const kind = KINDS[report.kind];
    one.says.push(
      (name) => `${name(report.side)} ${report.holds ? "held" : "did not hold"} it on ${dayText(report.day, { year: false })}${kind ? ` (${kind})` : ""}`,
    );
    found.set(key, one);
  }
  return [...found.values()];
}
