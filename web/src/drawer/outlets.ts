// The evidence of an incident, outlet by outlet; near-copies of one text are marked as such.

export interface ArticleLike {
  id: string;
  outlet: string | null;
  day: string | null;
  /** Near-copies share it. */
  voice: string;
  text?: string | null | undefined;
}

export interface Copy {
  /** The outlet that it was taken from, or that has the same text. */
  outlet: string;
  /** Whether it is known which came first: the one outlet names the other, or printed it on a later day. */
  known: boolean;
}

export interface OutletGroup<A extends ArticleLike> {
  outlet: string;
  articles: { article: A; copy: Copy | null }[];
  /** Whether every article of it is a copy of another outlet's. */
  onlyCopies: boolean;
}

const UNNAMED = "Outlet not known";

/** Articles by outlet, in the order of their days; those outlets that say it in their own words come first. */
export function byOutlet<A extends ArticleLike>(articles: readonly A[]): OutletGroup<A>[] {
  const ordered = [...articles].sort((a, b) => (a.day ?? "9999").localeCompare(b.day ?? "9999") || a.id.localeCompare(b.id));
  const groups = new Map<string, OutletGroup<A>>();
  for (const article of ordered) {
    const outlet = article.outlet ?? UNNAMED;
    const group = groups.get(outlet) ?? { outlet, articles: [], onlyCopies: true };
    const copy = copyOf(article, ordered);
    group.articles.push({ article, copy });
    group.onlyCopies &&= copy !== null;
    groups.set(outlet, group);
  }
  return [...groups.values()].sort((a, b) => Number(a.onlyCopies) - Number(b.onlyCopies));
}

/** Whose text an article prints again; null where it is its own, or the first of several copies. */
export function copyOf<A extends ArticleLike>(article: A, all: readonly A[]): Copy | null {
  const same = all.filter((other) => other.voice === article.voice && other.outlet !== article.outlet);
  if (!same.length) return null;
  const named = same.find((other) => names(article.text, other.outlet));
  if (named) return { outlet: named.outlet ?? UNNAMED, known: true };
  if (same.some((other) => names(other.text, article.outlet))) return null;
  const earlier = same.find((other) => other.day !== null && article.day !== null && other.day < article.day);
  if (earlier) return { outlet: earlier.outlet ?? UNNAMED, known: true };
  const first = [article, ...same].sort((a, b) => (a.day ?? "9999").localeCompare(b.day ?? "9999") || a.id.localeCompare(b.id))[0];
  return first === article ? null : { outlet: first?.outlet ?? UNNAMED, known: false };
}

/** "Copy of Northwire" where that is known, else "Same text as Northwire". */
export function copyText(copy: Copy): string {
  return copy.known ? `Copy of ${copy.outlet}` : `Same text as ${copy.outlet}`;
}

function names(text: string | null | undefined, outlet: string | null): boolean {
  return Boolean(text && outlet && text.slice(0, 300).includes(outlet));
}
