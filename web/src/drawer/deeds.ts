/** What was done on this page and can be taken back. */
import type { Schema } from "../api";

type Back = Schema["Undo"];
export interface Deed {
  text: string;
  undo: Back;
  /** The event or statement that it was about; null where it was a decision on incidents. */
  about: string | null;
}

/** The deeds of which something still stands when this has been taken back, from wherever it was asked for. */
export function standing(deeds: readonly Deed[], back: Back): Deed[] {
  const left = ({ undo }: Deed): boolean =>
    undo.corrections.some((id) => !back.corrections.includes(id)) || undo.decisions.some((number) => !back.decisions.includes(number));
  return deeds.filter(left);
}
