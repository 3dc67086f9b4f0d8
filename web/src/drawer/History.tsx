import { useId } from "preact/hooks";

import { type Schema, useAnswer } from "../api";
import { Button } from "../components/Button";
import { isReport } from "../route";
import { capital, fieldText } from "../words/codes";
import { momentText } from "../words/days";
import { undo, writing } from "./actions";
import { correctedText } from "./corrected";

/** What people said against the reader here: corrections and decisions, with who, when and why, each to be taken back. */
export function History({ incident }: { incident: Schema["Incident"] }) {
  const id = useId();
  const { data: meta } = useAnswer("/api/meta");
  const corrections = incident.tellings.flatMap((telling) => telling.corrections);
  const { decisions } = incident;
  if (!corrections.length && !decisions.length) return null;
  const writable = !isReport && meta?.writable;
  const outlet = (event: string) => incident.tellings.find((telling) => telling.event.id === event)?.article.outlet ?? "another incident";
  return (
    <section class="evidence-section" aria-labelledby={id}>
      <h3 id={id}>What people decided</h3>
      <ul class="history">
        {decisions.map((decision) => (
          <li key={decision.number}>
            <p>
              <bdi>{outlet(decision.a)}</bdi> and <bdi>{outlet(decision.b)}</bdi> tell {decision.together ? "one incident" : "two incidents"}
              {decision.why && (
                <>
                  : <q dir="auto">{decision.why}</q>
                </>
              )}
            </p>
            <Signed who={decision.who} made={decision.made} />
            {writable && (
              <Button small disabled={writing.value} onClick={() => void undo({ corrections: [], decisions: [decision.number] })}>
                Undo
              </Button>
            )}
          </li>
        ))}
        {corrections.map((each) => (
          <li key={each.id} class={each.undone ? "is-undone" : ""}>
            <p>
              {capital(fieldText(each.field))}: <bdi>{correctedText(each.field, each.value)}</bdi>
              {each.field !== "note" && each.was !== each.value && (
                <span class="soft">
                  {" "}
                  (was <bdi>{correctedText(each.field, each.was)}</bdi>)
                </span>
              )}
              {each.why && each.field !== "note" && (
                <>
                  : <q dir="auto">{each.why}</q>
                </>
              )}
            </p>
            <Signed who={each.who} made={each.made} />
            {each.undone ? (
              <p class="soft small">
                Taken back on {momentText(each.undone)} by <bdi>{each.undone_by}</bdi>
              </p>
            ) : (
              writable && (
                <Button small disabled={writing.value} onClick={() => void undo({ corrections: [each.id], decisions: [] })}>
                  Undo
                </Button>
              )
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Signed({ who, made }: { who: string; made: string }) {
  return (
    <p class="soft small">
      <bdi>{who}</bdi>, {momentText(made)}
    </p>
  );
}
