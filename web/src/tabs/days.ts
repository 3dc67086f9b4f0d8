// Entries of a timeline by day, or by the days between which they took place.

export interface DayGroup<E> {
  /** null: nobody tells a day. */
  first: string | null;
  /** The same as the first where it is one day. */
  last: string | null;
  entries: E[];
}

export interface Dated {
  day: string | null;
  days: { first: string; last: string } | null;
}

/** Entries in their order, those of the same days together: by the first day, one day before several; those without a day last. */
export function byDays<E extends Dated>(entries: readonly E[]): DayGroup<E>[] {
  const groups = new Map<string, DayGroup<E>>();
  for (const entry of entries) {
    const { first, last } = entry.days ?? { first: entry.day, last: entry.day };
    const key = first && last ? `${first} ${last}` : "without";
    const group = groups.get(key) ?? { first, last, entries: [] };
    group.entries.push(entry);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

const DATE = /\d{1,2} [A-Z][a-z]+ \d{4}/.source;
const DAYS = new RegExp(`^(?:On|By) ${DATE} |^Between ${DATE} and ${DATE} `);

/** The sentence without the days that it begins with ("On 5 March 2031 …"): under a heading of those it says nothing new. */
export function withoutDay(sentence: string): string {
  const rest = sentence.replace(DAYS, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** The sentence without the sources that it ends with, where they stand beside it as links; what follows them stays. */
export function withoutSources(sentence: string): string {
  return sentence.replace(/, according to [^;]*?(; [^;]*)?\.$/, "$1.");
}
