import "./tabs.css";
import "./commitments.css";

import { type Answer, type Schema, useAnswer } from "../api";
import { Chip } from "../components/Chip";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { address, query } from "../route";
import { capital } from "../words/codes";
import { dayText } from "../words/days";
import { listed, sideName } from "../words/names";
import { counted } from "../words/numbers";
import { dueText, isAsked, KINDS, offText, SAYS, STANDINGS, type Standing, whatText } from "./commitments";
import { ChoiceControl, ClearControl, Controls, DateControl, TextControl } from "./Controls";
import { Heading } from "./Heading";
import { Sources } from "./Sources";

const ISO = /\d{4}-\d{2}-\d{2}/g;
const OPTIONS = Object.entries(STANDINGS).map(([value, { label }]) => ({ value, label }));

/** Who promised, or was told to do, what by when, and what came of it. */
export default function Commitments() {
  const party = query.value.get("party") ?? undefined;
  const status = query.value.getAll("standing") as Standing[];
  const due_before = query.value.get("due_before") ?? undefined;
  const { data: all, error, loading, reload } = useAnswer("/api/commitments", {}, { keep: true });
  const data = all && { ...all, items: all.items.filter((item) => isAsked(item, { party, status, due_before })) };
  const narrowed = Boolean(party || status.length || due_before);
  return (
    <div class="commitments">
      <Heading title="Commitments" count={data && told(data)} />
      <Controls label="Which commitments">
        <ChoiceControl label="What came of it" name="standing" options={OPTIONS} />
        <TextControl label="Who owes, or is owed" name="party" placeholder="Words of a name" />
        <DateControl label="Due before" name="due_before" />
        <ClearControl names={["standing", "party", "due_before"]} />
      </Controls>
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!data && loading && <Loading />}
      {data && !data.items.length && <Nothing narrowed={narrowed} />}
      {data && data.items.length > 0 && <Table answer={data} />}
    </div>
  );
}

function told({ items, at }: Answer<"/api/commitments">): string {
  const seen = at ? `, as they stood on ${dayText(at)}` : "";
  return `${counted(items.length, "commitment")}${seen}`;
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  if (narrowed) return <EmptyState title="No commitment fits">Take a filter away, or ask for a later day.</EmptyState>;
  return (
    <EmptyState title="Nothing is owed yet">
      Commitments come from articles that tell of promises, agreements, demands and plans with a day. Take more in with <code>dateline add</code>.
    </EmptyState>
  );
}

function Table({ answer }: { answer: Answer<"/api/commitments"> }) {
  return (
    <div class="table-wrap">
      <table class="stacked">
        <caption class="hidden">Commitments by the day that they are due</caption>
        <thead>
          <tr>
            <th scope="col">What came of it</th>
            <th scope="col">What is owed</th>
            <th scope="col">By whom</th>
            <th scope="col">To whom</th>
            <th scope="col">Due</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        {answer.items.map((item) => (
          <Item key={item.id} item={item} today={answer.at} />
        ))}
      </table>
    </div>
  );
}

/** A commitment is a body of its own: its row, and under it the evidence over the whole width. */
function Item({ item, today }: { item: Schema["Commitment"]; today: string | null }) {
  const standing = STANDINGS[item.status];
  const { now, before } = dueText(item.due);
  const off = item.status === "open" || item.status === "moved" || item.status === "missed" ? offText(item.due.at(-1)?.day, today) : null;
  return (
    <tbody>
      <tr>
        <td data-label="What came of it">
          <Chip tone={standing.tone}>
            <span aria-hidden="true">{standing.sign} </span>
            {standing.label}
          </Chip>
        </td>
        <th scope="row" data-label="What is owed">
          {whatText(item.what)}
          {item.place && (
            <span class="soft">
              , <bdi>{item.place}</bdi>
            </span>
          )}
          <span class="soft small block">{KINDS[item.kind]}</span>
        </th>
        <td data-label="By whom">
          <bdi>{listed(item.debtors.map(sideName)) || "Not told"}</bdi>
        </td>
        <td data-label="To whom">
          <bdi>{listed(item.creditors.map(sideName)) || "Not told"}</bdi>
        </td>
        <td data-label="Due">
          {before.map((day) => (
            <s key={day} class="soft">
              <span class="hidden">moved from </span>
              {day}
            </s>
          ))}
          {now ?? "No day named"}
          {off && <span class="soft small block">{off}</span>}
        </td>
        <td data-label="Since">{item.since ? dayText(item.since) : "Not told"}</td>
      </tr>
      <tr class="under">
        <td class="wide-only" />
        <td colSpan={5}>
          <p class="soft small">
            {capital(item.why.replaceAll(ISO, (day) => dayText(day)))}
            {item.objections.length > 0 && (
              <>
                . Objections: <bdi>{listed(item.objections)}</bdi>
              </>
            )}
          </p>
          <details>
            <summary>{counted(item.evidence.length, "sentence")}</summary>
            <Evidence evidence={item.evidence} />
          </details>
        </td>
      </tr>
    </tbody>
  );
}

function Evidence({ evidence }: { evidence: readonly Schema["CommitmentEvidence"][] }) {
  return (
    <ol class="quotes">
      {evidence.map((each) => (
        <li key={`${each.event} ${each.says}`}>
          <blockquote dir="auto">{each.sentence}</blockquote>
          <p class="soft small">
            <Sources sources={[each.source]} />
            {each.day && `, ${dayText(each.day)}`}: {SAYS[each.says]}
            {each.incident && (
              <>
                {" "}
                <a href={address(undefined, { incident: each.incident })}>Evidence</a>
              </>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

