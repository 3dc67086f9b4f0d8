/** Who holds what on a day, from the history of control. */
import type { Schema } from "../api";

type History = Schema["ControlHistory"];

export interface Standing {
  side: string | null;
  places: number;
}

/** Who holds a place on a day: null where nobody is known to, undefined where nothing is told of it. */
export function holderOn(place: History["places"][number], day: string): string | null | undefined {
  const span = place.spans.find(({ days }) => days.first <= day && day <= days.last);
  return span ? span.holder : undefined;
}

/** How many places each side holds on a day, in the order of the sides; those that nobody is known to hold last. */
export function standings(history: History, day: string): Standing[] {
  const held = new Map<string | null, number>();
  for (const place of history.places) {
    const holder = holderOn(place, day);
    if (holder !== undefined) held.set(holder, (held.get(holder) ?? 0) + 1);
  }
  return [...history.sides, null].map((side) => ({ side, places: held.get(side) ?? 0 }));
}
