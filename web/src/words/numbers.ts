// Numbers as people read them: tolls with their spread, shares, counts with the right form of the noun.

export interface TollLike {
  what: string;
  low: number | null;
  best: number | null;
  high: number | null;
}

const grouped = new Intl.NumberFormat("en-GB");

/** "12,345". */
export function count(value: number): string {
  return grouped.format(value);
}

/** "1 article", "2 articles", "1 copy", "2 copies". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "19", "12–35", "at least 12", "at most 35"; null where nothing is known. */
export function rangeText(low: number | null | undefined, high: number | null | undefined): string | null {
  const a = low ?? null;
  const b = high ?? null;
  if (a === null && b === null) return null;
  if (a === null) return `at most ${count(b as number)}`;
  if (b === null) return `at least ${count(a)}`;
  return a === b ? count(a) : `${count(a)}–${count(b)}`;
}

/** "19 killed" where all agree, "19 killed (12–35 told)" where they do not; null where no number is told. */
export function tollText(toll: TollLike): string | null {
  const range = rangeText(toll.low, toll.high);
  if (toll.best === null) return range && `${range} ${toll.what}`;
  const best = `${count(toll.best)} ${toll.what}`;
  return isDisputed(toll) ? `${best} (${range} told)` : best;
}

/** Whether sources give different figures. */
export function isDisputed(toll: TollLike): boolean {
  return toll.low !== null && toll.high !== null && toll.low !== toll.high;
}

/** A share from 0 to 1 as "86 %"; never 0 or 100 unless it is exactly that. */
export function share(value: number): string {
  const percent = Math.round(value * 100);
  if (percent === 0 && value > 0) return "under 1\u00a0%";
  if (percent === 100 && value < 1) return "over 99\u00a0%";
  return `${percent}\u00a0%`;
}

/** How sure in a word, for those who do not read percentages. */
export function sureness(value: number): "very sure" | "fairly sure" | "unsure" | "doubtful" {
  if (value >= 0.9) return "very sure";
  if (value >= 0.7) return "fairly sure";
  return value >= 0.5 ? "unsure" : "doubtful";
}

/** Kilometres: "under 1 km", "7 km", "1,200 km". */
export function distance(km: number): string {
  return km < 1 ? "under 1 km" : `${count(Math.round(km))} km`;
}
