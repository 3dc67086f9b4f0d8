import type { ComponentChildren } from "preact";

import { Button } from "../components/Button";
import { writing } from "./actions";

interface Props {
  "aria-label"?: string;
  "aria-describedby"?: string;
  /** What the button says, and so what will be done. */
  deed: string;
  danger?: boolean;
  /** Whether there is something to send yet. */
  ready?: boolean;
  onSend: () => Promise<unknown>;
  onCancel: () => void;
  children: ComponentChildren;
}

/** The frame of all forms in the drawer: Enter sends what is decided, Escape leaves it and nothing around it. */
export function DecisionForm({ deed, danger = false, ready = true, onSend, onCancel, children, ...named }: Props) {
  return (
    <form
      class="correct"
      {...named}
      onSubmit={(happened) => {
        happened.preventDefault();
        void onSend();
      }}
      onKeyDown={(happened) => {
        if (happened.key !== "Escape") return;
        happened.stopPropagation();
        onCancel();
      }}
    >
      {children}
      <div class="actions">
        <Button kind={danger ? "danger" : "primary"} type="submit" disabled={writing.value || !ready}>
          {deed}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
