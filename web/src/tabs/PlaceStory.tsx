import { type Schema, useAnswer } from "../api";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { ErrorNote, Loading } from "../components/States";
import { address, ask, isReport } from "../route";
import { dayText, spanText } from "../words/days";
import { countryName, sideName } from "../words/names";
import { counted, share } from "../words/numbers";
import { Side, Strip } from "./Strip";
import { Sources } from "./Sources";
import { together } from "./reports";

/** The history of one place: who held it from when to when, and every report for and against it. */
export function PlaceStory({ place, at, sides }: { place: string; at: string | null; sides: readonly string[] }) {
  const { data, error, loading, reload } = useAnswer("/api/control/history", isReport ? {} : { query: { place } }, { keep: true });
  const close = () => ask({ at_place: null });
  if (error) return <ErrorNote error={error} onRetry={reload} />;
  if (!data && loading) return <Loading />;
  const story = data?.places.find(({ key }) => key === place) ?? (isReport ? undefined : data?.places[0]);
  if (!data || !story) return null;
  const { first, last } = data;
  return (
    <section class="place-story" aria-labelledby="place-story-title">
      <header>
        <h2 id="place-story-title">
          <bdi>{story.name}</bdi>
          <span class="soft small"> {[story.unit, countryName(story.country)].filter(Boolean).join(", ")}</span>
        </h2>
        <Button small onClick={close}>
          Close
        </Button>
      </header>
      {first && last && (
        <>
          <Strip spans={story.spans} first={first} last={last} at={at} sides={sides} name={story.name} />
          <p class="strip-ends soft small" aria-hidden="true">
            <span>{dayText(first)}</span>
            <span>{dayText(last)}</span>
          </p>
        </>
      )}
      <ol class="spans">
        {story.spans.map((span) => (
          <li key={span.days.first}>
            <p>
              <Side side={span.holder} sides={sides} /> <span class="soft">{spanText(span.days.first, span.days.last)}</span>{" "}
              <Chip name="likely">{share(span.probability)}</Chip>
            </p>
            {span.reports.length > 0 && <Reports title={counted(span.reports.length, "report")} reports={span.reports} open />}
            {span.contradicted.length > 0 && <Reports title={`${counted(span.contradicted.length, "report")} against it`} reports={span.contradicted} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Reports({ title, reports, open = false }: { title: string; reports: readonly Schema["GroundReport"][]; open?: boolean }) {
  const found = together(reports);
  return (
    <details open={open && found.length <= 3}>
      <summary>{title}</summary>
      <ul class="reports">
        {found.map((report) => (
          <li key={`${report.words} ${report.day} ${report.source.outlet}`}>
            <blockquote dir="auto">{report.words}</blockquote>
            <p class="soft small">
              <Sources sources={[report.source]} />, {dayText(report.told_on)}: {report.says.map((says) => says(sideName)).join("; ")}
              {report.incident && (
                <>
                  {" "}
                  <a href={address(undefined, { incident: report.incident })}>Evidence</a>
                </>
              )}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
