/** Where the reader is: every view is a URL, with all filters in its query. A report, which is one file, keeps it behind the #. */
import { computed, signal } from "@preact/signals";
import { keepPlace, returnToPlace } from "./place";

/** Whether this page is a report: one file with its answers in it, and no server. */
export const isReport = document.getElementById("dateline-report") !== null;

/** What a report carries: answers by their addresses, and the view to begin with. */
export const report: Record<string, unknown> = isReport ? (JSON.parse(document.getElementById("dateline-report")?.textContent ?? "{}") as Record<string, unknown>) : {};

const here = signal(read());

export const path = computed(() => here.value.pathname);
export const query = computed(() => here.value.searchParams);

/** Values for a query: null and empty lists take the key out. */
export type Changes = Record<string, string | number | readonly string[] | null>;

function read(): URL {
  const place = isReport ? window.location.hash.slice(1) || String(report.view ?? "/") : window.location.pathname + window.location.search;
  return new URL(place, "http://dateline.invalid");
}

/** An address of this page: the path, with the present query and these changes. */
export function address(to: string = path.value, changes: Changes = {}, base: URLSearchParams = query.value): string {
  const next = new URLSearchParams(base);
  for (const [key, value] of Object.entries(changes)) {
    next.delete(key);
    if (Array.isArray(value)) for (const one of value) next.append(key, one);
    else if (value !== null && value !== "") next.append(key, String(value));
  }
  const asked = next.toString();
  return asked ? `${to}?${asked}` : to;
}

/** Go to an address of this page; `replace` leaves no step to go back to. */
export function go(to: string, how: { replace?: boolean } = {}): void {
  const shown = isReport ? `#${to}` : to;
  const from = path.value;
  keepPlace();
  if (how.replace) window.history.replaceState(window.history.state, "", shown);
  else window.history.pushState(null, "", shown);
  here.value = read();
  if (path.value === from) keepPlace();
  else returnToPlace();
}

/** Change only the query. */
export function ask(changes: Changes, how: { replace?: boolean } = {}): void {
  go(address(path.value, changes), how);
}

/** Let the browser's back and forward, and plain links to this page's own addresses, move without loading anew. */
export function listen(): void {
  const moved = () => {
    here.value = read();
    returnToPlace();
  };
  window.addEventListener(isReport ? "hashchange" : "popstate", moved);
  if (isReport) window.addEventListener("popstate", moved);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a[href]");
    const to = link?.getAttribute("href") ?? "";
    if (!link || !to.startsWith("/") || to.startsWith("//") || to.startsWith("/api/")) return;
    if (link.hasAttribute("download") || link.hasAttribute("target")) return;
    event.preventDefault();
    go(to);
  });
}
