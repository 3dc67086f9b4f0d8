// Days and spans of days as newspapers write them. A day is "YYYY-MM-DD"; spans include both ends.

const MONTHS = [
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MS_A_DAY = 86_400_000;

interface Parts {
  year: number;
  month: number;
  day: number;
}

function parts(day: string): Parts | null {
  const found = DAY.exec(day.slice(0, 10));
  if (!found) return null;
  const month = Number(found[2]);
  return month >= 1 && month <= 12 ? { year: Number(found[1]), month, day: Number(found[3]) } : null;
}

function monthOf(month: number, short: boolean): string {
  const name = MONTHS[month - 1] ?? "";
  return short ? name.slice(0, 3) : name;
}

function lastOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** "3 March 2031"; what is no day is given back as it is. */
export function dayText(day: string, options: { short?: boolean; year?: boolean } = {}): string {
  const at = parts(day);
  if (!at) return day;
  const named = `${at.day} ${monthOf(at.month, options.short ?? false)}`;
  return options.year === false ? named : `${named} ${at.year}`;
}

/** "3–5 March 2031", "28 February – 2 March 2031", "March 2031", "2031"; null where neither end is known. */
export function spanText(from: string | null | undefined, to: string | null | undefined, short = false): string | null {
  const first = from ?? to;
  const last = to ?? from;
  if (!first || !last) return null;
  const a = parts(first);
  const b = parts(last);
  if (!a || !b || first === last) return dayText(first, { short });
  const wholeMonths = a.day === 1 && b.day === lastOf(b.year, b.month);
  if (wholeMonths && a.year === b.year) {
    if (a.month === 1 && b.month === 12) return `${a.year}`;
    if (a.month === b.month) return `${monthOf(a.month, short)} ${a.year}`;
  }
  if (a.year !== b.year) return `${dayText(first, { short })} – ${dayText(last, { short })}`;
  if (a.month !== b.month) return `${dayText(first, { short, year: false })} – ${dayText(last, { short })}`;
  return `${a.day}–${b.day} ${monthOf(a.month, short)} ${a.year}`;
}

/** The moment of an ISO time as "27 November 2026, 04:40 UTC"; what is no time is given back as it is. */
export function momentText(moment: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  const iso = at.toISOString();
  return `${dayText(iso)}, ${iso.slice(11, 16)} UTC`;
}

/** How long from one moment to another: "40 s", "2 min", "3 h 5 min"; null where one is not known or they are the wrong way round. */
export function lengthText(from: string | null | undefined, to: string | null | undefined): string | null {
  if (!from || !to) return null;
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  if (!Number.isFinite(seconds) || seconds < 0) return null;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
}

/** Whole days from one day to another; NaN where one is no day. */
export function daysBetween(from: string, to: string): number {
  const a = parts(from);
  const b = parts(to);
  if (!a || !b) return Number.NaN;
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / MS_A_DAY);
}

/** The day so many days later (or earlier). */
export function addDays(day: string, days: number): string {
  const at = parts(day);
  if (!at) return day;
  return new Date(Date.UTC(at.year, at.month - 1, at.day + days)).toISOString().slice(0, 10);
}

/** "Monday"; empty where it is no day. */
export function weekday(day: string): string {
  const at = parts(day);
  if (!at) return "";
  const names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  return names[new Date(Date.UTC(at.year, at.month - 1, at.day)).getUTCDay()] ?? "";
}
