import { useMemo, useState } from "preact/hooks";

import type { Schema } from "../api";
import { Tabs } from "../components/Tabs";
import { byOutlet, copyText } from "./outlets";
import { Legend } from "./Passage";
import { plain } from "./segments";
import { Telling } from "./Telling";

/** The sentences that tell an incident, a tab for each outlet; near-copies are marked as whose they are. */
export function Tellings({ incident }: { incident: Schema["Incident"] }) {
  const { tellings } = incident;
  const groups = useMemo(() => grouped(tellings), [tellings]);
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = groups.find((group) => group.outlet === chosen) ?? groups[0];
  if (!shown) return <p class="soft">Nothing tells it any more.</p>;
  const passages = shown.articles.flatMap(({ article }) => of(tellings, article.id).flatMap((each) => [each.paragraph, ...each.elsewhere]));
  return (
    <Tabs
      label="Outlets"
      current={shown.outlet}
      onChoose={setChosen}
      tabs={groups.map((group) => ({
        key: group.outlet,
        label: (
          <>
            <bdi>{group.outlet}</bdi>
            {group.onlyCopies && <span class="soft"> (copy)</span>}
          </>
        ),
      }))}
    >
      <Legend passages={passages} />
      {shown.articles.map(({ article, copy }) => (
        <section key={article.id} class="told-article">
          {copy && <p class="note small">{copyText(copy)}: it counts as one voice with it.</p>}
          {withNew(of(tellings, article.id)).map(({ telling, fresh }, n) => (
            <Telling key={telling.event.id} telling={telling} fresh={fresh} first={n === 0} incident={incident} />
          ))}
        </section>
      ))}
    </Tabs>
  );
}

function of(tellings: readonly Schema["Telling"][], article: string): Schema["Telling"][] {
  return tellings.filter((each) => each.article.id === article);
}

/** Each telling with those of its passages from elsewhere that the tellings before it have not shown yet. */
function withNew(tellings: readonly Schema["Telling"][]): { telling: Schema["Telling"]; fresh: Schema["Passage"][] }[] {
  const shown: Schema["Passage"][] = [];
  return tellings.map((telling) => {
    shown.push(telling.paragraph);
    const fresh = telling.elsewhere.filter((passage) => !shown.some((other) => other.start <= passage.start && passage.end <= other.end));
    shown.push(...fresh);
    return { telling, fresh };
  });
}

function grouped(tellings: readonly Schema["Telling"][]) {
  const articles = new Map(
    tellings.map(({ article, paragraph }) => [article.id, { ...article, text: plain(paragraph.segments) }] as const),
  );
  return byOutlet([...articles.values()]);
}
