import "./tabs.css";
import "./control.css";

import { type Answer, type Schema, useAnswer } from "../api";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { address, isReport, query } from "../route";
import { capital } from "../words/codes";
import { dayText, spanText } from "../words/days";
import { countryName, sideName } from "../words/names";
import { counted, share } from "../words/numbers";
import { ClearControl, Controls, SelectControl } from "./Controls";
import { DayControl } from "./DayControl";
import { Heading } from "./Heading";
import { standingsOn } from "./standing";
import { PlaceStory } from "./PlaceStory";
import { Side, Strip } from "./Strip";
import { Sources } from "./Sources";

/** Who held which place on a day, how likely, since when, and who says so; the history of each as a strip. */
export default function Control() {
  const at = query.value.get("at");
  const country = query.value.get("country") ?? undefined;
  const asked = isReport ? {} : { query: { at: at ?? undefined, country } };
  const { data: answer, error, loading, reload } = useAnswer("/api/control", asked, { keep: true, inTurn: true }); // a slider that is dragged asks for many days
  // That of all countries: whoever has chosen one can choose another, and a side keeps its colour.
  const history = useAnswer("/api/control/history", {}, { keep: true });
  const data = isReport && at && answer && history.data ? { ...answer, at, places: standingsOn(history.data, at) } : answer;
  const place = query.value.get("at_place");
  const { first, last } = history.data ?? { first: null, last: null };
  return (
    <div class="control">
      <Heading title="Control" count={data && told(data)} />
      {data && first && last && (
        <Controls label="Day and country" fold={false}>
          <DayControl first={first} last={last} at={data.at ?? last} />
          {!isReport && <Countries places={history.data?.places ?? []} />}
          <ClearControl names={["at", "country", "at_place"]} />
        </Controls>
      )}
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!data && loading && <Loading what="Working out who held what" />}
      {place && <PlaceStory place={place} at={data?.at ?? null} sides={history.data?.sides ?? []} />}
      {data && !data.places.length && <Nothing narrowed={Boolean(at || country)} />}
      {data && data.places.length > 0 && <Places answer={data} history={history.data} />}
      {data && data.bounds.length > 0 && <Bounds bounds={data.bounds} />}
    </div>
  );
}

function told({ places, at }: Answer<"/api/control">): string {
  return places.length && at ? `${counted(places.length, "place")} on ${dayText(at)}` : "";
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  if (narrowed) return <EmptyState title="Nobody tells who held what">Nothing was known by that day, or in that country. Choose a later day or another country.</EmptyState>;
  return (
    <EmptyState title="No ground has changed hands yet">
      Who holds a place is worked out from articles that tell of captures, losses and withdrawals. Take more in with <code>dateline add</code>.
    </EmptyState>
  );
}

function Countries({ places }: { places: readonly Schema["PlaceHistory"][] }) {
  const codes = [...new Set(places.map((place) => place.country).filter((code) => code !== null))];
  const chosen = query.value.get("country");
  if (codes.length < 2 && !chosen) return null;
  const known = chosen && !codes.includes(chosen) ? [...codes, chosen] : codes;
  const options = known.map((code) => ({ value: code, label: countryName(code) ?? code })).sort((a, b) => a.label.localeCompare(b.label));
  return <SelectControl label="Country" name="country" options={[{ value: "", label: "All countries" }, ...options]} />;
}

function Places({ answer, history }: { answer: Answer<"/api/control">; history: Answer<"/api/control/history"> | undefined }) {
  const sides = history?.sides ?? answer.sides;
  const stories = new Map(history?.places.map((place) => [place.key, place]));
  const { first, last } = history ?? { first: null, last: null };
  return (
    <div class="table-wrap">
      <table class="places stacked">
        <caption class="hidden">Who held which place{answer.at && ` on ${dayText(answer.at)}`}</caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Held by</th>
            <th scope="col">Likely</th>
            <th scope="col">Since</th>
            <th scope="col" class="strip-head">
              {first && last ? `From ${dayText(first, { short: true })} to ${dayText(last, { short: true })}` : "History"}
            </th>
            <th scope="col">Told by</th>
          </tr>
        </thead>
        <tbody>
          {answer.places.map((place) => (
            <tr key={place.key}>
              <th scope="row" data-label="Place">
                <a href={address(undefined, { at_place: place.key })} dir="auto" aria-current={query.value.get("at_place") === place.key ? "true" : undefined}>
                  {place.name}
                </a>
                {place.unit && <span class="soft small"> {place.unit}</span>}
              </th>
              <td data-label="Held by">
                <Side side={place.holder} sides={sides} />
                {place.contradicted > 0 && <span class="soft small block"> {counted(place.contradicted, "report")} against it</span>}
              </td>
              <td data-label="Likely">
                {place.holder === null ? <span class="soft">Nobody likely enough</span> : share(place.probability)}
                <Odds odds={place.odds} holder={place.holder} />
              </td>
              <td data-label="Since">{dayText(place.since)}</td>
              <td class="strip-cell">
                {first && last && <Strip spans={stories.get(place.key)?.spans ?? []} first={first} last={last} at={answer.at} sides={sides} name={place.name} />}
              </td>
              <td class="small" data-label="Told by">
                <Sources sources={place.sources} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Who else may hold it, where that is worth saying. */
function Odds({ odds, holder }: { odds: readonly Schema["Odds"][]; holder: string | null }) {
  const others = odds.filter((each) => each.side !== holder && each.probability >= 0.05);
  if (!others.length) return null;
  return (
    <span class="soft small odds">
      {others.map((each) => `${sideName(each.side)} ${share(each.probability)}`).join(", ")}
    </span>
  );
}

/** Ground that is counted and not named, set against the places that have a name. */
function Bounds({ bounds }: { bounds: readonly Schema["Bound"][] }) {
  return (
    <section class="bounds" aria-labelledby="bounds-title">
      <h2 id="bounds-title">Counted, not named</h2>
      <p class="soft">Articles also give numbers of places without naming them. They are drawn on no place, and stand here beside those that are named.</p>
      <ul>
        {bounds.map((bound) => (
          <li key={`${bound.event} ${bound.figure}`}>
            <p>
              <strong>
                <bdi>{sideName(bound.side)}</bdi> {bound.gained ? "gained" : "lost"} {bound.figure} {bound.unit}s
              </strong>
              , {spanText(bound.days.first, bound.days.last)}, according to <bdi>{bound.source}</bdi>
            </p>
            <p>
              {capital(bound.text)}
              {bound.named.length > 0 && (
                <>
                  : <bdi>{bound.named.join(", ")}</bdi>
                </>
              )}
            </p>
            <blockquote class="soft" dir="auto">
              {bound.words}
            </blockquote>
            {bound.incident && (
              <p class="small">
                <a href={address(undefined, { incident: bound.incident })}>Evidence</a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
