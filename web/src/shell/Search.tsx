/** Search with suggestions: a combobox by the ARIA pattern. What is chosen becomes a filter; what is only typed is looked for in the articles. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Refused, type Schema, get } from "../api";
import { Icon } from "../components/Icon";
import { adding } from "../filters";
import { address, go, isReport, path } from "../route";
import { viewOf } from "../views";
import { typeText } from "../words/codes";
import { count } from "../words/numbers";

type Suggestion = Schema["Suggestion"];
interface Option {
  filter: Suggestion["filter"] | "q";
  value: string;
  label: string;
  detail: string | null;
  count: number | null;
}

const KINDS: Record<Option["filter"], string> = { q: "Words", actor: "Actor", place: "Place", type: "Kind of act", outlet: "Outlet", country: "Country" };
const WAIT_MS = 120;

export function Search() {
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<{ of: string; items: Suggestion[] }>({ of: "", items: [] });
  const [shown, setShown] = useState(false);
  const [at, setAt] = useState(-1);
  const [failure, setFailure] = useState<string | null>(null);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const wanted = typed.trim();

  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    const wait = window.setTimeout(() => {
      get("/api/suggest", { query: { q: wanted, limit: 10 } }, stop.signal).then(
        ({ items }) => {
          setFound({ of: wanted, items });
          setFailure(null);
        },
        (problem: unknown) => {
          if (!stop.signal.aborted) setFailure(problem instanceof Refused ? problem.message : "No suggestions came.");
        },
      );
    }, WAIT_MS);
    return () => {
      window.clearTimeout(wait);
      stop.abort();
    };
  }, [wanted]);

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const inField = (event.target as Element | null)?.closest?.("input, textarea, select, [contenteditable], dialog");
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || inField) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);

  const options = wanted ? optionsOf(wanted, found.items) : [];
  const open = shown && options.length > 0;
  const choose = (option: Option) => {
    const filtered = viewOf(path.value)?.narrowed === "all";
    go(address(filtered ? path.value : "/", adding(option.filter, option.value)));
    setTyped("");
    setShown(false);
    setAt(-1);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setShown(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (options.length) setAt(at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = options[at] ?? options[0];
      if (option) choose(option);
    } else if (event.key === "Escape" && (open || typed)) {
      event.preventDefault();
      if (open) setShown(false);
      else setTyped("");
      setAt(-1);
    }
  };
  if (isReport) return null;
  return (
    <div class="search" role="search">
      <Icon name="search" />
      <input
        ref={input}
        role="combobox"
        aria-label="Search: words, actors, places, kinds of act"
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && at >= 0 ? `${list}-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        maxLength={100}
        dir="auto"
        placeholder="Search words, actors, places…"
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setShown(true);
          setAt(-1);
        }}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onKeyDown={keys}
      />
      {!typed && <kbd aria-hidden="true">/</kbd>}
      <ul id={list} role="listbox" aria-label="Suggestions" class="suggestions" hidden={!open}>
        {options.map((option, n) => (
          <li
            key={`${option.filter} ${option.value}`}
            id={`${list}-${n}`}
            role="option"
            aria-selected={n === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            <span class="kind">{KINDS[option.filter]}</span>
            <span class="label" dir="auto">
              {option.filter === "q" ? <>Articles with “{option.label}”</> : option.label}
              {option.detail && <span class="faint"> {option.detail}</span>}
            </span>
            {option.count !== null && <span class="faint number">{count(option.count)}</span>}
          </li>
        ))}
      </ul>
      <p class="hidden" role="status">
        {open && found.of === wanted ? `${found.items.length} suggestions` : ""}
        {failure}
      </p>
    </div>
  );
}

/** The suggestions, and the words themselves. A name that begins as typed comes before the words. */
function optionsOf(wanted: string, items: readonly Suggestion[]): Option[] {
  const words: Option = { filter: "q", value: quoted(wanted), label: wanted, detail: null, count: null };
  const named = items.map((item) => ({ ...item, label: item.filter === "type" ? typeText(item.value) : item.label }));
  return [words, ...named];
}

/** Words as the search of the ledger takes them: a phrase, unless its own language (AND, OR, NOT, NEAR, quotation marks, *) is used. */
export function quoted(words: string): string {
  if (/["*()]|\b(AND|OR|NOT|NEAR)\b/.test(words) || /^[\p{L}\p{N}]+( [\p{L}\p{N}]+)*$/u.test(words)) return words;
  return `"${words.replaceAll('"', '""')}"`;
}
