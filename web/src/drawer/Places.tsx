import { useMemo } from "preact/hooks";

import type { Schema } from "../api";
import { capital } from "../words/codes";
import { countryName } from "../words/names";
import { distance } from "../words/numbers";
import { reason } from "./reasons";
import { SmallMap, type Spot } from "./SmallMap";

const MOST = 6;

/** Names that were taken for the same place in the same way, once; those that the act uses first. */
export function differing(places: readonly Schema["PlaceResolution"][]): Schema["PlaceResolution"][] {
  const seen = new Set<string>();
  return [...places]
    .sort((a, b) => Number(b.used) - Number(a.used))
    .filter((place) => {
      const key = `${place.raw} ${place.resolved.gazetteer_id}`;
      return seen.has(key) ? false : seen.add(key);
    });
}

/** A name in the text -> the place that it was resolved to, with what else it may have meant, on a small map. */
export function PlaceName({ place }: { place: Schema["PlaceResolution"] }) {
  const { resolved } = place;
  const others = place.alternatives.filter((each) => each.gazetteer_id !== resolved.gazetteer_id).slice(0, MOST);
  const spots = useMemo<Spot[]>(() => spotsOf(place, others), [place]);
  const found = resolved.lat !== null && resolved.lon !== null;
  return (
    <section class="place-name">
      <p class="place-title">
        <q dir="auto">{place.raw}</q> <span aria-hidden="true">→</span>
        <span class="hidden">was taken for</span>{" "}
        {found ? (
          <>
            <bdi>{resolved.name}</bdi>
            <Lies country={resolved.country} />
          </>
        ) : (
          "no place that is known"
        )}
        {place.used && " "}
        {place.used && <span class="chip accent">place of this act</span>}
      </p>
      <div class="place-body">
        <SmallMap spots={spots} label={mapLabel(place, others.length)} />
        <div>
          <p class="soft">
            {capital(reason("where", place.rule).text)}
            {found && resolved.radius_km !== null && `; reaches ${distance(resolved.radius_km)} from its point`}
          </p>
          {others.length > 0 ? (
            <>
              <p>Could have meant as well:</p>
              <ol class="alternatives">
                {others.map((other) => (
                  <li key={other.gazetteer_id}>
                    <bdi>{other.name}</bdi>
                    <Lies country={other.country} /> <span class="soft">{kind(other.feature)}</span>
                  </li>
                ))}
              </ol>
            </>
          ) : (
            <p class="soft">No other place of that name is known.</p>
          )}
        </div>
      </div>
    </section>
  );
}

function Lies({ country }: { country: string | null }) {
  const name = countryName(country);
  return name ? <span class="soft">, {name}</span> : null;
}

function spotsOf({ resolved }: Schema["PlaceResolution"], others: readonly Schema["PlaceCandidate"][]): Spot[] {
  const chosen: Spot[] =
    resolved.lat !== null && resolved.lon !== null
      ? [{ name: resolved.name, label: resolved.name, lat: resolved.lat, lon: resolved.lon, radius_km: resolved.radius_km, chosen: true }]
      : [];
  const rest = others.map((other, n) => ({ name: other.name, label: `${n + 1}`, lat: other.lat, lon: other.lon, radius_km: null, chosen: false }));
  return [...chosen, ...rest];
}

function mapLabel({ raw, resolved }: Schema["PlaceResolution"], others: number): string {
  const rest = others ? `, and ${others === 1 ? "one other place" : `${others} other places`} that it could have meant` : "";
  return `Small map: ${resolved.lat === null ? `“${raw}” was not found` : resolved.name}${rest}`;
}

const KINDS: Record<string, string> = {
  PPL: "town or village", PPLA: "seat of a province", PPLA2: "seat of a district", PPLA3: "seat of a district", PPLC: "capital", PCLI: "country",
  ADM1: "province", ADM2: "district", ADM3: "district", PPLX: "part of a town", country: "country",
};

function kind(feature: string): string {
  return KINDS[feature] ?? KINDS[feature.split(".").at(-1) ?? ""] ?? feature.replaceAll("_", " ").toLowerCase();
}
