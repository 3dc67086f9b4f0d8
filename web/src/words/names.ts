// Names of actors, sides and countries as one reads them.

import { signal } from "@preact/signals";

import { BODIES, SECTORS } from "./codes";
import { alpha2 } from "./countries";

export interface ActorLike {
  name: string;
  country?: string | null;
  sector?: string | null;
}

const MOST_NAMED = 3;
const SIDE = /^([A-Z]{3}) (government|rebels)$/;
let regions: Intl.DisplayNames | null = null;
/** Countries that only the server knows: those that its user has added. */
const added = signal<ReadonlyMap<string, string>>(new Map());

/** Take up the names of countries that the server tells. */
export function learnCountries(told: readonly { code: string; name: string }[]): void {
  const own = told.filter(({ code, name }) => name !== code && !alpha2(code) && !BODIES[code]);
  if (own.some(({ code, name }) => added.peek().get(code) !== name)) added.value = new Map(own.map(({ code, name }) => [code, name]));
}

/** The English name of a country or body by its code (AFG, UNO); the code itself where it is not known. */
export function countryName(code: string | null | undefined): string | null {
  if (!code) return null;
  const body = BODIES[code];
  if (body) return body;
  const two = alpha2(code);
  if (!two) return added.value.get(code) ?? code;
  regions ??= new Intl.DisplayNames(["en"], { type: "region" });
  return regions.of(two) ?? code;
}

/** An outlet by its name; of an article whose outlet nobody tells, the ledger gives its own number. */
export function outletName(outlet: string): string {
  return /^a[0-9a-f]{16}$/.test(outlet) ? "Outlet not known" : outlet;
}

/** A side that holds ground or owes something: "AFG government" is "Government of Afghanistan", armed groups keep their names. */
export function sideName(side: string | null | undefined): string {
  if (!side) return "nobody is known";
  if (side === "other") return "somebody else";
  const found = SIDE.exec(side);
  if (!found) return side;
  const what = found[2] ?? "";
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} of ${countryName(found[1])}`;
}

/** A side with its country in words, which come first: "Afghanistan government"; what its letters are taken from. */
export function sideWords(side: string): string {
  const found = SIDE.exec(side);
  return found ? `${countryName(found[1])} ${found[2]}` : side;
}

/** "A", "A and B", "A, B and C", "A, B and 3 others"; each name once. */
export function listed(names: readonly string[], most = MOST_NAMED): string {
  const once = [...new Set(names.filter((name) => name.trim() !== ""))];
  const shown = once.length > most ? [...once.slice(0, most - 1), `${once.length - most + 1} others`] : once;
  const last = shown.at(-1) ?? "";
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${last}` : last;
}

/** Several actors in one line. */
export function actorsText(actors: readonly ActorLike[], most = MOST_NAMED): string {
  return listed(actors.map((actor) => actor.name), most);
}

/** What is known of an actor beside the name: "armed group, Afghanistan"; without what the name itself says; empty where nothing is. */
export function actorKind(actor: ActorLike): string {
  const sector = actor.sector ? SECTORS[actor.sector] : undefined;
  const told = actor.name.toLowerCase();
  return [sector, countryName(actor.country)].filter((part) => part && part.toLowerCase() !== told).join(", ");
}
