/** Light or dark: the system's choice until one is made by hand. The tokens hang on `data-theme` of the root. */
import { signal } from "@preact/signals";

export type Theme = "light" | "dark";
const KEY = "dateline-theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");

function chosen(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch {
    return null; // no storage: a file, or forbidden
  }
}

export const theme = signal<Theme>(chosen() ?? (system.matches ? "dark" : "light"));

/** Follow the system, and whatever was chosen. */
export function followTheme(): void {
  document.documentElement.dataset.theme = theme.value;
  system.addEventListener("change", () => {
    if (!chosen()) show(system.matches ? "dark" : "light");
  });
}

/** Choose the other theme; where it is the system's own, follow the system again. */
export function toggleTheme(): void {
  const next: Theme = theme.value === "dark" ? "light" : "dark";
  try {
    if (next === (system.matches ? "dark" : "light")) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // The choice then lasts as long as the page.
  }
  show(next);
}

function show(next: Theme): void {
  theme.value = next;
  document.documentElement.dataset.theme = next;
}
