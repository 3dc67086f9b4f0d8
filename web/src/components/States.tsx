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

/** The status of a question that makes no sense: asked again it makes no more. */
const UNFIT = 422;

export function ErrorNote({ error, onRetry }: { error: Refused | Error; onRetry?: () => void }) {
  return (
    <div class="note bad" role="alert">
      <p>{error.message}</p>
      {onRetry && !("status" in error && error.status === UNFIT) && (
        <Button small onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
