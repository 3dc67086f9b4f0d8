import "./words.css";

import { Fragment } from "preact";
import type { ComponentChildren } from "preact";

import type { Schema } from "../api";
import { capital, fieldText, LABELS } from "../words/codes";
import { inOrder } from "../words/text";
import { firstWord, pieces, shownFields } from "./segments";

/** The order of the legend; where stretches overlap, the server has put the fields in order of precedence. */
export const LEGEND = [
  "trigger", "actors", "recipients", "when", "where", "quantities", "deadline", "said_by", "speaker", "status", "statement",
];

interface PassageProps {
  passage: Schema["Passage"];
  /** Show what belongs to this event or statement alone. */
  only?: string | null;
  /** The event or statement on which the reader's eye is. */
  lit?: string | null;
}

/**
 * A stretch of an article with its evidence. The words stand as text nodes and nothing else; what they are evidence of is shown by
 * a label before them, the kind of line under them, and last by colour.
 */
export function Passage({ passage, only = null, lit = null }: PassageProps) {
  return (
    <p class="passage" dir="auto">
      {pieces(passage.segments, only).map((piece, n) => (
        <Fragment key={n}>
          {marked(piece.fields, piece.opens, inOrder(piece.text), lit !== null && piece.of.includes(lit))}
        </Fragment>
      ))}
    </p>
  );
}

function marked(fields: readonly string[], opens: readonly string[], text: string, lit: boolean): ComponentChildren {
  const [last, ...rest] = [...fields].reverse();
  if (last === undefined) return labelled(text, opens);
  return <span class={`ev ev-${last}${lit ? " ev-lit" : ""}`}>{marked(rest.reverse(), opens, text, false)}</span>;
}

/** The words with the labels of what begins with them, which stay on the line of the first word. */
function labelled(text: string, opens: readonly string[]): ComponentChildren {
  const labels = opens.map((field) => LABELS[field]).filter(Boolean);
  if (!labels.length) return text;
  const [first, rest] = firstWord(text);
  return (
    <>
      <span class="ev-first" data-label={labels.join(" · ")}>
        {first}
      </span>
      {rest}
    </>
  );
}

/** What the lines and colours of some passages mean; fields that none of them shows are left out. */
export function Legend({ passages }: { passages: readonly Schema["Passage"][] }) {
  const fields = shownFields(passages, LEGEND);
  if (!fields.length) return null;
  return (
    <ul class="legend" aria-label="What the lines and colours mean">
      {fields.map((field) => (
        <li key={field}>
          <span class={`ev ev-${field}`}>
            <span class="ev-first" data-label={LABELS[field]}>
              {capital(fieldText(field))}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
