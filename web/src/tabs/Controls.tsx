import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import { ask, query } from "../route";

const TYPING_MS = 300;

/** Controls that narrow one tab, in a row; their values stand in the URL. On a phone they are folded away until asked for. */
export function Controls({ label, fold = true, children }: { label: string; fold?: boolean; children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <form
      class={fold && !open ? "tab-controls is-folded" : "tab-controls"}
      role="search"
      aria-label={label}
      onSubmit={(event) => event.preventDefault()}
    >
      {fold && (
        <button type="button" class="button small fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Fewer controls" : "Filter"}
        </button>
      )}
      {children}
    </form>
  );
}

interface Named {
  label: string;
  /** The key in the URL. */
  name: string;
}

/** Words in the URL; asked for when the typing pauses, at Enter and on leaving. */
export function TextControl({ label, name, placeholder, list }: Named & { placeholder?: string; list?: readonly string[] }) {
  const value = query.value.get(name) ?? "";
  const [typed, setTyped] = useState(value);
  const waiting = useRef<number | undefined>(undefined);
  // What comes from elsewhere (back, Clear) is shown; what was sent from here must not undo what has been typed since.
  const sent = useRef(value);
  useEffect(() => {
    if (value !== sent.current) setTyped(value);
    sent.current = value;
  }, [value]);
  useEffect(() => () => window.clearTimeout(waiting.current), []);
  const send = (text: string) => {
    window.clearTimeout(waiting.current);
    sent.current = text.trim();
    if (sent.current !== value) ask({ [name]: sent.current || null }, { replace: true });
  };
  return (
    <label>
      {label}
      <input
        type="search"
        dir="auto"
        autocomplete="off"
        value={typed}
        placeholder={placeholder}
        list={list && `${name}-list`}
        onInput={(event) => {
          const text = event.currentTarget.value;
          setTyped(text);
          window.clearTimeout(waiting.current);
          waiting.current = window.setTimeout(() => send(text), TYPING_MS);
        }}
        onChange={(event) => send(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && send(event.currentTarget.value)}
      />
      {list && (
        <datalist id={`${name}-list`}>
          {list.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </label>
  );
}

export function DateControl({ label, name, min, max }: Named & { min?: string | null; max?: string | null }) {
  return (
    <label>
      {label}
      <input
        type="date"
        value={query.value.get(name) ?? ""}
        min={min ?? undefined}
        max={max ?? undefined}
        onChange={(event) => ask({ [name]: event.currentTarget.value || null }, { replace: true })}
      />
    </label>
  );
}

export interface Option {
  value: string;
  label: string;
}

/** One of several; the first option stands for no filter, its value is empty. */
export function SelectControl({ label, name, options }: Named & { options: readonly Option[] }) {
  return (
    <label>
      {label}
      <select value={query.value.get(name) ?? ""} onChange={(event) => ask({ [name]: event.currentTarget.value || null }, { replace: true })}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Several of a few, as buttons that stay pressed. */
export function ChoiceControl({ label, name, options }: Named & { options: readonly Option[] }) {
  const chosen = query.value.getAll(name);
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map(({ value, label: shown }) => {
        const pressed = chosen.includes(value);
        return (
          <button
            key={value}
            type="button"
            class="button small"
            aria-pressed={pressed}
            onClick={() => ask({ [name]: pressed ? chosen.filter((each) => each !== value) : [...chosen, value] }, { replace: true })}
          >
            {shown}
          </button>
        );
      })}
    </fieldset>
  );
}

/** Takes all filters of a tab away; shown only where there are any. */
export function ClearControl({ names }: { names: readonly string[] }) {
  if (!names.some((name) => query.value.get(name))) return null;
  return (
    <button type="button" class="button quiet small" onClick={() => ask(Object.fromEntries(names.map((name) => [name, null])), { replace: true })}>
      Clear
    </button>
  );
}
