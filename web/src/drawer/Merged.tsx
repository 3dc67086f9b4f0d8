import type { Schema } from "../api";
import { counted } from "../words/numbers";
import { capital } from "../words/codes";
import { partText, pointsText } from "./reasons";

/** Why two articles are held to tell one act: the parts of the score with their points, the strongest link first. */
export function Merged({ incident }: { incident: Schema["Incident"] }) {
  const links = [...incident.merged].sort((a, b) => b.points - a.points);
  if (!links.length) return <p class="soft">Only one article tells it: nothing was merged.</p>;
  return (
    <>
      <p class="soft">
        Two accounts are compared part by part; above the limit they are joined. {counted(links.length, "pair")} of accounts, the most
        alike first.
      </p>
      {links.map((link, n) => (
        <details key={`${link.a} ${link.b}`} class="merge" open={n === 0}>
          <summary>
            <bdi>{outlet(link.a_outlet)}</bdi> and <bdi>{outlet(link.b_outlet)}</bdi>{" "}
            <span class="number soft">{pointsText(link.points)} points</span>
          </summary>
          <Parts parts={link.parts} />
        </details>
      ))}
    </>
  );
}

function Parts({ parts }: { parts: readonly Schema["ScorePart"][] }) {
  const most = Math.max(...parts.map((part) => Math.abs(part.points)), 0.01);
  return (
    <table class="parts">
      <caption class="hidden">Parts of the score</caption>
      <thead>
        <tr>
          <th scope="col">Compared</th>
          <th scope="col">Found</th>
          <th scope="col" class="number">
            Points
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.name}>
            <th scope="row">{partText(part.name)}</th>
            <td>{capital(part.why)}</td>
            <td class="number">
              <meter class={part.points < 0 ? "against" : "for"} min={0} max={most} value={Math.abs(part.points)} aria-hidden="true" />
              {pointsText(part.points)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function outlet(name: string | null): string {
  return name ?? "an outlet without a name";
}
