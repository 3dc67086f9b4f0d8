/** All filters in one window. Every change is in force, and in the URL, at once. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { type Schema, useAnswer } from "../api";
import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { QuadBadge } from "../components/Quad";
import { ErrorNote, Loading } from "../components/States";
import { type Many, type One, adding, filters, removing, removingAll } from "../filters";
import { ask } from "../route";
import { QUADS, capital, statusText, typeText } from "../words/codes";
import { count, share } from "../words/numbers";

const LAPSED = "lapsed";

export function FilterDialog({ onClose }: { onClose: () => void }) {
  const meta = useAnswer("/api/meta");
  return (
    <Dialog title="Filters" onClose={onClose}>
      {meta.error && <ErrorNote error={meta.error} onRetry={meta.reload} />}
      {meta.data ? <Fields meta={meta.data} /> : <Loading what="Fetching what there is to filter by" />}
      <div class="filter-end">
        <Button onClick={() => ask(removingAll(), { replace: true })}>Clear all</Button>
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}

function Fields({ meta }: { meta: Schema["Meta"] }) {
  return (
    <div class="filter-fields">
      <Group title="Days">
        <div class="filter-row">
          <Day name="since" label="From" meta={meta} />
          <Day name="until" label="To" meta={meta} />
        </div>
      </Group>
      <Group title="Who and where">
        <div class="filter-row">
          <Adding name="actor" label="Actor" hint="a name, or part of one" />
          <Adding name="place" label="Place" hint="a town, a province" />
        </div>
      </Group>
      <Group title="Kind of act">
        {meta.quads.map((quad) => (
          <fieldset key={quad} class="filter-quad">
            <legend>
              <QuadBadge quad={quad}>{QUADS[quad]}</QuadBadge>
            </legend>
            {meta.types.filter((type) => type.quad === quad).map((type) => (
              <Tick key={type.name} name="type" value={type.name} label={typeText(type.name)} />
            ))}
          </fieldset>
        ))}
      </Group>
      <Group title="Did it happen?">
        {meta.statuses.map((status) => (
          <Tick key={status} name="status" value={status} label={status === LAPSED ? "Planned, never told as done" : capital(statusText(status))} />
        ))}
      </Group>
      {meta.outlets.length > 0 && (
        <Group title="Outlet">
          {meta.outlets.slice(0, 40).map((outlet) => (
            <Tick key={outlet.name} name="outlet" value={outlet.name} label={outlet.name} count={outlet.articles} />
          ))}
        </Group>
      )}
      {meta.countries.length > 1 && (
        <Group title="Country">
          {meta.countries.slice(0, 60).map((country) => (
            <Tick key={country.code} name="country" value={country.code} label={country.name} count={country.incidents} />
          ))}
        </Group>
      )}
      <Group title="How well it is told">
        <div class="filter-row">
          <Least />
          <Sources />
        </div>
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="filter-group">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Tick({ name, value, label, count: number }: { name: Many; value: string; label: string; count?: number }) {
  const checked = filters.value[name]?.includes(value) ?? false;
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={() => ask(checked ? removing(name, value) : adding(name, value), { replace: true })} />
      <span dir="auto">{label}</span>
      {number !== undefined && <span class="faint number">{count(number)}</span>}
    </label>
  );
}

function Day({ name, label, meta }: { name: "since" | "until"; label: string; meta: Schema["Meta"] }) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="date"
        value={filters.value[name] ?? ""}
        min={meta.first_day ?? undefined}
        max={meta.last_day ?? undefined}
        onChange={(event) => ask({ [name]: event.currentTarget.value || null }, { replace: true })}
      />
    </label>
  );
}

/** A field whose value becomes one more filter on Enter or Add. */
function Adding({ name, label, hint }: { name: Many; label: string; hint: string }) {
  const [typed, setTyped] = useState("");
  const add = () => {
    if (typed.trim()) ask(adding(name, typed.trim()), { replace: true });
    setTyped("");
  };
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <span class="field-add">
        <input
          id={`filter-${name}`}
          placeholder={hint}
          maxLength={200}
          dir="auto"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button disabled={!typed.trim()} onClick={add} aria-label={`Add this ${label.toLowerCase()}`}>
          Add
        </Button>
      </span>
      {filters.value[name] && <span class="faint small" dir="auto">{filters.value[name]?.join(", ").replaceAll("=", "")}</span>}
    </div>
  );
}

function Least() {
  const asked = Number(filters.value.confidence ?? 0);
  return (
    <label class="field">
      <span>
        Sure by at least <b class="number">{asked ? share(asked) : "any"}</b>
      </span>
      <input type="range" min="0" max="0.95" step="0.05" value={asked} aria-valuetext={asked ? share(asked) : "any"} onChange={(event) => one("confidence", event.currentTarget.value, "0")} />
    </label>
  );
}

function Sources() {
  return (
    <label class="field">
      <span>Independent sources, at least</span>
      <input type="number" min="1" max="1000" value={filters.value.voices ?? 1} onChange={(event) => one("voices", event.currentTarget.value, "1")} />
    </label>
  );
}

function one(name: One, value: string, none: string): void {
  ask({ [name]: value === none ? null : value }, { replace: true });
}
