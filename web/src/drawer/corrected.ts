// Values of corrections, as the ledger keeps them, in words.

import { STATUSES, TYPES, typeText } from "../words/codes";
import { dayText } from "../words/days";
import { countryName, listed } from "../words/names";

/** A corrected value: codes spelt out, lists of actors as names, nothing as "nothing". */
export function correctedText(field: string, value: string | null): string {
  if (value === null || value === "") return field === "said_by" ? "nobody" : "nothing";
  if (field === "rejected") return "left out of every answer";
  if (field === "type" && TYPES[value]) return typeText(value);
  if (field === "status") return STATUSES[value] ?? value;
  if (field === "country" || field === "speaker_country") return countryName(value) ?? value;
  if (field === "actors" || field === "recipients") return names(value);
  if (field === "said_by") return value.split("; ").join(", who leans on ");
  if (/^date|deadline/.test(field)) return dayText(value);
  return value;
}

function names(value: string): string {
  try {
    const parties = JSON.parse(value) as { name?: unknown }[];
    return listed(parties.map((party) => String(party.name ?? "")), 6) || "nobody";
  } catch {
    return value;
  }
}
