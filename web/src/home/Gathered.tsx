/** The incidents of one place, or of several that lie too close to part: over the map, until it is closed. */
import { useEffect, useRef } from "preact/hooks";
import { usePages } from "../api";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { ErrorNote, Loading } from "../components/States";
import { count, counted } from "../words/numbers";
import { walk } from "./Cards";
import { IncidentCard } from "./IncidentCard";

/** As many ids as one question takes. */
const MOST = 100;

interface Props {
  ids: readonly string[];
  open: string | null;
  onClose: () => void;
}

export function Gathered({ ids, open, onClose }: Props) {
  const pages = usePages("/api/incidents", { query: { id: ids.slice(0, MOST), sort: "-day", limit: MOST } as object });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [ids]);
  const places = [...new Set(pages.items.flatMap((card) => card.place?.name ?? []))];
  return (
    <section
      class="gathered"
      aria-label="Incidents at this place"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 tabIndex={-1} ref={heading} dir="auto">
          {places.length === 1 ? places[0] : "Here"}: {counted(ids.length, "incident")}
        </h2>
        <Button kind="quiet" small icon aria-label="Close this list" onClick={onClose}>
          <Icon name="close" />
        </Button>
      </header>
      {pages.error && <ErrorNote error={pages.error} onRetry={pages.reload} />}
      {pages.loading && !pages.items.length && <Loading what="Fetching them" />}
      <ul class="card-list" onKeyDown={walk}>
        {pages.items.map((card) => (
          <li key={card.id}>
            <IncidentCard card={card} open={card.id === open} />
          </li>
        ))}
      </ul>
      {ids.length > MOST && <p class="faint small">The newest {count(MOST)}; filter by the place to see all.</p>}
    </section>
  );
}
