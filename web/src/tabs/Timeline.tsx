import "./tabs.css";
import "./timeline.css";

import { type Answer, type Schema, useAnswer } from "../api";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { QuadShape } from "../components/Quad";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { filters } from "../filters";
import { address, isReport, query } from "../route";
import { capital, QUADS, statusText, typeText } from "../words/codes";
import { dayText, spanText, weekday } from "../words/days";
import { counted, share } from "../words/numbers";
import { SelectControl } from "./Controls";
import { byDays, type DayGroup, withoutDay, withoutSources } from "./days";
import { Heading } from "./Heading";
import { Sources } from "./Sources";

const LENGTHS = [
  { value: "30", label: "the 30 that matter most" },
  { value: "", label: "the 100 that matter most" },
  { value: "300", label: "the 300 that matter most" },
  { value: "1000", label: "the 1,000 that matter most" },
];

/** What happened, day by day, one sentence each, made to be read from top to bottom and to be printed. */
export default function Timeline() {
  const limit = Number(query.value.get("length")) || 100;
  const asked = { ...filters.value, limit } as NonNullable<Parameters<typeof useAnswer<"/api/timeline">>[1]>["query"];
  const { data, error, loading, reload } = useAnswer("/api/timeline", { query: asked }, { keep: true });
  return (
    <div class="timeline">
      <Heading title="Timeline" count={data && told(data)}>
        {!isReport && <SelectControl label="Show" name="length" options={LENGTHS} />}
        <Button onClick={() => window.print()}>Print</Button>
      </Heading>
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!data && loading && <Loading />}
      {data && !data.entries.length && <Nothing />}
      {data && byDays(data.entries).map((group) => <Day key={`${group.first} ${group.last}`} {...group} />)}
    </div>
  );
}

function told({ entries, total }: Answer<"/api/timeline">): string {
  return entries.length < total ? `${counted(entries.length, "incident")} of ${total.toLocaleString("en-GB")}` : counted(total, "incident");
}

function Nothing() {
  const behind = useAnswer("/api/meta").data?.behind;
  const filtered = Object.keys(filters.value).length > 0;
  if (filtered) return <EmptyState title="Nothing fits these filters">Take a filter away, or widen the days.</EmptyState>;
  if (behind) {
    return <EmptyState title="No incidents yet">{counted(behind, "article")} are being merged into incidents. They show here when that is done.</EmptyState>;
  }
  return (
    <EmptyState title="No incidents yet">
      Take articles in with <code>dateline add</code>. What they tell is merged into incidents when it is first asked for.
    </EmptyState>
  );
}

function Day({ first, last, entries }: DayGroup<Schema["Entry"]>) {
  return (
    <section class="day">
      <h2>
        {first && first === last ? (
          <time dateTime={first}>
            {dayText(first)} <span class="soft">{weekday(first)}</span>
          </time>
        ) : (
          (spanText(first, last) ?? "Day not known")
        )}
      </h2>
      <ol>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: Schema["Entry"] }) {
  const open = query.value.get("incident") === entry.id;
  return (
    <li class={open ? "entry is-open" : "entry"}>
      <span class="entry-mark">
        <QuadShape quad={entry.quad} />
        <span class="hidden">{QUADS[entry.quad]}: </span>
      </span>
      <div>
        <p class="entry-text">
          <a href={address(undefined, { incident: entry.id })} dir="ltr" aria-current={open ? "true" : undefined}>
            {withoutSources(withoutDay(entry.sentence))}
          </a>
        </p>
        <p class="entry-about small soft">
          <span>{typeText(entry.type)}</span>
          {entry.status !== "actual" && <Chip tone="warn">{capital(statusText(entry.status))}</Chip>}
          <Sources sources={entry.sources} />
          <span title={counted(entry.voices, "independent voice")}>{share(entry.confidence)} sure</span>
        </p>
      </div>
    </li>
  );
}

