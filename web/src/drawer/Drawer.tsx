import "./drawer.css";

import { useEffect, useId } from "preact/hooks";

import { type Schema, useAnswer } from "../api";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { Icon } from "../components/Icon";
import { QuadBadge } from "../components/Quad";
import { ErrorNote, Loading } from "../components/States";
import { useTitle } from "../title";
import { capital, statusText, typeText } from "../words/codes";
import { dayText, spanText } from "../words/days";
import { countryName } from "../words/names";
import { counted, share, sureness, tollText } from "../words/numbers";
import { disagreements } from "./disagreements";
import { Disagreements } from "./Disagreements";
import { Facts } from "./Facts";
import { History } from "./History";
import { Join } from "./Join";
import { Merged } from "./Merged";
import { Tellings } from "./Tellings";

/** Everything about one incident: what is known and why, the words themselves, who says otherwise, why it is one incident. */
export default function Drawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, reload } = useAnswer("/api/incidents/{id}", { path: { id } });
  useTitle(data?.card.title);
  useCovering();
  useKeptFocus(data);
  return (
    <div class="evidence" key={id}>
      <div class="evidence-bar">
        <p class="soft small">Evidence</p>
        <Button kind="quiet" icon aria-label="Close the evidence" title="Close (Escape)" onClick={onClose}>
          <Icon name="close" />
        </Button>
      </div>
      {error && error.status === 404 ? <Gone /> : error && <ErrorNote error={error} onRetry={reload} />}
      {!data && !error && <Loading what="Fetching the evidence" />}
      {data && !(error?.status === 404) && <Told incident={data} />}
    </div>
  );
}

function Gone() {
  return (
    <div class="evidence-body">
      <h2>This incident does not stand any more</h2>
      <p>
        It was split, joined with another one, or what told it was taken out. Use Undo to bring it back, or close this and look for it
        in the list.
      </p>
    </div>
  );
}

function Told({ incident }: { incident: Schema["Incident"] }) {
  const { card } = incident;
  const title = useId();
  const disputed = disagreements(incident).length;
  const when = card.days ? spanText(card.days.first, card.days.last) : card.day && `told on ${dayText(card.day)}`;
  const place = card.place && [card.place.name, countryName(card.place.country)].filter((name, n, all) => name && all.indexOf(name) === n).join(", ");
  const tolls = incident.tolls.filter((toll) => PEOPLE.has(toll.what)).map(tollText).filter(Boolean).join(", ");
  return (
    <article class="evidence-body" aria-labelledby={title}>
      <header class="evidence-head">
        <QuadBadge quad={card.quad}>{typeText(card.type, card.mode)}</QuadBadge>
        <h2 id={title} dir="ltr">
          {card.title}
        </h2>
        <p class="soft">{[when, place, tolls].filter(Boolean).join(" · ")}</p>
        <p class="chips">
          {card.status !== "actual" && <Chip tone="warn">{capital(statusText(card.status))}</Chip>}
          {card.denied && <Chip tone="warn">Somebody denies it</Chip>}
          <Chip name="sure" title={sureness(card.confidence)}>
            {share(card.confidence)}
          </Chip>
          <Chip>
            {counted(card.outlets.length, "outlet")}, {card.voices} independent
          </Chip>
        </p>
      </header>
      <Section title="What is known">
        <Facts incident={incident} />
      </Section>
      <Section title={disputed ? `Who says otherwise (${disputed})` : "Who says otherwise"}>
        <Disagreements incident={incident} />
      </Section>
      <Section title="The words">
        <Tellings incident={incident} />
      </Section>
      <Section title="Why this is one incident">
        <Merged incident={incident} />
        <Join card={card} />
      </Section>
      <History incident={incident} />
    </article>
  );
}

/** What a headline counts: people, not jets. */
const PEOPLE = new Set(["killed", "wounded", "casualties", "arrested", "released", "captured", "displaced", "abducted", "protesters"]);

function Section({ title, children }: { title: string; children: preact.ComponentChildren }) {
  const id = useId();
  return (
    <section class="evidence-section" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

/** Where a write took the focused button away, the focus goes back to the drawer, not to the top of the page. */
function useKeptFocus(shown: unknown): void {
  useEffect(() => {
    if (shown && document.activeElement === document.body) document.querySelector<HTMLElement>(".drawer")?.focus({ preventScroll: true });
  }, [shown]);
}

const SHEET = "(max-width: 60rem)";

/** Where the drawer covers everything (a sheet, on a phone), what lies under it takes no focus. */
function useCovering(): void {
  useEffect(() => {
    const narrow = window.matchMedia(SHEET);
    const under = document.querySelectorAll<HTMLElement>(".header, .navigation, main");
    const set = () => under.forEach((element) => element.toggleAttribute("inert", narrow.matches));
    set();
    narrow.addEventListener("change", set);
    return () => {
      narrow.removeEventListener("change", set);
      under.forEach((element) => element.removeAttribute("inert"));
    };
  }, []);
}
