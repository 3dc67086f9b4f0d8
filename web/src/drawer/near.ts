// Which incidents may be the same as one: those near it in time and place, the most alike first.

import type { Schema } from "../api";
import { addDays, daysBetween } from "../words/days";

type Card = Schema["Card"];
/** What incidents are compared by. */
export type Facts = Pick<Card, "id" | "type" | "quad" | "day" | "place" | "actors" | "recipients">;

/** So many days before and after, what is told may be the same: reports differ by a day or two. */
const DAYS = 3;

/** The filters that leave what happened about then, in that country. */
export function nearby(card: Pick<Card, "day" | "place">): { since?: string; until?: string; country?: string[] } {
  return {
    ...(card.day && { since: addDays(card.day, -DAYS), until: addDays(card.day, DAYS) }),
    ...(card.place?.country && { country: [card.place.country] }),
  };
}

/** The others, the most alike first: the same act by the same people at the same place on the same day. */
export function byLikeness<C extends Facts>(card: Facts, others: readonly C[]): C[] {
  const points = new Map(others.map((other) => [other.id, likeness(card, other)]));
  return others.filter((other) => other.id !== card.id).sort((a, b) => (points.get(b.id) ?? 0) - (points.get(a.id) ?? 0));
}

function likeness(one: Facts, other: Facts): number {
  const people = new Set([...one.actors, ...one.recipients]);
  const shared = [...other.actors, ...other.recipients].filter((name) => people.has(name)).length;
  const apart = one.day && other.day ? Math.abs(daysBetween(one.day, other.day)) : DAYS;
  return (
    (one.place && one.place.name === other.place?.name ? 3 : 0) +
    (one.type === other.type ? 2 : one.quad === other.quad ? 1 : 0) +
    Math.min(shared, 2) -
    Math.min(apart, DAYS) / 2
  );
}
