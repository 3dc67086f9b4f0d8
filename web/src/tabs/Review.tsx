import "./tabs.css";
import "./articles.css";
import "./review.css";
import "../drawer/drawer.css";

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

import { post, type Schema, useAnswer, usePages } from "../api";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { takeBack, write } from "../drawer/actions";
import { notedBy } from "../drawer/NoteForm";
import { isReport, query } from "../route";
import { TYPES } from "../words/codes";
import { count } from "../words/numbers";
import { ClearControl, Controls, DateControl, SelectControl, TextControl } from "./Controls";
import { Heading, More } from "./Heading";
import { type Deed, deedOf, focusOf, KEYS, settle } from "./keys";
import { Queue } from "./Queue";
import { ReviewItem } from "./ReviewItem";

const OWN = ["type", "outlet", "since", "until"];
const KINDS = [{ value: "", label: "Every kind" }, ...Object.entries(TYPES).map(([value, { label }]) => ({ value, label }))];

/** The events that the reader is least sure of, one after another, to be accepted, corrected or taken out with single keys. */
export default function Review() {
  const asked = (name: string) => query.value.get(name) ?? undefined;
  const type = asked("type");
  const found = usePages("/api/review", { query: { type: type ? [type] : [], outlet: asked("outlet"), since: asked("since"), until: asked("until") } });
  const { data: meta } = useAnswer("/api/meta");
  const writable = !isReport && Boolean(meta?.writable);
  const [wanted, setWanted] = useState<string | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [help, setHelp] = useState(false);
  const index = useRef(0);
  const acted = useRef(false);
  const ids = found.items.map((item) => item.telling.event.id);
  const at = settle(ids, wanted, index.current);
  index.current = at;
  const item = found.items[at];

  const move = (by: number) => {
    const next = Math.min(Math.max(at + by, 0), ids.length - 1);
    if (by > 0 && next === at) found.more?.();
    setWanted(ids[next] ?? null);
    setEditing(null);
    focusQueue();
  };
  const acts: Record<Deed, () => void> = {
    next: () => move(1),
    previous: () => move(-1),
    accept: () => void settleItem(item, "Accepted as it stands.", (id) => post("/api/records/{id}/accept", notedBy(note), { id })),
    reject: () => void settleItem(item, "Taken out: it is not an event.", (id) => post("/api/records/{id}/reject", notedBy(note), { id })),
    edit: () => item && setEditing(item.telling.event.id),
    split: () => void split(item, note),
    note: () => document.querySelector<HTMLInputElement>(".review-note input")?.focus(),
    undo: () => void takeBack().then((deed) => deed?.about && setWanted(deed.about)),
    help: () => setHelp(true),
  };
  const current = item?.telling.event.id;
  useEffect(() => {
    // A write takes the looked-at item, and the focus with it, out of the queue: what stands in its place takes the focus up. What an
    // undo brings back does so too.
    const focused = document.activeElement;
    if (acted.current && (focused === document.body || focused?.closest(".queue"))) focusQueue();
  }, [current, found.items.length, editing]);
  useLayoutEffect(() => setNote(""), [current]);
  const doing = useRef(acts);
  doing.current = acts;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) setEditing(null); // from wherever the focus is
      const deed = deedOf(event, focusOf(event.target));
      if (!deed || document.querySelector("dialog[open]")) return;
      if (!writable && !["next", "previous", "help"].includes(deed)) return;
      event.preventDefault();
      acted.current = true;
      doing.current[deed]();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [writable]);

  return (
    <div class="review">
      <Heading title="Review" count={item ? `${count(at + 1)} of ${count(found.total ?? ids.length)}, the least sure first` : null}>
        <Button onClick={() => setHelp(true)}>
          Keys <kbd>?</kbd>
        </Button>
      </Heading>
      <Controls label="Which events">
        <SelectControl label="Kind of act" name="type" options={KINDS} />
        <TextControl label="Outlet" name="outlet" placeholder="An outlet" list={meta?.outlets.map(({ name }) => name) ?? []} />
        <DateControl label="From" name="since" />
        <DateControl label="To" name="until" />
        <ClearControl names={OWN} />
      </Controls>
      {found.error && <ErrorNote error={found.error} onRetry={found.reload} />}
      {!item && found.loading && <Loading />}
      {!item && !found.loading && !found.error && <Nothing />}
      {item && (
        <div class="two-columns">
          <div>
            <Queue items={found.items} at={at} onChoose={setWanted} />
            <More more={found.more} shown={found.items.length} total={found.total} loading={found.loading} />
          </div>
          <ReviewItem
            key={item.telling.event.id}
            item={item}
            meta={meta}
            writable={writable}
            note={note}
            onNote={setNote}
            onNoted={() => {
              (document.activeElement as HTMLElement | null)?.blur();
              focusQueue();
            }}
            editing={editing === item.telling.event.id}
            onEdited={() => {
              acted.current = true;
              setEditing(null);
            }}
            act={(deed) => {
              acted.current = true;
              acts[deed]();
            }}
          />
        </div>
      )}
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Write about an item; it leaves the queue when the server has it. */
async function settleItem(item: Schema["ReviewItem"] | undefined, done: string, work: (id: string) => Promise<Schema["Done"]>): Promise<void> {
  if (!item) return;
  if (await write(done, () => work(item.telling.event.id))) focusQueue();
}

async function split(item: Schema["ReviewItem"] | undefined, note: string): Promise<void> {
  const incident = item?.telling.incident;
  if (!item || !incident) return;
  await write("Split off: it is an incident of its own now.", () =>
    post("/api/incidents/{id}/split", { events: [item.telling.event.id], ...notedBy(note) }, { id: incident }),
  );
}

/** The focus goes with the choice, so that a reader hears what is looked at now; who corrects or writes a note by now keeps it. */
function focusQueue(): void {
  requestAnimationFrame(() => {
    if (!document.querySelector("form.correct, .review-note :focus")) document.querySelector<HTMLElement>(".queue [aria-current]")?.focus();
  });
}

function Nothing() {
  if (OWN.some((name) => query.value.get(name))) return <EmptyState title="Nothing left to review here">Take a filter away to see the rest.</EmptyState>;
  return (
    <EmptyState title="Nothing to review">
      Every event was looked at, or there are none yet. Take articles in with <code>dateline add</code>.
    </EmptyState>
  );
}

function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys of the review" onClose={onClose}>
      <dl class="keys">
        {KEYS.map(({ key, what }) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p class="soft small">The keys do nothing while you type in a field.</p>
    </Dialog>
  );
}
