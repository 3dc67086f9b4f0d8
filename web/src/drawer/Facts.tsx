import type { ComponentChildren } from "preact";

import type { Schema } from "../api";
import { capital, fieldText } from "../words/codes";
import { actorKind, listed } from "../words/names";
import { counted, distance, rangeText, share, sureness } from "../words/numbers";
import { valueText } from "./facts";

/** What is known of an incident, and why each value was chosen. */
export function Facts({ incident }: { incident: Schema["Incident"] }) {
  const { card, choices, tolls, control, recipients } = incident;
  const rows = choices.map((choice) => (
    <Row key={choice.field} name={capital(fieldText(choice.field))} why={choice.why} by={choice.said_by}>
      {choice.field === "actors" ? <Parties parties={incident.actors} /> : <bdi>{valueText(choice.field, choice.value)}</bdi>}
      {choice.field === "where" && card.place && <Reach place={card.place} />}
    </Row>
  ));
  return (
    <div class="table-wrap">
      <table class="facts">
        <caption class="hidden">What is known, and why each value was chosen</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Value</th>
            <th scope="col">Chosen because</th>
          </tr>
        </thead>
        <tbody>
          {rows}
          {recipients.length > 0 && (
            <Row name="To whom" why="named by those who name who did it" by={[]}>
              <Parties parties={recipients} />
            </Row>
          )}
          {tolls.map((toll) => (
            <Row key={toll.what} name={`How many ${toll.what}`} why={toll.why} by={best(toll)}>
              {toll.best ?? rangeText(toll.low, toll.high)}
              {toll.low !== toll.high && <span class="soft"> ({rangeText(toll.low, toll.high)} told)</span>}
            </Row>
          ))}
          {control && (
            <Row name="Ground" why="told by the sentences below" by={[]}>
              <bdi>{ground(control)}</bdi>
            </Row>
          )}
          <Row name="How sure" why={`${counted(card.voices, "independent voice")} in ${counted(card.articles, "article")}; copies count once`} by={[]}>
            {share(card.confidence)} <span class="soft">({sureness(card.confidence)})</span>
          </Row>
        </tbody>
      </table>
    </div>
  );
}

function Row({ name, why, by, children }: { name: string; why: string; by: readonly string[]; children: ComponentChildren }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
      <td class="soft">
        {capital(why)}
        {by.length > 0 && (
          <>
            {": "}
            <bdi title={by.join(", ")}>{listed(by, 4)}</bdi>
          </>
        )}
      </td>
    </tr>
  );
}

function Parties({ parties }: { parties: readonly Schema["Party"][] }) {
  if (!parties.length) return <>Nobody is named</>;
  return (
    <ul class="plain-list">
      {parties.map((party) => (
        <li key={`${party.name} ${party.country} ${party.sector}`}>
          <bdi>{party.name}</bdi>
          {actorKind(party) && <span class="soft"> ({actorKind(party)})</span>}
        </li>
      ))}
    </ul>
  );
}

function Reach({ place }: { place: Schema["Place"] }) {
  return (
    <span class="soft">
      {place.radius_km !== null && place.lat !== null && <>; within {distance(place.radius_km)}</>}
      {place.lat === null && <>; not found on the map</>}
    </span>
  );
}

function best(toll: Schema["TollSaid"]): string[] {
  return toll.said.find((said) => said.value === String(toll.best))?.said_by ?? [];
}

function ground({ gained_by, lost_by, place, unit, count }: Schema["Ground"]): string {
  const what = place ?? (count ? counted(count, unit ?? "place") : unit ? `a ${unit}` : "ground");
  if (gained_by && lost_by) return `${gained_by} takes ${what} from ${lost_by}`;
  if (gained_by) return `${gained_by} takes ${what}`;
  return lost_by ? `${lost_by} loses ${what}` : `${capital(what)} changes hands`;
}
