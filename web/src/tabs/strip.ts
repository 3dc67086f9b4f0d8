// The history of a place as a strip: spans of days -> shares of its width.

import { daysBetween } from "../words/days";

export interface SpanLike {
  days: { first: string; last: string };
  holder: string | null;
  probability: number;
}

export interface Piece<S extends SpanLike> {
  span: S;
  /** Shares of the whole width, in percent. */
  left: number;
  width: number;
}

/** The pieces of a strip that goes from one day to another, both inclusive; what lies outside is cut off. */
export function strip<S extends SpanLike>(spans: readonly S[], first: string, last: string): Piece<S>[] {
  const whole = daysBetween(first, last) + 1;
  if (!(whole > 0)) return [];
  return spans.flatMap((span) => {
    const from = Math.max(0, daysBetween(first, span.days.first));
    const to = Math.min(whole, daysBetween(first, span.days.last) + 1);
    return to > from ? [{ span, left: (from / whole) * 100, width: ((to - from) / whole) * 100 }] : [];
  });
}

/** Where a day stands on such a strip, in percent (its middle); null where it lies outside. */
export function placeOn(day: string, first: string, last: string): number | null {
  const whole = daysBetween(first, last) + 1;
  const at = daysBetween(first, day) + 0.5;
  return at > 0 && at < whole ? (at / whole) * 100 : null;
}
