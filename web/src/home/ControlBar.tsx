/** Who holds what, day by day: a slider that plays, and what each mark means. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Schema } from "../api";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { Loading } from "../components/States";
import { lettersOf, sideTone } from "../map/sides";
import { standings } from "../map/standing";
import { addDays, dayText, daysBetween } from "../words/days";
import { sideName } from "../words/names";
import { counted } from "../words/numbers";

const DAY_MS = 450;

interface Props {
  history: Schema["ControlHistory"] | undefined;
  day: string | null;
  /** While it moves. */
  onDay: (day: string) => void;
  /** Where it came to rest. */
  onSettled: (day: string) => void;
}

export function ControlBar({ history, day, onDay, onSettled }: Props) {
  const [playing, setPlaying] = useState(false);
  const now = useRef(day);
  now.current = day;
  const [first, last] = [history?.first ?? null, history?.last ?? null];

  useEffect(() => {
    if (!playing || !first || !last) return;
    const step = Math.max(1, Math.round(daysBetween(first, last) / 120)); // a long war plays in a minute as well
    const clock = window.setInterval(() => {
      const next = addDays(now.current ?? first, step);
      if (next < last) onDay(next);
      else {
        setPlaying(false);
        onSettled(last);
      }
    }, DAY_MS);
    return () => window.clearInterval(clock);
  }, [playing, first, last]);

  if (!history) return <div class="controlbar"><Loading what="Working out who holds what" /></div>;
  if (!first || !last || !day) {
    return <div class="controlbar"><p class="small">No report in this ledger says who holds any place.</p></div>;
  }
  const letters = lettersOf(history.sides);
  const held = standings(history, day);
  const toggle = () => {
    if (playing) onSettled(now.current ?? last);
    else if (day >= last) onDay(first);
    setPlaying(!playing);
  };
  return (
    <div class="controlbar">
      <div class="controlbar-days">
        <Button small icon aria-label={playing ? "Pause" : "Play day by day"} onClick={toggle}>
          <Icon name={playing ? "pause" : "play"} />
        </Button>
        <input
          type="range"
          aria-label="Day"
          min={0}
          max={daysBetween(first, last)}
          value={daysBetween(first, day)}
          aria-valuetext={dayText(day)}
          onInput={(event) => {
            setPlaying(false);
            onDay(addDays(first, Number(event.currentTarget.value)));
          }}
          onChange={(event) => onSettled(addDays(first, Number(event.currentTarget.value)))}
        />
        <output class="number">{dayText(day)}</output>
      </div>
      <ul class="controlbar-sides">
        {held.filter(({ side, places }) => side !== null || places > 0).map(({ side, places }) => (
          <li key={side ?? ""} data-side={side ?? ""}>
            <span class={side ? "side" : "side nobody"} style={side ? { background: sideTone(history.sides.indexOf(side)) } : {}} aria-hidden="true">
              {side ? letters.get(side) : "?"}
            </span>
            <span dir="auto">{side ? sideName(side) : "Not known"}</span>
            <span class="faint number">{counted(places, "place")}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
