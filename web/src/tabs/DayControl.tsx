import { Button } from "../components/Button";
import { ask } from "../route";
import { addDays, dayText, daysBetween } from "../words/days";

/** A day between two others: a slider, a field for those who know it, and a step back and forward. It stands in the URL as `at`. */
export function DayControl({ first, last, at }: { first: string; last: string; at: string }) {
  const whole = daysBetween(first, last);
  const here = Math.min(Math.max(daysBetween(first, at), 0), whole);
  const go = (day: string) => ask({ at: day === last ? null : day }, { replace: true });
  return (
    <div class="day-control" role="group" aria-label="Day">
      <Button icon small aria-label="A day earlier" disabled={here <= 0} onClick={() => go(addDays(at, -1))}>
        <span aria-hidden="true">‹</span>
      </Button>
      <input
        type="range"
        min={0}
        max={whole}
        value={here}
        aria-label="Day"
        aria-valuetext={dayText(at)}
        onInput={(event) => go(addDays(first, Number(event.currentTarget.value)))}
      />
      <Button icon small aria-label="A day later" disabled={here >= whole} onClick={() => go(addDays(at, 1))}>
        <span aria-hidden="true">›</span>
      </Button>
      <label>
        <span class="hidden">Day</span>
        <input type="date" min={first} max={last} value={at} onChange={(event) => event.currentTarget.value && go(event.currentTarget.value)} />
      </label>
    </div>
  );
}
