// What a person changes in a form -> the fields that the server is sent; what was not touched is not sent.

import type { Schema } from "../api";
import { countryName } from "../words/names";

export interface Draft {
  type: string;
  mode: string;
  status: string;
  first: string;
  last: string;
  place: string;
  country: string;
  /** One a line: a name, or NAME:COUNTRY:SECTOR as the ledger keeps it. */
  actors: string;
  recipients: string;
  /** Whom the report credits, one a line, outermost first. */
  saidBy: string;
  deadline: string;
  note: string;
}

/** A form filled with what an event says now. */
export function draftOf(event: Schema["EventDetail"]): Draft {
  return {
    type: event.type,
    mode: event.mode ?? "",
    status: event.status,
    first: event.days?.first ?? "",
    last: event.days?.last ?? "",
    place: event.place?.name ?? "",
    country: countryName(event.place?.country) ?? "",
    actors: event.actors.map(written).join("\n"),
    recipients: event.recipients.map(written).join("\n"),
    saidBy: event.said_by.join("\n"),
    deadline: event.deadline ?? "",
    note: "",
  };
}

/** The fields that differ, as the API takes them. An emptied field says "none". */
export function changed(before: Draft, now: Draft): Schema["CorrectionRequest"] {
  const sent: Schema["CorrectionRequest"] = {};
  if (now.type !== before.type) sent.type = now.type;
  if (now.mode !== before.mode && !(now.mode === "" && now.type !== before.type)) sent.mode = now.mode || "none";
  if (now.status !== before.status) sent.status = now.status;
  if (now.first !== before.first || now.last !== before.last) sent.date = days(now);
  const [place, country] = [now.place.trim(), now.country.trim()];
  const moved = place !== before.place || country !== before.country;
  if (moved) sent.place = place || "none";
  // A place that is taken away takes its country along, unless another country is named in its stead.
  if (moved && country && (place || country !== before.country)) sent.country = country;
  if (now.actors !== before.actors) sent.actors = parties(now.actors);
  if (now.recipients !== before.recipients) sent.recipients = parties(now.recipients);
  if (now.saidBy !== before.saidBy) sent.said_by = parties(now.saidBy);
  if (now.deadline !== before.deadline) sent.deadline = now.deadline || "none";
  if (now.note.trim()) sent.note = now.note.trim();
  return sent;
}

/** The lines that name somebody. */
export function asParties(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter(Boolean);
}

function parties(text: string): string[] {
  const named = asParties(text);
  return named.length ? named : ["none"];
}

function days({ first, last }: Draft): string {
  if (!first && !last) return "none";
  return first && last && first !== last ? `${first}..${last}` : first || last;
}

function written({ name, country, sector }: Schema["Party"]): string {
  if (sector) return `${name}:${country ?? ""}:${sector}`;
  return country ? `${name}:${country}` : name;
}
