/** How a run ended, or that it goes on, as the page says it. */

export interface State {
  label: string;
  tone: "plain" | "accent" | "warn" | "bad";
}

const STATES: Record<string, State> = {
  done: { label: "Done", tone: "plain" },
  running: { label: "Running", tone: "accent" },
  killed: { label: "Stopped before its end", tone: "warn" },
  // On another machine, or in another container: nobody can tell from here.
  "running or killed": { label: "Running, or stopped before its end", tone: "warn" },
  interrupted: { label: "Interrupted", tone: "warn" },
};

/** What the server says of a run, in words; what it does not name is the error that ended it. */
export function stateOf(told: string): State {
  return STATES[told] ?? { label: `Failed: ${told}`, tone: "bad" };
}
