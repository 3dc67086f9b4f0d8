/** The filters in force as chips that can be taken away, and the ways to add more and to take the view elsewhere. */
import { useState } from "preact/hooks";
import { useAnswer } from "../api";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { Icon } from "../components/Icon";
import { type FilterName, MANY, filters, removing, removingAll } from "../filters";
import { ask, isReport } from "../route";
import { QUADS, capital, statusText, typeText } from "../words/codes";
import { spanText, dayText } from "../words/days";
import { countryName } from "../words/names";
import { share } from "../words/numbers";
import type { View } from "../views";
import { FilterDialog } from "./FilterDialog";
import { ViewMenu } from "./ViewMenu";

const NAMES: Record<FilterName, string> = {
  q: "words", type: "kind", quad: "class", actor: "actor", place: "place", country: "country", outlet: "outlet", status: "status",
  since: "since", until: "until", confidence: "sure", voices: "sources", bbox: "area",
}; // prettier-ignore

/** A filter's value in words. */
function wordsOf(name: FilterName, value: string): string {
  if (name === "type") return typeText(value);
  if (name === "quad") return QUADS[value as keyof typeof QUADS] ?? value;
  if (name === "status") return capital(statusText(value));
  if (name === "actor") return value.replace(/^=/, "");
  if (name === "country") return countryName(value) ?? value;
  if (name === "since" || name === "until") return dayText(value);
  if (name === "confidence") return `at least ${share(Number(value))}`;
  if (name === "voices") return `at least ${value} independent`;
  if (name === "bbox") return "what the map showed";
  return value;
}

interface Shown {
  key: string;
  names: FilterName[];
  label: string;
  words: string;
  value?: string;
}

function chipsOf(): Shown[] {
  const asked = filters.value;
  const chips: Shown[] = MANY.flatMap((name) =>
    (asked[name] ?? []).map((value) => ({ key: `${name} ${value}`, names: [name], label: NAMES[name], words: wordsOf(name, value), value })),
  );
  const { since, until } = asked;
  if (since && until) chips.push({ key: "days", names: ["since", "until"], label: "days", words: spanText(since, until, true) ?? "" });
  for (const name of ["q", "since", "until", "confidence", "voices", "bbox"] as const) {
    const value = asked[name];
    if (value && !((name === "since" || name === "until") && since && until)) chips.push({ key: name, names: [name], label: NAMES[name], words: wordsOf(name, value) });
  }
  return chips;
}

export function FilterBar() {
  const [open, setOpen] = useState(false);
  const meta = useAnswer("/api/meta").data;
  const chips = chipsOf();
  return (
    <div class="filterbar" role="group" aria-label="Filters">
      {!isReport && (
        <Button small onClick={() => setOpen(true)} aria-haspopup="dialog">
          <Icon name="filter" /> Filter
        </Button>
      )}
      {chips.length === 0 && <span class="faint small filterbar-none">Everything in the ledger{meta ? spanOf(meta.first_day, meta.last_day) : ""}</span>}
      {chips.map((chip) => (
        <Chip key={chip.key} name={chip.label} tone="accent" onRemove={isReport ? undefined : () => remove(chip)} removeLabel={`Remove the filter ${chip.label} ${chip.words}`}>
          {chip.words}
        </Chip>
      ))}
      {chips.length > 1 && !isReport && (
        <Button small kind="quiet" onClick={() => ask(removingAll())}>
          Clear all
        </Button>
      )}
      <span class="filterbar-end">
        {meta && meta.behind > 0 && <span class="faint small" role="status">{meta.behind} new articles on their way in…</span>}
        <ViewMenu />
      </span>
      {open && <FilterDialog onClose={() => setOpen(false)} />}
    </div>
  );
}

/** The filters that are set and do not narrow this view: whoever has set them must not take what it shows for all that fits them. */
export function NotHere({ view }: { view: View | undefined }) {
  const narrowed: readonly FilterName[] = view && view.narrowed !== "all" ? view.narrowed : [];
  const works = ({ names: [name], value }: Shown) => name && narrowed.includes(name) && (value === undefined || value === filters.value[name]?.[0]);
  const idle = isReport ? [] : chipsOf().filter((chip) => !works(chip));
  if (!idle.length) return <div class="filterbar-gap" />;
  return (
    <div class="filterbar" role="group" aria-label="Filters that do not narrow this view">
      <span class="faint small">Not narrowed here by</span>
      {idle.map((chip) => (
        <Chip key={chip.key} name={chip.label} onRemove={() => remove(chip)} removeLabel={`Remove the filter ${chip.label} ${chip.words}`}>
          {chip.words}
        </Chip>
      ))}
    </div>
  );
}

function remove(chip: Shown): void {
  ask(Object.assign({}, ...chip.names.map((name) => removing(name, chip.value))));
}

function spanOf(first: string | null, last: string | null): string {
  const span = spanText(first, last);
  return span ? `, ${span}` : "";
}
