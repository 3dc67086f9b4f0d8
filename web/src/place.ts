/**
 * How far what is shown is scrolled: kept with each step of the browser's history, so that back, forward and a reload lead to where
 * one was. The page itself never scrolls, its parts do, and of those a browser keeps nothing.
 */

/** What scrolls: a view, and the list beside the map. */
const PARTS = ["main", ".cards"];
const RESTED_MS = 150;
/** Lists come from the server: so long it is tried to reach the place. */
const PATIENCE_MS = 5000;
const STEP_MS = 40;

type Place = Record<string, number>;
const TOP: Place = Object.fromEntries(PARTS.map((part) => [part, 0]));

let resting: number | undefined;
let returning: number | undefined;

/** Where one is, as what the history keeps of a step. */
export function hereNow(): { place: Place } {
  return { place: Object.fromEntries(PARTS.map((part) => [part, document.querySelector(part)?.scrollTop ?? 0])) };
}

/** Keep where one is with the present step, unless it is still being returned to. */
export function keepPlace(): void {
  window.clearTimeout(resting);
  if (returning === undefined) window.history.replaceState(hereNow(), "");
}

/** Go to where one was in the present step, or to the top of what is new, as soon as what stands there has come. */
export function returnToPlace(): void {
  const { place = TOP } = (window.history.state ?? {}) as { place?: Place };
  const until = performance.now() + PATIENCE_MS;
  stop();
  const reach = () => {
    const far = Object.entries(place).filter(([part, top]) => !reached(part, top));
    returning = far.length && performance.now() < until ? window.setTimeout(reach, STEP_MS) : undefined;
  };
  returning = window.setTimeout(reach);
}

function reached(part: string, top: number): boolean {
  const shown = document.querySelector(part);
  if (!shown) return top === 0;
  shown.scrollTop = top;
  return Math.abs(shown.scrollTop - top) < 1;
}

function stop(): void {
  window.clearTimeout(returning);
  returning = undefined;
}

/** Keep the place from now on. Whoever scrolls or types meanwhile is not pulled away. */
export function followPlace(): void {
  const rested = () => {
    window.clearTimeout(resting);
    resting = window.setTimeout(keepPlace, RESTED_MS);
  };
  document.addEventListener("scroll", rested, { capture: true, passive: true });
  for (const kind of ["wheel", "touchstart", "pointerdown", "keydown"]) document.addEventListener(kind, stop, { capture: true, passive: true });
  returnToPlace();
}
