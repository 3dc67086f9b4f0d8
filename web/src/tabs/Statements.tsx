import "./tabs.css";
import "./statements.css";

import { type Schema, useAnswer, usePages } from "../api";
import { Chip } from "../components/Chip";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { address, isReport, query } from "../route";
import { dayText, spanText } from "../words/days";
import { actorKind } from "../words/names";
import { count, counted } from "../words/numbers";
import { inOrder, titleText } from "../words/text";
import { STANCES } from "../words/codes";
import { ClearControl, Controls, DateControl, SelectControl, TextControl } from "./Controls";
import { Heading, More } from "./Heading";
import { isAsked } from "./standing";

const OWN = ["said_by", "stance", "q", "outlet", "since", "until", "direct"];
const SPEAKERS = 60;
const HOW = [{ value: "", label: "However said" }, { value: "says", label: "Plainly said" }, ...Object.entries(STANCES).map(([value, label]) => ({ value, label }))];

/** Who said what: the speakers with how often they speak, and beside them their words, quoted ones told from those only reported. */
export default function Statements() {
  const asked = (name: string) => query.value.get(name) ?? undefined;
  const common = { q: asked("q"), outlet: asked("outlet"), since: asked("since"), until: asked("until") };
  const said_by = asked("said_by");
  const stance = asked("stance");
  const direct = asked("direct");
  const found = usePages("/api/statements", {
    query: isReport ? {} : { ...common, said_by, stance: stance ? [stance] : [], direct: direct === undefined ? undefined : direct === "yes" },
  });
  const items = isReport ? found.items.filter((item) => isAsked(item, { ...common, said_by, stance, direct })) : found.items;
  const total = isReport ? items.length : found.total;
  const speakers = useAnswer("/api/speakers", { query: { ...(isReport ? {} : common), limit: SPEAKERS } }, { keep: true });
  const meta = useAnswer("/api/meta");
  return (
    <div class="statements">
      <Heading title="Statements" count={total === undefined ? null : counted(total, "statement")} />
      <Controls label="Which statements">
        <TextControl label="Said by" name="said_by" placeholder="Words of a name" />
        <SelectControl label="How" name="stance" options={HOW} />
        <SelectControl
          label="Words"
          name="direct"
          options={[{ value: "", label: "Quoted or reported" }, { value: "yes", label: "Quoted" }, { value: "no", label: "Reported" }]}
        />
        {!isReport && <TextControl label="In articles with" name="q" placeholder="Words" />}
        <TextControl label="Outlet" name="outlet" placeholder="An outlet" list={meta.data?.outlets.map(({ name }) => name) ?? []} />
        <DateControl label="From" name="since" />
        <DateControl label="To" name="until" />
        <ClearControl names={OWN} />
      </Controls>
      <div class="two-columns">
        <Speakers items={speakers.data?.items ?? []} total={speakers.data?.total} chosen={said_by} />
        <div>
          {found.error && <ErrorNote error={found.error} onRetry={found.reload} />}
          {!items.length && found.loading && <Loading />}
          {!items.length && !found.loading && !found.error && <Nothing />}
          <ul class="said">
            {items.map((statement) => (
              <Said key={statement.id} statement={statement} />
            ))}
          </ul>
          <More more={found.more} shown={items.length} total={total} loading={found.loading} />
        </div>
      </div>
    </div>
  );
}

function Nothing() {
  if (OWN.some((name) => query.value.get(name))) return <EmptyState title="No statement fits">Take a filter away, or ask for fewer words.</EmptyState>;
  return (
    <EmptyState title="Nobody has said anything yet">
      Statements come from articles. Take some in with <code>dateline add</code>.
    </EmptyState>
  );
}

function Speakers({ items, total, chosen }: { items: readonly Schema["Speaker"][]; total: number | undefined; chosen: string | undefined }) {
  if (!items.length) return null;
  return (
    <nav class="speakers" aria-label="Speakers">
      <h2>Speakers</h2>
      <ul>
        {items.map((speaker) => {
          const value = `=${speaker.name}`;
          const current = chosen === value;
          return (
            <li key={`${speaker.name} ${speaker.country} ${speaker.sector}`}>
              <a href={address(undefined, { said_by: current ? null : value })} aria-current={current ? "true" : undefined}>
                <span>
                  <bdi>{speaker.name}</bdi>
                  <span class="soft small"> {actorKind(speaker)}</span>
                </span>
                <span class="number soft">
                  {count(speaker.statements)}
                  <span class="hidden"> statements</span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
      {total !== undefined && total > items.length && <p class="soft small">and {count(total - items.length)} others: ask for them by name</p>}
    </nav>
  );
}

function Said({ statement }: { statement: Schema["Statement"] }) {
  const { speaker, article, direct, days } = statement;
  const leaning = statement.chain.slice(1);
  const said = days && spanText(days.first, days.last);
  const published = article.day && dayText(article.day);
  return (
    <li class={direct ? "said-item is-direct" : "said-item"}>
      <p class="said-who">
        <strong>
          <bdi>{speaker.name}</bdi>
        </strong>{" "}
        {STANCES[statement.stance] && <Chip tone="warn">{STANCES[statement.stance]}</Chip>} <Chip tone={direct ? "accent" : "plain"}>{direct ? "Quoted" : "Reported"}</Chip>
        {statement.corrected > 0 && <Chip tone="accent">Corrected by a person</Chip>}
      </p>
      <blockquote dir="auto">{inOrder(statement.text)}</blockquote>
      <p class="soft small">
        {said && said !== published && `${said}; `}
        <a href={address(`/articles/${article.id}`, { at: statement.id })} dir="auto">
          {titleText(article.title)}
        </a>
        {article.outlet && (
          <>
            , <bdi>{article.outlet}</bdi>
          </>
        )}
        {published && `, ${published}`}
        {leaning.length > 0 && (
          <>
            ; leaning on <bdi>{leaning.join(", ")}</bdi>
          </>
        )}
      </p>
    </li>
  );
}
