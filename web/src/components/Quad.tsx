/** Quad classes: a colour, a shape and a label, so that none of them has to be told apart by colour. */
import { QUADS, type Quad } from "../words/codes";

/** Words are round, acts are angular; friendly ones sit flat, hostile ones stand on a point or an edge. */
const SHAPES: Record<Quad, string> = {
  "verbal-cooperation": "M8 2.2a5.8 5.8 0 1 0 0 11.6a5.8 5.8 0 1 0 0-11.6z",
  "material-cooperation": "M2.6 2.6h10.8v10.8H2.6z",
  "verbal-conflict": "M8 1.8l6.8 12.2H1.2z",
  "material-conflict": "M8 .8l7.2 7.2L8 15.2L.8 8z",
};

export function QuadShape({ quad }: { quad: Quad }) {
  return (
    <svg class={quad} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[quad]} />
    </svg>
  );
}

/** The shape with words beside it: the class's name, unless others are given. */
export function QuadBadge({ quad, children }: { quad: Quad; children?: string }) {
  return (
    <span class="quad" title={QUADS[quad]}>
      <QuadShape quad={quad} />
      <span>{children ?? QUADS[quad]}</span>
    </span>
  );
}
