import type { Schema } from "../api";
import { QuadShape } from "../components/Quad";
import { typeText } from "../words/codes";
import { share } from "../words/numbers";

interface Props {
  items: readonly Schema["ReviewItem"][];
  at: number;
  onChoose: (id: string) => void;
}

/** What waits for review; the one that is looked at is the only stop of the tab key. */
export function Queue({ items, at, onChoose }: Props) {
  return (
    <ol class="queue" aria-label="Events to review, the least sure first">
      {items.map(({ telling: { event, article } }, n) => (
        <li key={event.id}>
          <button
            type="button"
            class="queue-item"
            aria-current={n === at ? "true" : undefined}
            tabIndex={n === at ? 0 : -1}
            onClick={() => onChoose(event.id)}
          >
            <QuadShape quad={event.quad} />
            <span>
              <q dir="auto">{event.trigger}</q> <span class="soft">{typeText(event.type, event.mode)}</span>
              <span class="small soft block">
                <bdi>{article.outlet ?? "Outlet not known"}</bdi>
              </span>
            </span>
            <span class="number small soft">{share(event.confidence)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
