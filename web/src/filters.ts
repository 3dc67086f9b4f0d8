/** The filters of the view, as they stand in the query; their names are the API's. */
import { computed } from "@preact/signals";
import { type Changes, query } from "./route";

/** Filters that take several values, of which one must hold. */
export const MANY = ["type", "quad", "actor", "place", "country", "outlet", "status"] as const;
/** Filters that take one value. */
export const ONE = ["q", "since", "until", "confidence", "voices", "bbox"] as const;
export type Many = (typeof MANY)[number];
export type One = (typeof ONE)[number];
export type FilterName = Many | One;
export type Filters = Partial<Record<Many, string[]> & Record<One, string>>;

/** What is asked for now. */
export const filters = computed<Filters>(() => {
  const asked: Filters = {};
  for (const name of MANY) {
    const values = query.value.getAll(name).filter(Boolean);
    if (values.length) asked[name] = values;
  }
  for (const name of ONE) {
    const value = query.value.get(name);
    if (value) asked[name] = value;
  }
  return asked;
});

/** The filters alone as a query, for links to other views: without the open incident and what belongs to one tab. */
export const filterQuery = computed(() => {
  const kept = new URLSearchParams();
  for (const name of MANY) for (const value of filters.value[name] ?? []) kept.append(name, value);
  for (const name of ONE) if (filters.value[name]) kept.append(name, filters.value[name]);
  return kept;
});

/** Changes that add a value to a filter. */
export function adding(name: FilterName, value: string): Changes {
  const many = MANY.find((known) => known === name);
  if (!many) return { [name]: value };
  const values = filters.value[many] ?? [];
  return { [name]: values.includes(value) ? values : [...values, value] };
}

/** Changes that take a value, or the whole filter, away. */
export function removing(name: FilterName, value?: string): Changes {
  const many = MANY.find((known) => known === name);
  return { [name]: many && value !== undefined ? (filters.value[many] ?? []).filter((one) => one !== value) : null };
}

/** Changes that ask for everything. */
export function removingAll(): Changes {
  return Object.fromEntries([...MANY, ...ONE].map((name) => [name, null]));
}
