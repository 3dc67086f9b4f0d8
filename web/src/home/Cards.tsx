/** The list of incidents: the same as on the map, page by page, moved through with the arrow keys. */
import { useEffect, useRef } from "preact/hooks";
import type { Pages, Schema } from "../api";
import { Button } from "../components/Button";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { filters, removingAll } from "../filters";
import { ask, isReport, query } from "../route";
import { count, counted } from "../words/numbers";
import { IncidentCard } from "./IncidentCard";

const ORDERS = [
  ["rank", "Weightiest first"],
  ["-day", "Newest first"],
  ["day", "Oldest first"],
  ["-voices", "Most independent sources first"],
  ["confidence", "Least certain first"],
] as const;
export type Order = (typeof ORDERS)[number][0];

export function orderAsked(): Order {
  return ORDERS.find(([order]) => order === query.value.get("sort"))?.[0] ?? "rank";
}

interface Props {
  pages: Pages<Schema["Card"]>;
  open: string | null;
  onPoint: (id: string | null) => void;
}

export function Cards({ pages, open, onPoint }: Props) {
  const { items, total, error, loading, more } = pages;
  const filtered = Object.keys(filters.value).length > 0;
  return (
    <section class="cards" aria-label="Incidents">
      <header class="cards-head">
        <h1 class="cards-count" aria-live="polite">
          {total === undefined ? "Incidents" : counted(total, "incident")}
        </h1>
        {!isReport && <label class="cards-order">
          <span class="hidden">Order</span>
          <select value={orderAsked()} onChange={(event) => ask({ sort: event.currentTarget.value === "rank" ? null : event.currentTarget.value })}>
            {ORDERS.map(([order, words]) => (
              <option key={order} value={order}>
                {words}
              </option>
            ))}
          </select>
        </label>}
      </header>
      {error && <ErrorNote error={error} onRetry={pages.reload} />}
      {total === 0 && (filtered ? <NothingFits /> : <NothingYet />)}
      {total === undefined && loading && !error && <Loading what="Fetching incidents" />}
      <ul class={loading ? "card-list stale" : "card-list"} onKeyDown={walk}>
        {items.map((card) => (
          <li key={card.id}>
            <IncidentCard card={card} open={card.id === open} onPoint={onPoint} />
          </li>
        ))}
      </ul>
      {more && <More left={(total ?? 0) - items.length} onMore={more} loading={loading} failed={error !== undefined} />}
    </section>
  );
}

function NothingFits() {
  return (
    <EmptyState title="Nothing fits all of these filters" action={<Button onClick={() => ask(removingAll())}>Clear all filters</Button>}>
      Take one away, or widen the dates.
    </EmptyState>
  );
}

function NothingYet() {
  return (
    <EmptyState title="No incidents yet">
      Take articles into the ledger with <code>dateline add</code>; what they tell appears here as it is read.
    </EmptyState>
  );
}

/** Fetches the next page when it comes into view; a button as well, for those who do not scroll, and where it failed. */
function More({ left, onMore, loading, failed }: { left: number; onMore: () => void; loading: boolean; failed: boolean }) {
  const end = useRef<HTMLDivElement>(null);
  const next = useRef(onMore);
  next.current = onMore;
  useEffect(() => {
    if (!end.current || failed) return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && next.current(), { rootMargin: "600px" });
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [left, loading, failed]);
  return (
    <div class="cards-more" ref={end}>
      <Button small disabled={loading} onClick={onMore}>
        {loading ? "Fetching…" : `Show more (${count(left)} left)`}
      </Button>
    </div>
  );
}

/** Arrow keys, Home and End move the focus from card to card. */
export function walk(event: KeyboardEvent): void {
  const cards = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("a.card")];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: cards.length - 1 }[event.key];
  const card = to === undefined || at < 0 ? undefined : cards[to];
  if (!card) return;
  event.preventDefault();
  card.focus();
}
