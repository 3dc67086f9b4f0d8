// What sources disagree on, side by side: one row for each field that has more than one value.

import type { Schema } from "../api";
import { capital, fieldText } from "../words/codes";
import { valueText } from "./facts";

export interface Voice {
  value: string;
  by: readonly string[];
  /** Whether it is the value that the incident shows. */
  chosen: boolean;
}

export interface Disagreement {
  what: string;
  voices: Voice[];
}

type Told = Pick<Schema["Incident"], "choices" | "tolls" | "claims" | "tellings">;

/** Every disagreement of an incident: figures first, then claims and denials, then other fields. */
export function disagreements(incident: Told): Disagreement[] {
  const figures = incident.tolls
    .filter((toll) => toll.said.length > 1)
    .map((toll) => ({
      what: `How many ${toll.what}`,
      voices: toll.said.map(({ value, said_by }) => ({ value, by: said_by, chosen: value === String(toll.best) })),
    }));
  const fields = incident.choices
    .filter((choice) => choice.others.length > 0)
    .map((choice) => ({
      what: capital(fieldText(choice.field)),
      voices: [
        { value: valueText(choice.field, choice.value), by: choice.said_by, chosen: true },
        ...choice.others.map((other) => ({ value: valueText(choice.field, other.value), by: other.said_by, chosen: false })),
      ],
    }));
  return [...figures, ...claims(incident), ...fields];
}

function claims(incident: Told): Disagreement[] {
  if (!incident.claims.some((claim) => claim.kind === "denial")) return [];
  const voices = (["claim", "denial"] as const).flatMap((kind) => {
    const by = [...new Set(incident.claims.filter((claim) => claim.kind === kind).flatMap((claim) => sayers(claim, incident)))];
    const value = kind === "claim" ? "Claimed: they say that they did it" : "Denied";
    return by.length ? [{ value, by, chosen: false }] : [];
  });
  return [{ what: "Who did it, and whether it happened", voices }];
}

/** Whom a claim is credited to; where nobody is, the outlet that tells it. */
function sayers(claim: Schema["Claim"], incident: Told): string[] {
  if (claim.by.length) return claim.by;
  const telling = incident.tellings.find((each) => each.event.id === claim.event);
  return [telling?.article.outlet ?? "an outlet without a name"];
}
