import type { Schema } from "../api";
import { capital, fieldText, statusText, typeText } from "../words/codes";
import { spanText } from "../words/days";
import { countryName } from "../words/names";
import { loser, reason } from "./reasons";

/** Why each field of an event has its value as the reader read it: the words, the reason, and what was considered and lost. */
export function Reasons({ reasons }: { reasons: readonly Schema["Reason"][] }) {
  if (!reasons.length) return <p class="soft">The reader left no reasons.</p>;
  return (
    <div class="table-wrap">
      <table class="reasons">
        <caption class="hidden">Why each field was read so</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Read as</th>
            <th scope="col">Because</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map((each, n) => (
            <ReasonRow key={n} each={each} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ReasonRow({ each }: { each: Schema["Reason"] }) {
  const { text, detail } = reason(each.field, each.why);
  return (
    <tr>
      <th scope="row">{capital(fieldText(each.field))}</th>
      <td>
        <bdi>{readAs(each.field, each.value)}</bdi>
        {each.words && (
          <q class="soft" dir="auto">
            {each.words}
          </q>
        )}
      </td>
      <td>
        {capital(text)}
        {(detail || each.lost.length > 0) && (
          <details>
            <summary>Reckoning</summary>
            {detail && <p class="reckoning">{detail}</p>}
            {each.lost.length > 0 && (
              <p>
                Considered as well:{" "}
                {each.lost.map((line, n) => (
                  <span key={line}>
                    {n > 0 && ", "}
                    <bdi>{loser(line).name}</bdi>
                  </span>
                ))}
              </p>
            )}
          </details>
        )}
      </td>
    </tr>
  );
}

const DAYS = /^(\d{4}-\d{2}-\d{2})(?: to |\.\.|\/)?(\d{4}-\d{2}-\d{2})?$/;
const PLACE = /^(.*) \(([A-Z]{3})\)$/;

/** A value as the reader writes it, in plain words: "Orvane (ATA)" is "Orvane, Antarctica", "?" somebody who is not named. */
function readAs(field: string, value: string): string {
  if (field === "type") return typeText(value);
  if (field === "status") return statusText(value);
  const days = DAYS.exec(value);
  if (days) return spanText(days[1], days[2]) ?? value;
  const place = field === "where" ? PLACE.exec(value) : null;
  if (place) return [place[1], countryName(place[2])].join(", ");
  if (field === "control") return value.replaceAll("?", "somebody not named");
  return value;
}
