/** What stands where there is nothing yet, nothing at all, or something that went wrong. */
import type { ComponentChildren } from "preact";
import type { Refused } from "../api";
import { Button } from "./Button";

export function EmptyState({ title, children, action }: { title: string; children?: ComponentChildren; action?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

export function Loading({ what = "Loading" }: { what?: string }) {
  return (
    <p class="loading" role="status">
      {what}…
    </p>
  );
}

export function ErrorNote({ error, onRetry }: { error: Refused | Error; onRetry?: () => void }) {
  return (
    <div class="note bad" role="alert">
      <p>{error.message}</p>
      {onRetry && (
        <Button small onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
