// What a report can work out by itself, where a server would be asked: who held what on a day, from the whole history.

import type { Schema } from "../api";

/** Who held each place on a day, as the history of all changes of hands has it; places of which nothing is told then are left out. */
export function standingsOn(history: Schema["ControlHistory"], day: string): Schema["PlaceStanding"][] {
  return history.places.flatMap((place) => {
    const span = place.spans.find(({ days }) => days.first <= day && day <= days.last);
    if (!span) return [];
    const { key, name, country, lat, lon, unit } = place;
    const { holder, probability } = span;
    return [{ key, name, country, lat, lon, unit, holder, probability, since: span.days.first, odds: [], contradicted: span.contradicted.length, sources: [] }];
  });
}

export interface StatementAsked {
  said_by?: string | undefined;
  stance?: string | undefined;
  direct?: string | undefined;
  outlet?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** Whether a statement is asked for, by the rules of the server: "=whole name" or words of it, whatever the case. */
export function isAsked(statement: Schema["Statement"], asked: StatementAsked): boolean {
  const { said_by, stance, direct, outlet, since, until } = asked;
  const name = statement.speaker.name;
  if (said_by?.startsWith("=") && name !== said_by.slice(1)) return false;
  if (said_by && !said_by.startsWith("=") && !within(said_by, name)) return false;
  if (stance && statement.stance !== stance) return false;
  if (direct && statement.direct !== (direct === "yes")) return false;
  if (outlet && statement.article.outlet?.toLowerCase() !== outlet.toLowerCase()) return false;
  if ((since || until) && !statement.days) return false;
  return !(since && statement.days && statement.days.last < since) && !(until && statement.days && statement.days.first > until);
}

function within(words: string, name: string): boolean {
  const folded = name.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => folded.includes(word));
}
