import type { ComponentChildren } from "preact";

/** The name of a tab, how much it shows (told to screen readers as it changes), and what can be done with the whole. */
export function Heading({ title, count, children }: { title: string; count?: string | null; children?: ComponentChildren }) {
  return (
    <header class="tab-heading">
      <h1>{title}</h1>
      <p class="soft" role="status" aria-live="polite">
        {count}
      </p>
      {children && <div class="tab-tools">{children}</div>}
    </header>
  );
}

/** A button that asks for the next page of a list, with what it has shown so far. */
export function More({ more, shown, total, loading }: { more: (() => void) | undefined; shown: number; total: number | undefined; loading: boolean }) {
  if (!more) return null;
  return (
    <p class="more">
      <button type="button" class="button" disabled={loading} onClick={more}>
        {loading ? "Fetching…" : "Show more"}
      </button>
      {total !== undefined && (
        <span class="soft small">
          {shown} of {total}
        </span>
      )}
    </p>
  );
}
