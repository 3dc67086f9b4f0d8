import { useEffect, useRef } from "preact/hooks";

import type { Schema } from "../api";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { writing } from "../drawer/actions";
import { CorrectForm } from "../drawer/CorrectForm";
import { NoteField } from "../drawer/NoteForm";
import { OutLink } from "../drawer/OutLink";
import { Legend, Passage } from "../drawer/Passage";
import { Elsewhere, TellingDetails } from "../drawer/Telling";
import { address } from "../route";
import { capital, statusText, typeText } from "../words/codes";
import { dayText, spanText } from "../words/days";
import { actorsText } from "../words/names";
import { rangeText, share, sureness } from "../words/numbers";
import { titleText } from "../words/text";
import type { Deed } from "./keys";

interface Props {
  item: Schema["ReviewItem"];
  meta: Schema["Meta"] | undefined;
  writable: boolean;
  /** Why, as far as it is written; it goes with what is decided next. */
  note: string;
  onNote: (note: string) => void;
  /** Called when the note is written. */
  onNoted: () => void;
  editing: boolean;
  onEdited: () => void;
  act: (deed: Deed) => void;
}

/** One event to look at: its words, what was read in them, and what can be said about it. */
export function ReviewItem({ item, meta, writable, note, onNote, onNoted, editing, onEdited, act }: Props) {
  const { telling } = item;
  const { event, article } = telling;
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (editing) form.current?.querySelector<HTMLElement>("select, input, textarea")?.focus();
  }, [editing]);
  const modes = meta?.types.find((type) => type.name === event.type)?.modes ?? [];
  return (
    <article class="review-item" aria-label={`${typeText(event.type, event.mode)}, “${event.trigger}”`}>
      <p class="article-line">
        <a href={address(`/articles/${article.id}`, { at: event.id })} dir="auto">
          {titleText(article.title)}
        </a>
        <span class="soft small">
          {article.outlet && <bdi>{article.outlet}</bdi>}
          {article.day && `, ${dayText(article.day)}`}
          <OutLink url={article.url} />
        </span>
      </p>
      <Legend passages={[telling.paragraph, ...telling.elsewhere]} />
      <Passage passage={telling.paragraph} />
      {telling.elsewhere.map((passage) => (
        <Elsewhere key={passage.start} passage={passage} />
      ))}
      <Fields event={event} />
      {writable && !editing && (
        <>
          <Actions act={act} split={telling.incident !== null} />
          <div class="review-note" onKeyDown={(happened) => (happened.key === "Enter" || happened.key === "Escape") && onNoted()}>
            <NoteField note={note} onNote={onNote} />
          </div>
        </>
      )}
      {editing && (
        <div ref={form}>
          <CorrectForm event={event} modes={modes} onDone={onEdited} onCancel={onEdited} />
        </div>
      )}
      <TellingDetails telling={telling} />
      {telling.incident && (
        <p>
          <a href={address(undefined, { incident: telling.incident })}>Evidence of the incident</a>
          {item.title && (
            <span class="soft">
              {": "}
              <bdi dir="ltr">{item.title}</bdi>
            </span>
          )}
        </p>
      )}
    </article>
  );
}

function Fields({ event }: { event: Schema["EventDetail"] }) {
  const numbers = event.quantities.map((each) => `${each.approximate ? "about " : ""}${rangeText(each.low, each.high) ?? "some"} ${each.what}`);
  const fields: [string, string | null][] = [
    ["Kind of act", typeText(event.type, event.mode)],
    ["Who", actorsText(event.actors, 5) || "Nobody is named"],
    ["To whom", actorsText(event.recipients, 5) || null],
    ["When", event.days && spanText(event.days.first, event.days.last)],
    ["Where", event.place?.name ?? null],
    ["How many", numbers.join(", ") || null],
    ["Due", event.deadline && dayText(event.deadline)],
    ["Said by", event.said_by.join(", who leans on ") || null],
  ];
  return (
    <>
      <p class="chips">
        <Chip name="sure" title={sureness(event.confidence)}>
          {share(event.confidence)}
        </Chip>
        <Chip tone={event.status === "actual" ? "plain" : "warn"}>{capital(statusText(event.status))}</Chip>
        {event.corrected > 0 && <Chip tone="accent">Corrected by a person</Chip>}
      </p>
      <dl class="fields">
        {fields.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}

function Actions({ act, split }: { act: (deed: Deed) => void; split: boolean }) {
  const busy = writing.value;
  return (
    <div class="actions">
      <Button kind="primary" disabled={busy} aria-keyshortcuts="a" onClick={() => act("accept")}>
        Accept <kbd>a</kbd>
      </Button>
      <Button kind="danger" disabled={busy} aria-keyshortcuts="x" onClick={() => act("reject")}>
        Not an event <kbd>x</kbd>
      </Button>
      <Button disabled={busy} aria-keyshortcuts="e" onClick={() => act("edit")}>
        Correct <kbd>e</kbd>
      </Button>
      {split && (
        <Button disabled={busy} aria-keyshortcuts="s" onClick={() => act("split")}>
          Split off <kbd>s</kbd>
        </Button>
      )}
      <Button disabled={busy} aria-keyshortcuts="u" onClick={() => act("undo")}>
        Undo <kbd>u</kbd>
      </Button>
    </div>
  );
}
