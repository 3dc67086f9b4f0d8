/** Days of the histogram gathered into bars: days, weeks, months or years, whichever keeps the bars wide enough to see. */
import type { Schema } from "../api";
import type { Quad } from "../words/codes";
import { addDays, daysBetween } from "../words/days";

export type Grain = "day" | "week" | "month" | "year";
export const QUAD_ORDER: readonly Quad[] = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];

export interface Bin {
  /** First and last day. */
  from: string;
  to: string;
  /** Incidents by class, in the order of QUAD_ORDER. */
  counts: [number, number, number, number];
  total: number;
}

/** The finest grain by which a span of days makes no more than so many bars. */
export function grainFor(days: number, most: number): Grain {
  if (days <= most) return "day";
  if (days / 7 <= most) return "week";
  if (days / 30 <= most) return "month";
  return "year";
}

/** First day of the bar in which a day falls; weeks begin on Monday. */
export function startOf(day: string, grain: Grain): string {
  if (grain === "day") return day;
  if (grain === "month") return `${day.slice(0, 7)}-01`;
  if (grain === "year") return `${day.slice(0, 4)}-01-01`;
  const since = daysBetween("1970-01-05", day); // a Monday
  return addDays(day, -(((since % 7) + 7) % 7));
}

/** Last day of the bar that begins on a day. */
export function endOf(start: string, grain: Grain): string {
  if (grain === "day") return start;
  if (grain === "week") return addDays(start, 6);
  const [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))];
  const next = grain === "year" ? `${year + 1}-01-01` : month === 12 ? `${year + 1}-01-01` : `${start.slice(0, 5)}${String(month + 1).padStart(2, "0")}-01`;
  return addDays(next.padStart(10, "0"), -1);
}

/** The counts by class, in the order of QUAD_ORDER. */
function columnsOf(histogram: Schema["Histogram"]): number[][] {
  return [histogram.verbal_cooperation, histogram.material_cooperation, histogram.verbal_conflict, histogram.material_conflict];
}

function totalOf(histogram: Schema["Histogram"], n: number): number {
  return columnsOf(histogram).reduce((sum, column) => sum + (column[n] ?? 0), 0);
}

/**
 * The days between which nearly all incidents lie (all but a twentieth), where a few strays make the whole span more than thrice as
 * long; null where the days lie close enough together to show them all.
 */
export function coreOf(histogram: Schema["Histogram"]): [first: string, last: string] | null {
  const { days } = histogram;
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const totals = days.map((_, n) => totalOf(histogram, n));
  const most = Math.floor(totals.reduce((a, b) => a + b, 0) / 20);
  let [from, to, left] = [0, days.length - 1, most];
  // Whichever end stands further off goes first, as long as what is dropped is little enough.
  while (from < to) {
    const [gapBefore, gapAfter] = [daysBetween(days[from] ?? "", days[from + 1] ?? ""), daysBetween(days[to - 1] ?? "", days[to] ?? "")];
    const before = gapBefore >= gapAfter;
    const cost = (before ? totals[from] : totals[to]) ?? 0;
    if (cost > left) break;
    left -= cost;
    if (before) from++;
    else to--;
  }
  const [coreFirst, coreLast] = [days[from] ?? first, days[to] ?? last];
  return daysBetween(first, last) + 1 > 3 * (daysBetween(coreFirst, coreLast) + 1) ? [coreFirst, coreLast] : null;
}

/** The histogram without the days outside a span, and how many incidents lay before and after it. */
export function within(histogram: Schema["Histogram"], [first, last]: readonly [string, string]): { inside: Schema["Histogram"]; before: number; after: number } {
  const kept: number[] = [];
  let [before, after] = [0, 0];
  histogram.days.forEach((day, n) => {
    const total = totalOf(histogram, n);
    if (day < first) before += total;
    else if (day > last) after += total;
    else kept.push(n);
  });
  const pick = <T>(column: readonly T[]) => kept.map((n) => column[n] as T);
  return {
    inside: {
      days: pick(histogram.days),
      verbal_cooperation: pick(histogram.verbal_cooperation),
      material_cooperation: pick(histogram.material_cooperation),
      verbal_conflict: pick(histogram.verbal_conflict),
      material_conflict: pick(histogram.material_conflict),
      undated: histogram.undated,
    },
    before,
    after,
  };
}

/** All bars from the first day to the last, empty ones too. */
export function binsOf(histogram: Schema["Histogram"], most: number): { bins: Bin[]; grain: Grain } {
  const [first, last] = [histogram.days[0], histogram.days.at(-1)];
  if (!first || !last) return { bins: [], grain: "day" };
  const grain = grainFor(daysBetween(first, last) + 1, most);
  const bins: Bin[] = [];
  const at = new Map<string, Bin>();
  for (let from = startOf(first, grain); from <= last; from = addDays(endOf(from, grain), 1)) {
    const bin: Bin = { from, to: endOf(from, grain), counts: [0, 0, 0, 0], total: 0 };
    bins.push(bin);
    at.set(from, bin);
  }
  const columns = columnsOf(histogram);
  histogram.days.forEach((day, n) => {
    const bin = at.get(startOf(day, grain));
    if (!bin) return;
    columns.forEach((column, quad) => {
      const more = column[n] ?? 0;
      bin.counts[quad as 0 | 1 | 2 | 3] += more;
      bin.total += more;
    });
  });
  return { bins, grain };
}

/** Bars at which a label stands: so many at most, and evenly spaced. */
export function ticks(count: number, most: number): number[] {
  if (count <= 0) return [];
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / step) }, (_, n) => n * step);
}

/** The next round number at or above: 1, 2, 5, 10, 20, … */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= value) ?? 1;
}
