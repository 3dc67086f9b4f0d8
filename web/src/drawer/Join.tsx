import { useEffect, useId, useRef, useState } from "preact/hooks";

import { post, type Schema, useAnswer } from "../api";
import { Button } from "../components/Button";
import { ErrorNote, Loading } from "../components/States";
import { voicesText, whenText } from "../home/IncidentCard";
import { isReport } from "../route";
import { typeText } from "../words/codes";
import { write, writing } from "./actions";
import { DecisionForm } from "./DecisionForm";
import { byLikeness, nearby } from "./near";
import { NoteField, notedBy } from "./NoteForm";

type Card = Schema["Card"];

const MOST = 50;
const SHOWN = 8;
const TYPING_MS = 300;

/** Says that this incident and another one are the same: looked for nearby first, else by words. */
export function Join({ card }: { card: Card }) {
  const [open, setOpen] = useState(false);
  const { data: meta } = useAnswer("/api/meta");
  useEffect(() => setOpen(false), [card.id]);
  if (isReport || !meta?.writable) return null;
  if (open) return <JoinForm card={card} onClose={() => setOpen(false)} />;
  return (
    <div class="actions">
      <Button small disabled={writing.value} onClick={() => setOpen(true)}>
        Join with another incident…
      </Button>
    </div>
  );
}

function JoinForm({ card, onClose }: { card: Card; onClose: () => void }) {
  const [typed, setTyped] = useState("");
  const words = useSettled(typed.trim());
  const { data, error, reload } = useAnswer("/api/incidents", { query: { ...(words ? { q: words } : nearby(card)), limit: MOST } }, { keep: true });
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const name = useId();
  useEffect(() => field.current?.focus(), []);
  const others = data && byLikeness(card, data.items).slice(0, SHOWN);
  const other = others?.some(({ id }) => id === chosen) ? chosen : null;
  const send = async () => {
    if (!other) return;
    const done = await write("Joined: they are one incident now.", () =>
      post("/api/incidents/{id}/join", { other, ...notedBy(note) }, { id: card.id }),
    );
    if (done) onClose();
  };
  return (
    <DecisionForm aria-label="Join with another incident" deed="They are one" ready={other !== null} onSend={send} onCancel={onClose}>
      <label>
        Which incident is the same? {words ? "Told by articles with these words:" : "These are near it in time and place; type words to look elsewhere."}
        <input type="search" dir="auto" ref={field} value={typed} autocomplete="off" onInput={(happened) => setTyped(happened.currentTarget.value)} onKeyDown={(happened) => happened.key === "Enter" && happened.preventDefault()} />
      </label>
      {error && <ErrorNote error={error} onRetry={reload} />}
      {!others && !error && <Loading what="Looking" />}
      {others?.length === 0 && <p class="soft small">There is none. {words ? "Try other words." : "Type words of its articles above."}</p>}
      {others && others.length > 0 && (
        <fieldset class="others">
          <legend class="hidden">Incidents that may be the same</legend>
          {others.map((each) => (
            <Other key={each.id} card={each} name={name} chosen={each.id === other} onChoose={() => setChosen(each.id)} />
          ))}
        </fieldset>
      )}
      <NoteField note={note} onNote={setNote} />
    </DecisionForm>
  );
}

function Other({ card, name, chosen, onChoose }: { card: Card; name: string; chosen: boolean; onChoose: () => void }) {
  return (
    <label class={chosen ? "other is-chosen" : "other"}>
      <input type="radio" name={name} checked={chosen} onChange={onChoose} />
      <span>
        <strong dir="ltr">{card.title}</strong>
        <span class="soft small">
          {[typeText(card.type, card.mode), whenText(card), card.place?.name, voicesText(card)].filter(Boolean).join(" · ")}
        </span>
      </span>
    </label>
  );
}

/** What was typed, once the typing pauses. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const waiting = window.setTimeout(() => setSettled(typed), TYPING_MS);
    return () => window.clearTimeout(waiting);
  }, [typed]);
  return settled;
}
