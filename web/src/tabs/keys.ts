// Keys of the review: one letter, one deed, never while somebody types or a window is open.

export type Deed = "accept" | "reject" | "edit" | "split" | "undo" | "note" | "next" | "previous" | "help";

export const KEYS: readonly { key: string; deed: Deed; what: string }[] = [
  { key: "j", deed: "next", what: "The next one" },
  { key: "k", deed: "previous", what: "The one before" },
  { key: "a", deed: "accept", what: "It is right as it stands" },
  { key: "x", deed: "reject", what: "It is not an event" },
  { key: "e", deed: "edit", what: "Correct a field" },
  { key: "s", deed: "split", what: "It tells another incident than the rest" },
  { key: "n", deed: "note", what: "Write why: it is kept with what you decide next" },
  { key: "u", deed: "undo", what: "Take back the last thing done here" },
  { key: "?", deed: "help", what: "These keys" },
];

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
  defaultPrevented: boolean;
}

/** What somebody is in: the tag and role of the focused element and of what holds it, outermost last. */
export interface Focus {
  tag: string;
  type?: string | undefined;
  editable?: boolean | undefined;
}

const TYPED = new Set(["text", "search", "date", "number", "email", "url", "password", "tel", "time", "range"]);

/** The deed of a key, or null: keys with a modifier belong to the browser, keys in a field to the field. A key held down only moves. */
export function deedOf(pressed: Pressed, focus: readonly Focus[]): Deed | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.defaultPrevented) return null;
  if (focus.some(inField)) return null;
  const deed = KEYS.find((each) => each.key === pressed.key)?.deed ?? null;
  return pressed.repeat && deed !== "next" && deed !== "previous" ? null : deed;
}

function inField({ tag, type, editable }: Focus): boolean {
  const name = tag.toLowerCase();
  if (editable || name === "textarea" || name === "select" || name === "dialog") return true;
  return name === "input" && TYPED.has(type ?? "text");
}

/** The focused element and everything around it, as `deedOf` looks at it. */
export function focusOf(target: EventTarget | null): Focus[] {
  const found: Focus[] = [];
  for (let at = target instanceof Element ? target : null; at; at = at.parentElement) {
    found.push({ tag: at.tagName, type: at.getAttribute("type") ?? undefined, editable: at.getAttribute("contenteditable") === "true" });
  }
  return found;
}

/** Which item is looked at: the same one while it is there, else the one that took its place, else the last. */
export function settle(ids: readonly string[], wanted: string | null, index: number): number {
  const at = wanted === null ? -1 : ids.indexOf(wanted);
  if (at >= 0) return at;
  return Math.max(0, Math.min(index, ids.length - 1));
}
