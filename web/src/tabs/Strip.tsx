import { lettersOf, sideTone } from "../map/sides";
import { dayText, spanText } from "../words/days";
import { sideName } from "../words/names";
import { share } from "../words/numbers";
import { placeOn, type SpanLike, strip } from "./strip";

interface Props {
  spans: readonly SpanLike[];
  first: string;
  last: string;
  /** The day that is looked at. */
  at: string | null;
  sides: readonly string[];
  /** The place, for those who do not see the strip. */
  name: string;
}

/** The history of a place: one stretch for each holder, told apart by the letters and colours of the map; the fainter, the less likely. */
export function Strip({ spans, first, last, at, sides, name }: Props) {
  const mark = at === null ? null : placeOn(at, first, last);
  const letters = lettersOf(sides);
  const words = spans.map((span) => `${sideName(span.holder)} ${spanText(span.days.first, span.days.last)}`).join("; ");
  return (
    <div class="strip" role="img" aria-label={words ? `${name}: ${words}` : `${name}: nothing is known`}>
      {strip(spans, first, last).map(({ span, left, width }) => (
        <span
          key={span.days.first}
          class={span.holder === null ? "strip-span is-unknown" : "strip-span"}
          style={{ left: `${left}%`, width: `${width}%` }}
          title={`${sideName(span.holder)}, ${spanText(span.days.first, span.days.last)}, ${share(span.probability)}`}
        >
          <span class="strip-fill" style={{ background: colour(span.holder, sides), opacity: 0.3 + 0.7 * span.probability ** 2 }} />
          <span class="strip-letters">{letters.get(span.holder ?? "") ?? "?"}</span>
        </span>
      ))}
      {mark !== null && <span class="strip-mark" style={{ left: `${mark}%` }} title={at ? dayText(at) : undefined} />}
    </div>
  );
}

/** A side with its letters in its colour, as on the map. */
export function Side({ side, sides }: { side: string | null; sides: readonly string[] }) {
  return (
    <span class="side-name">
      <span class={side === null ? "swatch is-unknown" : "swatch"} style={{ background: colour(side, sides) }} aria-hidden="true">
        {lettersOf(sides).get(side ?? "") ?? "?"}
      </span>
      <bdi>{side === null ? "Not known" : sideName(side)}</bdi>
    </span>
  );
}

function colour(side: string | null, sides: readonly string[]): string | undefined {
  const at = side === null ? -1 : sides.indexOf(side);
  return at < 0 ? undefined : sideTone(at);
}
