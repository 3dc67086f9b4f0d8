// Entries of a timeline by month and day.

export interface DayGroup<E> {
  /** null: nobody tells a day. */
  day: string | null;
  entries: E[];
}

/** Entries in their order, those of one day together; those without a day last. */
export function byDay<E extends { day: string | null }>(entries: readonly E[]): DayGroup<E>[] {
  const groups = new Map<string, DayGroup<E>>();
  for (const entry of entries) {
    const key = entry.day ?? "";
    const group = groups.get(key) ?? { day: entry.day, entries: [] };
    group.entries.push(entry);
    groups.set(key, group);
  }
  const dated = [...groups.values()].filter((group) => group.day !== null);
  const undated = groups.get("");
  return [...dated.sort((a, b) => (a.day ?? "").localeCompare(b.day ?? "")), ...(undated ? [undated] : [])];
}

/** The sentence without the day that it begins with ("On 5 March 2031 …"): under a heading of that day it says nothing new. */
export function withoutDay(sentence: string): string {
  const rest = sentence.replace(/^(?:On|By) \d{1,2} [A-Z][a-z]+ \d{4} /, "");
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** The sentence without the sources that it ends with, where they stand beside it as links; what follows them stays. */
export function withoutSources(sentence: string): string {
  return sentence.replace(/, according to [^;]*?(; [^;]*)?\.$/, "$1.");
}
