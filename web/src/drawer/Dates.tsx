import type { Schema } from "../api";
import { capital } from "../words/codes";
import { dayText, spanText } from "../words/days";
import { reason } from "./reasons";

const DIRECTIONS: Record<string, string> = {
  since: "from then on", until: "up to then", by: "by then", before: "before then", after: "after then",
};
const ISO = /\d{4}-\d{2}-\d{2}/g;

/** Words for a time -> days of the calendar, and from which day they were reckoned. */
export function DateWords({ dates }: { dates: readonly Schema["DateDerivation"][] }) {
  if (!dates.length) return <p class="soft">These sentences name no time. The day is taken from the rest of the article, where it tells one.</p>;
  return (
    <div class="table-wrap">
      <table>
        <caption class="hidden">Words for times and the days that they were taken for</caption>
        <thead>
          <tr>
            <th scope="col">Words</th>
            <th scope="col">Days</th>
            <th scope="col">Reckoned from</th>
          </tr>
        </thead>
        <tbody>
          {dates.map((each) => (
            <tr key={`${each.start} ${each.end}`}>
              <th scope="row">
                <q dir="auto">{each.text}</q>
                {each.used && " "}
                {each.used && <span class="chip accent">used</span>}
              </th>
              <td>
                {each.days ? spanText(each.days.first, each.days.last) : "No day can be told"}
                {DIRECTIONS[each.direction] && <span class="soft">, {DIRECTIONS[each.direction]}</span>}
              </td>
              <td class="soft">{capital(each.anchor ? each.anchor.replaceAll(ISO, (day) => dayText(day)) : reason("when", each.rule).text)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
