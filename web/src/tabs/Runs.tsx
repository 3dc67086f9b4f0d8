import "./tabs.css";

import { type Schema, usePages } from "../api";
import { Chip } from "../components/Chip";
import { EmptyState, ErrorNote, Loading } from "../components/States";
import { lengthText, momentText } from "../words/days";
import { count, counted } from "../words/numbers";
import { capital } from "../words/codes";
import { Heading, More } from "./Heading";
import { stateOf } from "./states";

/** What was read, when and with what; what could not be read, and why. */
export default function Runs() {
  const runs = usePages("/api/runs");
  return (
    <div class="runs">
      <Heading title="Runs" count={runs.total === undefined ? null : counted(runs.total, "run")} />
      {runs.error && <ErrorNote error={runs.error} onRetry={runs.reload} />}
      {!runs.items.length && runs.loading && <Loading />}
      {!runs.items.length && !runs.loading && !runs.error && (
        <EmptyState title="Nothing was read yet">
          Take articles in with <code>dateline add</code>; every run is kept here.
        </EmptyState>
      )}
      {runs.items.length > 0 && <RunTable runs={runs.items} />}
      <More more={runs.more} shown={runs.items.length} total={runs.total} loading={runs.loading} />
      {(runs.total ?? 0) > 0 && <NotTakenIn />}
    </div>
  );
}

function NotTakenIn() {
  const failures = usePages("/api/failures");
  return (
    <section class="failures" aria-labelledby="failures-title">
      <h2 id="failures-title">Not taken in</h2>
      {failures.error && <ErrorNote error={failures.error} onRetry={failures.reload} />}
      {failures.total === 0 && <p class="soft">Everything that was found could be read.</p>}
      {failures.items.length > 0 && <FailureTable failures={failures.items} />}
      <More more={failures.more} shown={failures.items.length} total={failures.total} loading={failures.loading} />
    </section>
  );
}

function RunTable({ runs }: { runs: readonly Schema["Run"][] }) {
  return (
    <div class="table-wrap">
      <table class="stacked">
        <caption class="hidden">Runs, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">What</th>
            <th scope="col">State</th>
            <th scope="col">Articles</th>
            <th scope="col">Found</th>
            <th scope="col">Read with</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row" data-label="Started">
                {momentText(run.started)}
                <span class="soft small nowrap"> {lengthText(run.started, run.finished)}</span>
              </th>
              <td data-label="What">
                {command(run.command)}{" "}
                <span class="soft small path" dir="auto">
                  {run.source}
                </span>
              </td>
              <td data-label="State">
                <Chip tone={stateOf(run.state).tone}>{stateOf(run.state).label}</Chip>
              </td>
              <td data-label="Articles">
                <Articles run={run} />
              </td>
              <td data-label="Found" class="soft">
                {counted(run.events, "event")}, {counted(run.statements, "statement")}
              </td>
              <td data-label="Read with" class="soft small">
                {run.dateline ? `Dateline ${run.dateline}` : "Not told"}
                {run.model && `, ${run.model}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const COMMANDS: Record<string, string> = { add: "Taken in", watch: "Feed called", reread: "Read again", retry: "Tried again" };

function command(name: string): string {
  return COMMANDS[name] ?? capital(name);
}

function Articles({ run }: { run: Schema["Run"] }) {
  const parts: [number, string][] = [
    [run.added, "new"], [run.versions, "new versions"], [run.known, "known already"], [run.reread, "read again"], [run.set_aside, "set aside"],
    [run.failed, "failed"],
  ];
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${count(number)} ${what}`);
  return <>{told.length ? told.join(", ") : "None"}</>;
}

function FailureTable({ failures }: { failures: readonly Schema["Failure"][] }) {
  return (
    <>
      <p class="soft">
        <code>dateline retry</code> tries again what failed; <code>dateline retry --set-aside</code> takes in what was set aside.
      </p>
      <div class="table-wrap">
        <table class="stacked">
          <caption class="hidden">What was not taken in, the latest first</caption>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">What became of it</th>
              <th scope="col">Because</th>
            </tr>
          </thead>
          <tbody>
            {failures.map((failure) => (
              <tr key={failure.id}>
                <th scope="row" class="path" data-label="Source" dir="auto">
                  {failure.source}
                </th>
                <td data-label="What became of it">
                  <Chip tone={failure.kind === "failed" ? "bad" : "warn"}>{capital(failure.kind)}</Chip>
                </td>
                <td data-label="Because" dir="auto">
                  {failure.reason}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
