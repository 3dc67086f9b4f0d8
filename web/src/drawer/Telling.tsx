import { useState } from "preact/hooks";

import { post, type Schema, useAnswer } from "../api";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { address, isReport } from "../route";
import { capital, statusText, typeText } from "../words/codes";
import { dayText } from "../words/days";
import { share, sureness } from "../words/numbers";
import { titleText } from "../words/text";
import { undo, write, writing } from "./actions";
import { CorrectForm } from "./CorrectForm";
import { DateWords } from "./Dates";
import { NoteForm } from "./NoteForm";
import { OutLink } from "./OutLink";
import { Passage } from "./Passage";
import { differing, PlaceName } from "./Places";
import { Reasons } from "./Why";

interface Props {
  telling: Schema["Telling"];
  /** Whether it is the first of its article: the article's own line stands above it. */
  first: boolean;
  incident: Schema["Incident"];
  /** The passages from elsewhere in the article that were not shown before. */
  fresh: readonly Schema["Passage"][];
}

/** One sentence in its paragraph with everything that it is evidence for, and what a person can do about it. */
export function Telling({ telling, fresh, first, incident }: Props) {
  const { event, article } = telling;
  const folded = telling.elsewhere.filter((passage) => !fresh.includes(passage));
  return (
    <section class="telling" aria-label={`${typeText(event.type, event.mode)}, “${event.trigger}”`}>
      {first && <ArticleLine article={article} />}
      <Passage passage={telling.paragraph} />
      {fresh.map((passage) => (
        <Elsewhere key={passage.start} passage={passage} />
      ))}
      {folded.length > 0 && (
        <details>
          <summary>Evidence in lines shown above ({folded.length})</summary>
          {folded.map((passage) => (
            <Elsewhere key={passage.start} passage={passage} />
          ))}
        </details>
      )}
      <p class="chips">
        <Chip>{typeText(event.type, event.mode)}</Chip>
        {event.status !== "actual" && <Chip tone="warn">{capital(statusText(event.status))}</Chip>}
        {event.rejected && <Chip tone="bad">Taken out by a person</Chip>}
        {event.corrected > 0 && <Chip tone="accent">Corrected by a person</Chip>}
        <Chip name="sure" title={sureness(event.confidence)}>{share(event.confidence)}</Chip>
      </p>
      <TellingDetails telling={telling} />
      <TellingActions telling={telling} incident={incident} />
    </section>
  );
}

/** A passage from elsewhere in the article that is evidence too. */
export function Elsewhere({ passage }: { passage: Schema["Passage"] }) {
  return (
    <div class="elsewhere">
      <p class="soft small">Elsewhere in the article:</p>
      <Passage passage={passage} />
    </div>
  );
}

function ArticleLine({ article }: { article: Schema["ArticleHead"] }) {
  return (
    <p class="article-line">
      <a href={address(`/articles/${article.id}`)} dir="auto">
        {titleText(article.title)}
      </a>
      <span class="soft small">
        {article.day ? dayText(article.day) : "day not known"}
        {article.author && (
          <>
            , <bdi>{article.author}</bdi>
          </>
        )}
        <OutLink url={article.url} />
      </span>
    </p>
  );
}

/** Why an event was read so, its places and its times; folded away until asked for. */
export function TellingDetails({ telling }: { telling: Schema["Telling"] }) {
  const places = differing(telling.places);
  return (
    <>
      <details>
        <summary>Why it was read so</summary>
        <Reasons reasons={telling.reasons} />
      </details>
      {places.length > 0 && (
        <Folded title={`Places (${places.length})`}>
          {() => places.map((place) => <PlaceName key={`${place.start} ${place.raw}`} place={place} />)}
        </Folded>
      )}
      <details>
        <summary>Times ({telling.dates.length})</summary>
        <DateWords dates={telling.dates} />
      </details>
    </>
  );
}

/** A part that is made when it is first opened: maps cost something. */
function Folded({ title, children }: { title: string; children: () => preact.ComponentChildren }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={(happened) => happened.currentTarget.open && setOpened(true)}>
      <summary>{title}</summary>
      {opened && children()}
    </details>
  );
}

function TellingActions({ telling, incident }: { telling: Schema["Telling"]; incident: Schema["Incident"] }) {
  const [doing, setDoing] = useState<"correct" | "reject" | "split" | null>(null);
  const { data: meta } = useAnswer("/api/meta");
  const { event } = telling;
  if (isReport || !meta?.writable) return null;
  const mine = incident.tellings.filter((each) => each.account === telling.account && each.account !== null).map((each) => each.event.id);
  const events = mine.length ? mine : [event.id];
  const alone = events.length >= incident.tellings.length;
  const standing = telling.corrections.filter((each) => each.undone === null).map((each) => each.id);
  const close = () => setDoing(null);
  if (doing === "correct") {
    const modes = meta.types.find((type) => type.name === event.type)?.modes ?? [];
    return <CorrectForm event={event} modes={modes} onDone={close} onCancel={close} />;
  }
  if (doing === "reject") {
    return (
      <NoteForm
        deed="Not an event"
        explained="It is left out of every answer. What was read stays in the ledger, and this can be undone."
        danger
        onSend={(noted) => write("Taken out: it is not an event.", () => post("/api/records/{id}/reject", noted, { id: event.id }))}
        onDone={close}
        onCancel={close}
      />
    );
  }
  if (doing === "split") {
    return (
      <NoteForm
        deed="Split off"
        explained="What this article tells becomes an incident of its own. This can be undone."
        onSend={(noted) =>
          write("Split off: it is an incident of its own now.", () =>
            post("/api/incidents/{id}/split", { events, ...noted }, { id: incident.card.id }),
          )
        }
        onDone={close}
        onCancel={close}
      />
    );
  }
  return (
    <div class="actions">
      <Button small disabled={writing.value} onClick={() => setDoing("correct")}>
        Correct…
      </Button>
      <Button small kind="danger" disabled={writing.value} onClick={() => setDoing("reject")}>
        Not an event…
      </Button>
      {!alone && (
        <Button small disabled={writing.value} onClick={() => setDoing("split")}>
          Split off…
        </Button>
      )}
      {standing.length > 0 && (
        <Button small disabled={writing.value} onClick={() => void undo({ corrections: standing, decisions: [] }, "Corrections taken back.")}>
          Undo corrections
        </Button>
      )}
    </div>
  );
}
