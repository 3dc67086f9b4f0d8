// Commitments in words, and how urgent they are.

import type { Schema } from "../api";
import { capital } from "../words/codes";
import { dayText, daysBetween } from "../words/days";
import { counted } from "../words/numbers";

export type Standing = Schema["Commitment"]["status"];

export const STANDINGS: Record<Standing, { label: string; tone: "plain" | "accent" | "warn" | "bad"; sign: string }> = {
  open: { label: "Open", tone: "plain", sign: "○" },
  moved: { label: "Moved", tone: "accent", sign: "→" },
  kept: { label: "Kept", tone: "accent", sign: "✓" },
  missed: { label: "Missed", tone: "warn", sign: "!" },
  broken: { label: "Broken", tone: "bad", sign: "✕" },
  disputed: { label: "Disputed", tone: "warn", sign: "?" },
};

export const KINDS: Record<Schema["Commitment"]["kind"], string> = {
  promise: "Promised", agreement: "Agreed", demand: "Demanded", plan: "Planned",
};

export const SAYS: Record<Schema["CommitmentEvidence"]["says"], string> = {
  made: "promises or plans it", due: "names the day", done: "tells it as done", denied: "denies it", broken: "tells of a breach", objection: "objects",
};

const WHAT: Record<string, string> = {
  ground: "Forces leave or take ground", release: "Prisoners go free", disarming: "Weapons are given up", truce: "Ceasefire", easing: "Relief",
  talks: "Talks", custody: "Arrests", cooperation: "Working together", support: "Support", readiness: "Forces made ready",
};

/** What is owed, from the family of acts that it belongs to. */
export function whatText(family: string): string {
  return WHAT[family] ?? capital(family.replaceAll(/[-_]/g, " "));
}

/** Whether a commitment is asked for: what came of it, words of somebody in it, due before a day. */
export function isAsked(item: Schema["Commitment"], asked: { status: readonly string[]; party?: string | undefined; due_before?: string | undefined }): boolean {
  const due = item.due.at(-1)?.day;
  const words = asked.party?.toLowerCase();
  if (asked.status.length && !asked.status.includes(item.status)) return false;
  if (asked.due_before && !(due && due < asked.due_before)) return false;
  return !words || [...item.debtors, ...item.creditors, ...item.objections].some((name) => name.toLowerCase().includes(words));
}

export interface DueText {
  now: string | null;
  /** The days named before, oldest first: it was moved from them. */
  before: string[];
}

const SAME_DAYS = 1; // as in data/commitments.toml: "the end of the month" and its last day are one

/** The day that stands and those that it was moved from; a day that was only named again is no move. */
export function dueText(due: readonly { day: string }[]): DueText {
  const days = due.map(({ day }) => day).filter((day, n, all) => n === 0 || Math.abs(daysBetween(all[n - 1] as string, day)) > SAME_DAYS);
  const now = days.at(-1) ?? null;
  return { now: now && dayText(now), before: days.slice(0, -1).map((day) => dayText(day)) };
}

/** How far a day is off: "in 3 days", "today", "2 days ago"; null where one of them is not known. */
export function offText(day: string | null | undefined, today: string | null | undefined): string | null {
  if (!day || !today) return null;
  const days = daysBetween(today, day);
  if (Number.isNaN(days)) return null;
  if (days === 0) return "on that day";
  return days > 0 ? `in ${counted(days, "day")}` : `${counted(-days, "day")} ago`;
}
