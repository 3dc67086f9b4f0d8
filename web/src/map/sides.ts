/** The letters and colours by which sides are told apart on the map and in its legend. */

import { sideWords } from "../words/names";

/** One or two letters for each side, no two alike: initials of its words, else the first letters that are free. */
export function lettersOf(sides: readonly string[]): Map<string, string> {
  const letters = new Map<string, string>();
  const taken = new Set<string>(["?"]);
  for (const side of sides) {
    const words = sideWords(side).split(/[^\p{L}\p{N}]+/u).filter((word) => word && !/^(of|the|and)$/i.test(word));
    const initials = words.map((word) => word.charAt(0).toUpperCase());
    const first = words[0] ?? side;
    const tries = [initials[0], initials.slice(0, 2).join(""), ...[...first.slice(1)].map((letter) => `${initials[0] ?? ""}${letter}`)];
    const free = tries.find((letter) => letter && !taken.has(letter)) ?? `${letters.size + 1}`;
    taken.add(free);
    letters.set(side, free);
  }
  return letters;
}

/** Colours of sides that hold ground, by place in the list; each also has its letters. */
const SIDES: readonly (readonly [light: string, dark: string])[] = [
  ["#5b3a9b", "#b79cf2"],
  ["#00686e", "#5fcfd6"],
  ["#7d4413", "#e0a878"],
  ["#8c1d5b", "#f291c4"],
  ["#4d5a00", "#c3cf6b"],
  ["#3d4a5c", "#a9b8cc"],
];

export function sideColour(n: number, dark: boolean): string {
  return (SIDES[n % SIDES.length] ?? SIDES[0])?.[dark ? 1 : 0] ?? "#000";
}

/** The colour as a style that follows the theme, and is the light one on paper. */
export function sideTone(n: number): string {
  return `light-dark(${sideColour(n, false)}, ${sideColour(n, true)})`;
}
