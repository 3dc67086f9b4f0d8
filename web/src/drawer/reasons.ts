// Reasons as the reader gives them ("object of the trigger; weighed 0.63 (…)") -> words for people, the reckoning apart.

export interface Reason {
  /** In plain words. */
  text: string;
  /** The reckoning behind it, for those who want it; null where there is none. */
  detail: string | null;
}

const RULES: readonly [RegExp, string][] = [
  [/^told as fact$/, "told as a fact"],
  [/^subject of the trigger\b/, "the subject of the sentence does it"],
  [/^object of the trigger\b/, "it is done to the object of the sentence"],
  [/^clause-subject of the trigger\b/, "the subject of the clause"],
  [/^the time hangs on it\b/, "the sentence dates the act itself"],
  [/^the clause around it carries the time\b/, "the clause around the act gives the time"],
  [/^last dated act in the paragraph\b/, "the act before it in the paragraph has this day"],
  [/^the report's day\b/, "the day of the report"],
  [/^same (mode|type)\b/, "another act of the same kind in the article has this day"],
  [/^it is to be done by then\b/, "the text says that it is to be done by then"],
  [/^tie (act|clause|argument)\b/, "the words tie this place to the act"],
  [/^thread\b/, "the story around it plays at this place"],
  [/^scene\b/, "the story is set here"],
  [/^nowhere\b/, "the text names no place for it"],
];

/** A reason of the reader in plain words; what it does not know is shown as it is. */
export function reason(field: string, why: string): Reason {
  const told = why.trim();
  const text = inWords(field, told);
  return { text, detail: text !== told && RECKONED.test(told) ? told : null };
}

const RECKONED = /[\d(;+]/; // it tells more than the words say

function inWords(field: string, told: string): string {
  for (const [rule, text] of RULES) if (rule.test(told)) return text;
  const verb = field === "said_by" ? /^([a-z' -]+):/.exec(told)?.[1] : undefined;
  if (verb) return `credited by the word “${verb}”`;
  const sense = field === "type" ? /^[a-z]+\/([a-z-]+)$/.exec(told)?.[1] : undefined;
  if (sense) return `the words tell of “${sense.replaceAll("-", " ")}”`;
  if (field === "status") return `because of the words “${told}”`;
  if (told.startsWith("weighed")) return "the likeliest of those whom the article names";
  return told.replace(/\s*\([^()]*[+-]\d[^()]*\)/g, "").replace(/;?\s*weighed [\d.]+.*$/, "");
}

/** The losers of a field ("Halvern (ATA) (+1.2)") as name and points; points are null where none are told. */
export function loser(line: string): { name: string; points: number | null } {
  const found = /^(.*?)(?: \([A-Z]{3}\))?(?: \(([+-]\d+(?:\.\d+)?)\))?$/.exec(line.trim());
  return { name: found?.[1] ?? line, points: found?.[2] === undefined ? null : Number(found[2]) };
}

const PARTS: Record<string, string> = {
  prior: "To begin with",
  time: "When",
  place: "Where",
  actors: "Who",
  recipients: "To whom",
  mode: "How",
  numbers: "How many",
  trigger: "The word for the act",
  words: "The words around it",
  names: "Names in both articles",
  deed: "What is done",
  story: "The articles as a whole",
  "story and deed": "The same deed in one story",
  family: "Kind of act",
};

/** What a part of the score of two accounts compares. */
export function partText(name: string): string {
  return PARTS[name] ?? name.replaceAll("_", " ");
}

/** Points of a score with their sign: "+1.3", "−3.8". */
export function pointsText(points: number): string {
  const sign = points < 0 ? "−" : "+";
  return `${sign}${Math.abs(points).toFixed(1)}`;
}
