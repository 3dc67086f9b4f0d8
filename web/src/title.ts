/** What the browser calls the page, in its tabs, bookmarks and history. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const within = signal<string | null>(null);

/** While this is shown, the page is called by it. */
export function useTitle(words: string | null | undefined): void {
  useEffect(() => {
    within.value = words ?? null;
    return () => {
      within.value = null;
    };
  }, [words]);
}

/** Call the page by what is shown in a view, if it has a name, and by the view. */
export function useNamed(view: string | null): void {
  const title = [within.value, view, "Dateline"].filter(Boolean).join(" · ");
  useEffect(() => {
    document.title = title;
  }, [title]);
}
