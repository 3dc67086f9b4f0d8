/**
 * Incidents by day and class, to choose dates from: drag over the bars, or move the two handles with the arrow keys.
 *
 * A drawing of our own: Observable Plot would be a sixth of the page's whole budget, and its brush has no keyboard.
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Schema } from "../api";
import { Button } from "../components/Button";
import { QuadBadge } from "../components/Quad";
import { filters } from "../filters";
import { ask, isReport } from "../route";
import { QUADS } from "../words/codes";
import { dayText, spanText } from "../words/days";
import { count, counted } from "../words/numbers";
import { type Bin, QUAD_ORDER, binsOf, coreOf, roundUp, ticks, within } from "./bins";

const HEIGHT = 92;
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 8, 20];
const LEAST_BAR = 4;

export function Histogram({ data }: { data: Schema["Histogram"] }) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, Math.round(entry.contentRect.width))));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const [whole, setWhole] = useState(false);
  const core = useMemo(() => coreOf(data), [data]);
  const shown = useMemo(() => (core && !whole ? within(data, core) : { inside: data, before: 0, after: 0 }), [data, core, whole]);
  const room = width - LEFT - RIGHT;
  const { bins, grain } = useMemo(() => binsOf(shown.inside, Math.floor(room / LEAST_BAR)), [shown, room]);
  return (
    <section class="histogram" aria-label="Incidents over time">
      <div class="histogram-head">
        <h2 class="hidden">Incidents over time</h2>
        <ul class="legend">
          {QUAD_ORDER.map((quad) => (
            <li key={quad}>
              <QuadBadge quad={quad}>{QUADS[quad]}</QuadBadge>
            </li>
          ))}
        </ul>
        <span class="histogram-end">
          <span class="faint small">
            by {grain}
            {data.undated > 0 && ` · ${count(data.undated)} without a day`}
          </span>
          {core && (
            <Button small kind="quiet" onClick={() => setWhole(!whole)}>
              {whole ? "Only the busy days" : `${outside(shown.before, shown.after)}: show`}
            </Button>
          )}
          {(filters.value.since || filters.value.until) && !isReport && (
            <Button small kind="quiet" onClick={() => ask({ since: null, until: null })}>
              All dates
            </Button>
          )}
        </span>
      </div>
      <div ref={box} class="histogram-box">
        {bins.length > 0 ? <Bars bins={bins} width={width} short={grain === "day" || grain === "week"} /> : <p class="faint small histogram-none">No incident with a day.</p>}
      </div>
    </section>
  );
}

/** "2 earlier, 1 later". */
function outside(before: number, after: number): string {
  return [before > 0 && `${count(before)} earlier`, after > 0 && `${count(after)} later`].filter(Boolean).join(", ");
}

/** The chosen bars: from, to. Null: none, that is all. */
type Range = readonly [number, number] | null;

function chosenOf(bins: readonly Bin[]): Range {
  const { since, until } = filters.value;
  if (!since && !until) return null;
  const from = bins.findIndex((bin) => !since || bin.to >= since);
  const to = bins.findLastIndex((bin) => !until || bin.from <= until);
  return from < 0 || to < 0 || from > to ? null : [from, to];
}

function Bars({ bins, width, short }: { bins: readonly Bin[]; width: number; short: boolean }) {
  const [dragged, setDragged] = useState<Range>(null);
  const anchor = useRef<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const chosen = dragged ?? chosenOf(bins);
  const [room, tall] = [width - LEFT - RIGHT, HEIGHT - TOP - BOTTOM];
  const step = room / bins.length;
  const top = roundUp(Math.max(...bins.map((bin) => bin.total)));
  const x = (n: number) => LEFT + n * step;
  const y = (value: number) => TOP + tall - (value / top) * tall;

  const barAt = (event: PointerEvent) => {
    const left = svg.current?.getBoundingClientRect().left ?? 0;
    return Math.max(0, Math.min(bins.length - 1, Math.floor((event.clientX - left - LEFT) / step)));
  };
  const choose = (range: Range) => {
    setDragged(null);
    const whole = !range || (range[0] === 0 && range[1] === bins.length - 1);
    ask({ since: whole ? null : (bins[range[0]]?.from ?? null), until: whole ? null : (bins[range[1]]?.to ?? null) });
  };
  const handle = (end: 0 | 1) => (event: KeyboardEvent) => {
    const [from, to] = chosen ?? [0, bins.length - 1];
    const now = end ? to : from;
    const page = Math.max(1, Math.round(bins.length / 10));
    const moves: Record<string, number> = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageUp: now + page, PageDown: now - page, Home: 0, End: bins.length - 1 };
    const wanted = moves[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(bins.length - 1, wanted));
    choose(end ? [Math.min(from, next), next] : [next, Math.max(to, next)]);
  };

  return (
    <svg
      ref={svg}
      class="bars"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="group"
      aria-label={`${counted(bins.reduce((sum, bin) => sum + bin.total, 0), "incident")} from ${dayText(bins[0]?.from ?? "")} to ${dayText(bins.at(-1)?.to ?? "")}`}
      onPointerDown={(event) => {
        if (isReport || event.button !== 0 || (event.target as Element).closest(".handle")) return;
        anchor.current = barAt(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged([anchor.current, anchor.current]);
      }}
      onPointerMove={(event) => {
        if (anchor.current === null) return;
        const at = barAt(event);
        setDragged([Math.min(anchor.current, at), Math.max(anchor.current, at)]);
      }}
      onPointerUp={() => {
        if (anchor.current !== null) choose(dragged);
        anchor.current = null;
      }}
      onPointerCancel={() => {
        anchor.current = null;
        setDragged(null);
      }}
    >
      <path class="grid" d={`M${LEFT} ${y(top)}H${width - RIGHT}M${LEFT} ${y(0)}H${width - RIGHT}`} />
      <text class="axis" x={LEFT - 6} y={y(top) + 4} text-anchor="end">{count(top)}</text>
      <text class="axis" x={LEFT - 6} y={y(0)} text-anchor="end">0</text>
      {bins.map((bin, n) => (
        <Bar key={bin.from} bin={bin} x={x(n)} width={Math.max(1, step - (step > 6 ? 2 : 0.5))} y={y} out={chosen !== null && (n < chosen[0] || n > chosen[1])} />
      ))}
      {ticks(bins.length, Math.max(2, Math.floor(room / 92))).map((n) => (
        <text key={n} class="axis" x={x(n)} y={HEIGHT - 5}>
          {short ? dayText(bins[n]?.from ?? "", { short: true, year: n === 0 }) : spanText(bins[n]?.from, bins[n]?.to, true)}
        </text>
      ))}
      {chosen && <rect class="brush" x={x(chosen[0])} y={TOP - 4} width={(chosen[1] - chosen[0] + 1) * step} height={tall + 4} rx="2" />}
      {(isReport ? [] : ([0, 1] as const)).map((end) => {
        const [from, to] = chosen ?? [0, bins.length - 1];
        const at = end ? to : from;
        const day = end ? bins[at]?.to : bins[at]?.from;
        return (
          <g
            key={end}
            class="handle"
            role="slider"
            tabindex={0}
            aria-label={end ? "Last day" : "First day"}
            aria-valuemin={0}
            aria-valuemax={bins.length - 1}
            aria-valuenow={at}
            aria-valuetext={dayText(day ?? "")}
            onKeyDown={handle(end)}
            onPointerDown={(event) => {
              anchor.current = end ? from : to;
              svg.current?.setPointerCapture(event.pointerId);
            }}
          >
            <rect class="grip-room" x={x(at + end) - 12} y={TOP - 4} width="24" height={tall + 4} />
            <rect class="grip" x={x(at + end) - 3} y={TOP + tall / 2 - 11} width="6" height="22" rx="3" />
          </g>
        );
      })}
    </svg>
  );
}

function Bar({ bin, x, width, y, out }: { bin: Bin; x: number; width: number; y: (value: number) => number; out: boolean }) {
  if (!bin.total) return null;
  let under = 0;
  const words = QUAD_ORDER.flatMap((quad, n) => (bin.counts[n] ? [`${count(bin.counts[n] ?? 0)} ${QUADS[quad].toLowerCase()}`] : []));
  return (
    <g class={out ? "bar out" : "bar"}>
      <title>{`${spanText(bin.from, bin.to)}: ${words.join(", ")}`}</title>
      {QUAD_ORDER.map((quad, n) => {
        const value = bin.counts[n] ?? 0;
        if (!value) return null;
        const [low, high] = [under, under + value];
        under = high;
        return <rect key={quad} class={`fill-${quad}`} x={x} y={y(high)} width={width} height={Math.max(0.5, y(low) - y(high))} />;
      })}
    </g>
  );
}
