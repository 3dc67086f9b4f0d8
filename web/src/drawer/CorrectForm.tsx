import { useId, useState } from "preact/hooks";

import { post, type Schema } from "../api";
import { STATUSES, capital, modeText, TYPES } from "../words/codes";
import { write } from "./actions";
import { asParties, changed, type Draft, draftOf } from "./correcting";
import { DecisionForm } from "./DecisionForm";

interface Props {
  event: Schema["EventDetail"];
  modes: readonly string[];
  onDone: () => void;
  onCancel: () => void;
}

/** Fields of an event to put right, with a note. What is not touched is not sent; what the server refuses stays in the form. */
export function CorrectForm({ event, modes, onDone, onCancel }: Props) {
  const start = draftOf(event);
  const [draft, setDraft] = useState<Draft>(start);
  const [error, setError] = useState<{ text: string; field: string | null } | null>(null);
  const id = useId();
  const set = (field: keyof Draft) => (happened: { currentTarget: { value: string } }) => setDraft({ ...draft, [field]: happened.currentTarget.value });
  const send = async () => {
    const sent = changed(start, draft);
    if (!Object.keys(sent).length) {
      setError({ text: "Nothing is changed yet: change a field, or write a note.", field: null });
      return;
    }
    setError(null);
    const done = await write("Corrected.", () => post("/api/records/{id}/correct", sent, { id: event.id }), (refused) =>
      setError({ text: refused.message, field: refused.field }),
    );
    if (done) onDone();
  };
  const wrong = (field: string) => (error?.field === field ? { "aria-invalid": true, "aria-describedby": `${id}-error` } : {});
  return (
    <DecisionForm deed="Save correction" onSend={send} onCancel={onCancel}>
      <div class="correct-fields">
        <label>
          Kind of act
          <select value={draft.type} onChange={(happened) => setDraft({ ...draft, type: happened.currentTarget.value, mode: "" })} {...wrong("type")}>
            {Object.entries(TYPES).map(([code, { label }]) => (
              <option key={code} value={code}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {modes.length > 0 && draft.type === event.type && (
          <label>
            How
            <select value={draft.mode} onChange={set("mode")} {...wrong("mode")}>
              <option value="">Not told</option>
              {modes.map((mode) => (
                <option key={mode} value={mode}>
                  {capital(modeText(event.type, mode))}
                </option>
              ))}
            </select>
          </label>
        )}
        <label>
          Whether it happened
          <select value={draft.status} onChange={set("status")} {...wrong("status")}>
            {Object.entries(STATUSES).map(([code, label]) => code !== "lapsed" && <option key={code} value={code}>{capital(label)}</option>)}
          </select>
        </label>
        <label>
          First day
          <input type="date" value={draft.first} onInput={set("first")} {...wrong("date")} />
        </label>
        <label>
          Last day
          <input type="date" value={draft.last} min={draft.first || undefined} onInput={set("last")} {...wrong("date")} />
        </label>
        <label>
          Place
          <input dir="auto" value={draft.place} onInput={set("place")} autocomplete="off" {...wrong("place")} />
        </label>
        <label>
          Country of the place
          <input value={draft.country} onInput={set("country")} autocomplete="off" {...wrong("country")} />
        </label>
        <label class="wide">
          Who, one a line
          <textarea dir="auto" rows={rows(draft.actors)} value={draft.actors} onInput={set("actors")} {...wrong("actors")} />
        </label>
        <label class="wide">
          To whom, one a line
          <textarea dir="auto" rows={rows(draft.recipients)} value={draft.recipients} onInput={set("recipients")} {...wrong("recipients")} />
        </label>
        <label class="wide">
          Who says so, one a line; each leans on the next
          <textarea dir="auto" rows={rows(draft.saidBy)} value={draft.saidBy} onInput={set("saidBy")} {...wrong("said_by")} />
        </label>
        <label>
          Due by
          <input type="date" value={draft.deadline} onInput={set("deadline")} {...wrong("deadline")} />
        </label>
        <label class="wide">
          Why (kept with the correction)
          <input dir="auto" value={draft.note} onInput={set("note")} maxLength={2000} autocomplete="off" {...wrong("note")} />
        </label>
      </div>
      <p id={`${id}-error`} role="alert" class="form-error">
        {error?.text}
      </p>
    </DecisionForm>
  );
}

function rows(text: string): number {
  return Math.min(6, Math.max(1, asParties(text).length));
}
