import type { Schema } from "../api";
import { disagreements } from "./disagreements";

/** What sources disagree on, side by side: each value with who says it. */
export function Disagreements({ incident }: { incident: Schema["Incident"] }) {
  const found = disagreements(incident);
  if (!found.length) return <p class="soft">All sources agree, or only one tells it.</p>;
  return (
    <>
      {found.map(({ what, voices }) => (
        <section key={what} class="versus">
          <h4>{what}</h4>
          <ul class="versus-values">
            {voices.map((voice) => (
              <li key={`${voice.value} ${voice.by.join()}`} class={voice.chosen ? "is-chosen" : ""}>
                <strong>
                  <bdi>{voice.value}</bdi>
                </strong>
                {voice.chosen && <span class="chip accent">shown</span>}
                <ul class="plain-list soft">
                  {voice.by.map((by) => (
                    <li key={by}>
                      <bdi>{by}</bdi>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
