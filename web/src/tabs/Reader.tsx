import { useEffect, useRef } from "preact/hooks";

import { type Schema, useAnswer } from "../api";
import { Chip } from "../components/Chip";
import { QuadShape } from "../components/Quad";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { OutLink } from "../drawer/OutLink";
import { Legend, Passage } from "../drawer/Passage";
import { Reasons } from "../drawer/Why";
import { address, ask, isReport, query } from "../route";
import { useTitle } from "../title";
import { capital, STANCES, statusText, typeText } from "../words/codes";
import { dayText, spanText } from "../words/days";
import { actorsText } from "../words/names";
import { counted } from "../words/numbers";
import { titleText } from "../words/text";

/** One article to the letter, with everything in it that is evidence, and beside it what it tells. */
export function Reader({ id }: { id: string }) {
  const { data, error, reload } = useAnswer("/api/articles/{id}", { path: { id } });
  useTitle(data && titleText(data.article.title));
  const lit = query.value.get("at");
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (lit && data) text.current?.querySelector(".ev-lit")?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  }, [lit, data]);
  return (
    <div class="reader">
      {!isReport && (
        <p>
          <a href={address("/articles", { at: null })}>
            <span aria-hidden="true">‹ </span>All articles
          </a>
        </p>
      )}
      {error && MISSING.has(error.status) ? <Missing /> : error && <ErrorNote error={error} onRetry={reload} />}
      {!data && !error && <Loading what="Fetching the article" />}
      {data && (
        <div class="reader-columns">
          <article>
            <Head article={data} />
            <Legend passages={data.text} />
            <div class="reader-text" ref={text}>
              {data.text.map((passage) => (
                <Passage key={passage.start} passage={passage} lit={lit} />
              ))}
            </div>
            <Places sightings={data.sightings} />
          </article>
          <Contents article={data} lit={lit} />
        </div>
      )}
    </div>
  );
}

/** There is none of this name, or nothing can be called so. */
const MISSING = new Set([404, 422]);

function Missing() {
  return <EmptyState title="There is no such article">It may have been taken out of the ledger, or the address is mistyped.</EmptyState>;
}

function Head({ article }: { article: Schema["Article"] }) {
  const { title, outlet, author, day, url } = article.article;
  return (
    <header class="reader-head">
      <h1 dir="auto">{titleText(title)}</h1>
      <p class="soft">
        {outlet && <bdi>{outlet}</bdi>}
        {author && (
          <>
            , <bdi>{author}</bdi>
          </>
        )}
        {day ? `, ${dayText(day)}` : ", day not known"}
        {article.day_basis === "inferred" && " (worked out from the text)"}
        <OutLink url={url} />
      </p>
      {!article.current && <p class="note">A later version of this article is in the ledger; this one no longer counts.</p>}
      {article.copies.length > 0 && (
        <p class="note">
          <span>
            The same text stands in{" "}
            {article.copies.map((copy, n) => (
              <span key={copy.id}>
                {n > 0 && ", "}
                <a href={address(`/articles/${copy.id}`, { at: null })}>
                  <bdi>{copy.outlet ?? copy.title ?? "another article"}</bdi>
                </a>
                {copy.day && ` (${dayText(copy.day)})`}
              </span>
            ))}
            : all of them count as one voice.
          </span>
        </p>
      )}
    </header>
  );
}

function Places({ sightings }: { sightings: readonly Schema["Sighting"][] }) {
  if (sightings.length < 2) return null;
  return (
    <details>
      <summary>Stood at {counted(sightings.length, "place")}</summary>
      <ul class="plain-list">
        {sightings.map((each) => (
          <li key={`${each.outlet} ${each.url} ${each.version}`}>
            <bdi>{each.outlet ?? "Outlet not known"}</bdi>
            {each.version > 1 && `, version ${each.version}`}
            {!each.current && ", replaced since"}
            <OutLink url={each.url} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What the article tells: choosing an event or a statement shows where it stands in the text. */
function Contents({ article, lit }: { article: Schema["Article"]; lit: string | null }) {
  const choose = (id: string) => ask({ at: lit === id ? null : id }, { replace: true });
  return (
    <aside class="reader-contents" aria-label="What the article tells">
      <h2>{counted(article.events.length, "event")}</h2>
      {!article.events.length && <p class="soft">The reader found no event in it.</p>}
      <ul>
        {article.events.map(({ event, incident, reasons }) => (
          <li key={event.id}>
            <button type="button" class="content-item" aria-pressed={lit === event.id} onClick={() => choose(event.id)}>
              <QuadShape quad={event.quad} />
              <span>
                <q dir="auto">{event.trigger}</q> <span class="soft">{typeText(event.type, event.mode)}</span>
                <span class="small soft block">{about(event)}</span>
              </span>
            </button>
            {lit === event.id && (
              <div class="content-open">
                {event.status !== "actual" && <Chip tone="warn">{capital(statusText(event.status))}</Chip>}
                {event.rejected && <Chip tone="bad">Taken out by a person</Chip>}
                {incident && <a href={address(undefined, { incident })}>Evidence of the incident</a>}
                <details>
                  <summary>Why it was read so</summary>
                  <Reasons reasons={reasons} />
                </details>
              </div>
            )}
          </li>
        ))}
      </ul>
      {article.statements.length > 0 && (
        <>
          <h2>{counted(article.statements.length, "statement")}</h2>
          <ul>
            {article.statements.map((statement) => (
              <li key={statement.id}>
                <button type="button" class="content-item" aria-pressed={lit === statement.id} onClick={() => choose(statement.id)}>
                  <span>
                    <bdi>{statement.speaker.name}</bdi> <span class="soft">{STANCES[statement.stance]?.toLowerCase() ?? "says"}</span>{" "}
                    <span class="soft small">({statement.direct ? "quoted" : "reported"})</span>
                    <span class="small soft block clipped" dir="auto">
                      {statement.text}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}

function about(event: Schema["EventDetail"]): string {
  const days = event.days && spanText(event.days.first, event.days.last, true);
  return [actorsText(event.actors, 2), event.recipients.length > 0 && `to ${actorsText(event.recipients, 2)}`, event.place?.name, days?.replaceAll(" ", "\u00a0")]
    .filter(Boolean)
    .join(" · ");
}
