/**
 * Questions to the server, typed by its contract (docs/openapi.json), or to the answers that a report carries.
 *
 * `useAnswer` shows what is remembered at once and asks again; every write makes all shown answers ask anew.
 */
import { batch, signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { components, paths } from "./contract";
import { isReport, report } from "./route";
import { Turns } from "./turns";
import { learnCountries } from "./words/names";

export type Schema = components["schemas"];

type Answered<O> = O extends { responses: { 200: { content: { "application/json": infer A } } } } ? A : never;
export type Asked = { [P in keyof paths]: paths[P] extends { get: infer O } ? ([Answered<O>] extends [never] ? never : P) : never }[keyof paths];
export type Written = { [P in keyof paths]: paths[P] extends { post: unknown } ? P : never }[keyof paths];
export type Answer<P extends Asked> = paths[P] extends { get: infer O } ? Answered<O> : never;
type Body<P extends Written> = paths[P] extends { post: { requestBody: { content: { "application/json": infer B } } } } ? B : never;
type Result<P extends Written> = paths[P] extends { post: infer O } ? Answered<O> : never;
type Query<P extends Asked> = paths[P] extends { get: { parameters: { query?: infer Q } } } ? Q : never;
type Names<P extends keyof paths> = paths[P] extends { get: { parameters: { path: infer N } } } | { post: { parameters: { path: infer N } } } ? N : undefined;

export interface Asking<P extends Asked> {
  path?: Names<P>;
  query?: Query<P>;
}

/** What the server said went wrong, or that it cannot be reached (`status` 0); `again`: in so many seconds it is worth asking again. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly field: string | null = null,
    readonly again = 0,
  ) {
    super(message);
  }
}

/** The address of a question: parameters in the order of their names, what is empty left out. */
export function addressOf(path: string, names: object | undefined = undefined, query: object | undefined = undefined): string {
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((names as Record<string, unknown> | undefined)?.[name] ?? "")));
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== null && one !== undefined && one !== "") asked.append(key, String(one));
  }
  return asked.size ? `${place}?${asked}` : place;
}

const remembered = new Map<string, unknown>();
const REMEMBERED = 60;
/** Grows with every write: what is shown asks again. */
const writes = signal(0);

/** Ask once. */
export async function get<P extends Asked>(path: P, asking: Asking<P> = {}, stop?: AbortSignal): Promise<Answer<P>> {
  return (await fetched(addressOf(path, asking.path as object | undefined, asking.query as object | undefined), stop)) as Answer<P>;
}

async function fetched(address: string, stop?: AbortSignal): Promise<unknown> {
  if (isReport) return told(address, reported(address));
  const answer = told(address, await sent(address, { headers: { Accept: "application/json" }, signal: stop ?? null }));
  remembered.delete(address);
  remembered.set(address, answer);
  const oldest = remembered.keys().next();
  if (remembered.size > REMEMBERED && !oldest.done) remembered.delete(oldest.value);
  return answer;
}

/** What is told of the whole ledger names countries that only it knows. */
function told(address: string, answer: unknown): unknown {
  if (address === "/api/meta") learnCountries((answer as Schema["Meta"]).countries);
  return answer;
}

/** Write; the CSRF token comes from /api/meta. Nothing remembered holds any more: whoever writes then calls `askAnew`. */
export async function post<P extends Written>(path: P, body: Body<P>, names?: Names<P>): Promise<Result<P>> {
  if (isReport) throw new Refused(0, "A report cannot be changed. Open the ledger with dateline serve to correct it.");
  const known = (remembered.get("/api/meta") ?? (await get("/api/meta"))) as Schema["Meta"];
  const answer = await sent(addressOf(path, names as object | undefined), {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Dateline-Csrf": known.csrf },
    body: JSON.stringify(body),
  });
  remembered.clear();
  return answer as Result<P>;
}

/**
 * Let everything that is shown be asked for anew after a write.
 *
 * @param follow moves to where the write has led, in the same step: what does not stand any more is not asked for.
 */
export function askAnew(follow: () => void): void {
  batch(() => {
    follow();
    writes.value++;
  });
}

async function sent(address: string, how: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: "same-origin", ...how });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new Refused(0, "Dateline's server does not answer. Is dateline serve still running?");
  }
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = (await answer.json().catch(() => null)) as Partial<Schema["Problem"]> | null;
  throw new Refused(answer.status, problem?.detail || problem?.title || `The server answered ${answer.status}.`, problem?.field ?? null, again(answer));
}

/** When what is still being worked out, or cannot be read just now, is worth asking for again: in seconds, 0 where the server does not say. */
function again(answer: Response): number {
  return answer.status === 503 ? Number(answer.headers.get("Retry-After")) || 0 : 0;
}

/** Parameters that a report does not go by: it holds one answer for each question. */
const PAGING = new Set(["limit", "cursor", "sort"]);

function reported(address: string): unknown {
  const wanted = plain(address);
  for (const [known, answer] of Object.entries(report)) if (known === address || plain(known) === wanted) return answer;
  const chosen = new URL(address, "http://dateline.invalid").searchParams.getAll("id");
  const list = Object.entries(report).find(([known]) => known.split("?")[0] === "/api/incidents")?.[1] as Answer<"/api/incidents"> | undefined;
  if (address.startsWith("/api/incidents?") && chosen.length && list) {
    const items = list.items.filter((card) => chosen.includes(card.id));
    return { items, next: null, total: items.length };
  }
  throw new Refused(404, "This is not part of the report.");
}

function plain(address: string): string {
  const url = new URL(address, "http://dateline.invalid");
  const kept = [...url.searchParams].filter(([key]) => !PAGING.has(key)).sort();
  return `${url.pathname}?${new URLSearchParams(kept)}`;
}

export interface Shown<A> {
  /** The answer; while a new one is on its way, the one before (only where `keep` is asked for, or it is the same question). */
  data: A | undefined;
  error: Refused | undefined;
  loading: boolean;
  reload: () => void;
}

/** An answer that a component shows. Null for the path asks nothing. `keep` shows the former answer while the next is on its way;
 * `inTurn` asks for one at a time, and of those that came meanwhile only for the last. */
export function useAnswer<P extends Asked>(path: P | null, asking: Asking<P> = {}, how: { keep?: boolean; inTurn?: boolean } = {}): Shown<Answer<P>> {
  const question = path && addressOf(path, asking.path as object | undefined, asking.query as object | undefined);
  const [again, setAgain] = useState(0);
  const [state, setState] = useState<{ of: string | null; data?: unknown; error?: Refused; loading: boolean }>({ of: null, loading: true });
  const written = writes.value;
  const last = useRef<unknown>(undefined);
  const turns = useRef<Turns | undefined>(undefined);
  useEffect(() => {
    if (!question) return;
    const stop = new AbortController();
    setState((before) => ({ of: question, data: remembered.get(question) ?? (before.of === question ? before.data : undefined), loading: true }));
    let waiting = 0;
    const { inTurn } = how;
    const asked = inTurn ? (turns.current ??= new Turns()).take(() => fetched(question), stop.signal) : fetched(question, stop.signal);
    asked.then(
      (data) => !stop.signal.aborted && setState({ of: question, data, loading: false }),
      (failure: unknown) => {
        if (stop.signal.aborted) return;
        const error = failure instanceof Refused ? failure : new Refused(0, String(failure));
        setState((before) => ({ of: question, data: before.data, error, loading: false }));
        if (error.again) waiting = window.setTimeout(() => setAgain((n) => n + 1), 1000 * error.again);
      },
    );
    return () => {
      stop.abort();
      window.clearTimeout(waiting);
    };
  }, [question, written, again]);
  const current = state.of === question;
  const data = current ? state.data : question ? remembered.get(question) : undefined;
  if (data !== undefined) last.current = data;
  return {
    data: (data ?? (how.keep ? last.current : undefined)) as Answer<P> | undefined,
    error: current ? state.error : undefined,
    loading: !current || state.loading,
    reload: () => setAgain((n) => n + 1),
  };
}

/** A list that comes page by page. */
export interface Pages<I> {
  items: I[];
  total: number | undefined;
  error: Refused | undefined;
  loading: boolean;
  /** Ask for the next page, where there is one. */
  more: (() => void) | undefined;
  reload: () => void;
}

type Listed = { [P in Asked]: Answer<P> extends { items: unknown[]; next: string | null; total: number } ? P : never }[Asked];
type Item<P extends Listed> = Answer<P> extends { items: (infer I)[] } ? I : never;

interface Following<I> {
  items: I[];
  next: string | null;
  loading: boolean;
  error?: Refused | undefined;
}

/** What follows the first pages of lists: whoever comes back to a list finds as much of it as before. */
const followed = new Map<string, Following<unknown>>();

/** The pages of a list, one after another. */
export function usePages<P extends Listed>(path: P, asking: Asking<P> = {}): Pages<Item<P>> {
  const first = useAnswer(path, asking, { keep: true });
  const answer = first.data as { items: Item<P>[]; next: string | null; total: number } | undefined;
  const of = `${writes.value} ${addressOf(path, asking.path as object | undefined, asking.query as object | undefined)} ${answer?.next}`;
  const [, show] = useState<unknown>();
  const after = (followed.get(of) as Following<Item<P>> | undefined) ?? { items: [], next: answer?.next ?? null, loading: false };
  const follow = (following: Following<Item<P>>) => {
    followed.delete(of);
    followed.set(of, following);
    const oldest = followed.keys().next();
    if (followed.size > REMEMBERED && !oldest.done) followed.delete(oldest.value);
    show(following);
  };
  const more = () => {
    if (first.loading || after.loading || !after.next) return;
    follow({ ...after, loading: true, error: undefined });
    const query = { ...(asking.query as object | undefined), cursor: after.next } as Query<P>;
    get(path, { ...asking, query }).then(
      (page) => {
        const { items, next } = page as unknown as { items: Item<P>[]; next: string | null };
        follow({ items: [...after.items, ...items], next, loading: false });
      },
      (failure: unknown) => follow({ ...after, loading: false, error: failure instanceof Refused ? failure : new Refused(0, String(failure)) }),
    );
  };
  return {
    items: answer ? [...answer.items, ...after.items] : [],
    total: answer?.total,
    error: first.error ?? after.error,
    loading: first.loading || after.loading,
    more: after.next ? more : undefined,
    reload: first.error ? first.reload : more,
  };
}
