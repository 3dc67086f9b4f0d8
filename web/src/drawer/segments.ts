// Segments of a passage, as the server cuts them -> pieces to show: what colours each, and where labels stand.

export interface SegmentLike {
  text: string;
  /** In the order of precedence for colouring. */
  fields: readonly string[];
  /** Ids of the events and statements that it belongs to. */
  of: readonly string[];
}

export interface Piece {
  text: string;
  /** Every field that covers it, the one that colours it first. */
  fields: readonly string[];
  /** The fields that begin here: their labels stand before it. */
  opens: readonly string[];
  of: readonly string[];
}

/**
 * Pieces with the fields that begin in each.
 *
 * @param segments the segments of one passage.
 * @param only an event's or statement's id: what belongs to others alone loses its fields; null for all.
 */
export function pieces(segments: readonly SegmentLike[], only: string | null = null): Piece[] {
  const found: Piece[] = [];
  let before: readonly string[] = [];
  for (const segment of segments) {
    const mine = only === null || segment.of.includes(only);
    const fields = mine ? segment.fields : [];
    const opens = fields.filter((field) => !before.includes(field));
    const last = found.at(-1);
    if (last && !opens.length && same(last.fields, fields) && same(last.of, segment.of)) {
      found[found.length - 1] = { ...last, text: last.text + segment.text };
    } else {
      found.push({ text: segment.text, fields, opens, of: segment.of });
    }
    before = fields;
  }
  return found;
}

/** The fields that some passages show, each once, in the given order; for a legend that names nothing that is not there. */
export function shownFields(passages: readonly { segments: readonly SegmentLike[] }[], order: readonly string[]): string[] {
  const present = new Set(passages.flatMap((passage) => passage.segments.flatMap((segment) => segment.fields)));
  return order.filter((field) => present.has(field));
}

/** The words of a passage without its marks. */
export function plain(segments: readonly { text: string }[]): string {
  return segments.map((segment) => segment.text).join("");
}

const LONGEST = 24; // a word that may stand unbroken on a line of a phone

/** A text cut after its first word; one that is too long to stand unbroken is cut earlier. */
export function firstWord(text: string): [first: string, rest: string] {
  const word = /^\s*\S+/u.exec(text)?.[0] ?? text;
  const points = Array.from(word);
  const first = points.length > LONGEST ? points.slice(0, LONGEST).join("") : word;
  return [first, text.slice(first.length)];
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, n) => value === b[n]);
}
