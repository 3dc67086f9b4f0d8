// The chosen values of an incident as the drawer lists them.

import type { Schema } from "../api";
import { capital, statusText, typeText } from "../words/codes";
import { spanText } from "../words/days";
import { countryName } from "../words/names";

const PLACE = /^(.*) \(([A-Z]{3})\)$/;
const SPAN = /^(\d{4}-\d{2}-\d{2})(?:(?: to |\.\.|\/)(\d{4}-\d{2}-\d{2}))?$/;

/** A value of an incident's choice in plain words: codes spelt out, days as newspapers write them. */
export function valueText(field: Schema["Choice"]["field"], value: string | null): string {
  if (value === null || value === "") return "Not told";
  if (field === "type") return typeText(...split(value));
  if (field === "status") return capital(statusText(value));
  if (field === "when") {
    const days = SPAN.exec(value);
    return days ? (spanText(days[1], days[2]) ?? value) : value;
  }
  const place = field === "where" ? PLACE.exec(value) : null;
  if (place) return [place[1], countryName(place[2])].filter((name, n, all) => n === 0 || name !== all[0]).join(", ");
  return value;
}

function split(value: string): [string, string | null] {
  const [type = value, mode = null] = value.split("/");
  return [type, mode];
}
