/** An incident in short: what, when, where, who tells it, and whether they agree. */
import type { Schema } from "../api";
import { Chip } from "../components/Chip";
import { QuadShape } from "../components/Quad";
import { address } from "../route";
import { typeText } from "../words/codes";
import { dayText, spanText } from "../words/days";
import { outletName } from "../words/names";
import { count, counted, rangeText } from "../words/numbers";

type Card = Schema["Card"];

/** "5 outlets, 2 independent": how many print it, and how many of them do not copy from one another. */
export function voicesText(card: Pick<Card, "outlets" | "voices">): string {
  const outlets = card.outlets.length;
  if (outlets <= 1 && card.voices <= 1) return card.outlets[0] ? outletName(card.outlets[0]) : "1 source";
  return `${counted(outlets, "outlet")}, ${count(card.voices)} independent`;
}

/** "9 March 2031"; where nobody tells a day, that of the first report. */
export function whenText(card: Pick<Card, "days" | "day">): string {
  if (card.days) return spanText(card.days.first, card.days.last, true) ?? "";
  return card.day ? `reported ${dayText(card.day, { short: true })}` : "day not known";
}

/** What is told of the dead: "19 killed", "toll disputed 1–19". */
export function tollWords(toll: NonNullable<Card["toll"]>): string {
  const range = rangeText(toll.low, toll.high);
  if (toll.disputed && range) return `toll disputed, ${range} killed`;
  return toll.best !== null ? `${count(toll.best)} killed` : range ? `${range} killed` : "";
}

const STANDINGS: Record<Card["status"], string | null> = {
  actual: null,
  future: "planned",
  demanded: "demanded",
  hypothetical: "thought possible",
  negated: "said not to have happened",
  lapsed: "planned, never reported as done",
};

interface Props {
  card: Card;
  open: boolean;
  onPoint?: (id: string | null) => void;
}

export function IncidentCard({ card, open, onPoint }: Props) {
  const standing = STANDINGS[card.status];
  const toll = card.toll && tollWords(card.toll);
  return (
    <a
      class="card"
      href={address(undefined, { incident: card.id })}
      aria-current={open ? "true" : undefined}
      data-incident={card.id}
      onMouseEnter={() => onPoint?.(card.id)}
      onMouseLeave={() => onPoint?.(null)}
      onFocus={() => onPoint?.(card.id)}
      onBlur={() => onPoint?.(null)}
    >
      <span class="card-top">
        <span class="quad">
          <QuadShape quad={card.quad} />
          <span>{typeText(card.type, card.mode)}</span>
        </span>
        <span class="card-day number">{whenText(card)}</span>
      </span>
      <span class="card-title" dir="ltr">
        {card.title}
      </span>
      <span class="card-foot">
        {card.place && (
          <span class="card-place" dir="auto">
            {card.place.name}
          </span>
        )}
        <span dir="auto">{voicesText(card)}</span>
      </span>
      {(toll || standing || card.denied) && (
        <span class="card-facts">
          {toll && <Chip tone={card.toll?.disputed ? "warn" : "plain"}>{toll}</Chip>}
          {standing && <Chip>{standing}</Chip>}
          {card.denied && <Chip tone="bad">denied</Chip>}
        </span>
      )}
    </a>
  );
}
