import { useEffect, useId, useRef, useState } from "preact/hooks";

import { DecisionForm } from "./DecisionForm";

export interface Noted {
  note?: string;
}

interface Props {
  /** What the button says, and so what will be done. */
  deed: string;
  /** What comes of it. */
  explained: string;
  danger?: boolean;
  /** Does it, with the note where one was written; null where it was refused, and the form stays. */
  onSend: (noted: Noted) => Promise<unknown>;
  onDone: () => void;
  onCancel: () => void;
}

/** What a person is about to say, with room for why: the note is kept with the decision. Enter sends it, Escape leaves it. */
export function NoteForm({ deed, explained, danger = false, onSend, onDone, onCancel }: Props) {
  const [note, setNote] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const about = useId();
  useEffect(() => field.current?.focus(), []);
  return (
    <DecisionForm
      aria-describedby={about}
      deed={deed}
      danger={danger}
      onSend={() => onSend(notedBy(note)).then((done) => done !== null && onDone())}
      onCancel={onCancel}
    >
      <p id={about} class="soft small">
        {explained}
      </p>
      <NoteField note={note} onNote={setNote} fieldRef={field} />
    </DecisionForm>
  );
}

interface FieldProps {
  note: string;
  onNote: (note: string) => void;
  fieldRef?: preact.Ref<HTMLInputElement>;
}

/** Why: kept with what is decided, for others to read. */
export function NoteField({ note, onNote, fieldRef }: FieldProps) {
  return (
    <label class="wide">
      Why (may be left empty; kept with the decision)
      <input dir="auto" ref={fieldRef} value={note} maxLength={2000} autocomplete="off" onInput={(happened) => onNote(happened.currentTarget.value)} />
    </label>
  );
}

/** A note as it is sent: nothing where nothing was written. */
export function notedBy(written: string): Noted {
  const note = written.trim();
  return note ? { note } : {};
}
