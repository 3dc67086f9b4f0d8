/** "This view": what is shown as a file, or as a link. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { addressOf } from "../api";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { complain, say } from "../components/Notices";
import { filters } from "../filters";
import { isReport } from "../route";

const FILES = [
  ["incidents", "csv", "Incidents as a table", "CSV"],
  ["incidents", "json", "Incidents with all fields", "JSON"],
  ["incidents", "geojson", "Incidents for a map", "GeoJSON"],
  ["events", "csv", "Every event that tells them", "CSV"],
  ["events", "json", "Every event, all fields", "JSON"],
] as const;

export function ViewMenu() {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const away = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
    };
  }, [open]);
  if (isReport) return null;
  return (
    <div
      class="viewmenu"
      ref={menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.preventDefault();
        setOpen(false);
        menu.current?.querySelector("button")?.focus();
      }}
    >
      <Button small aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon name="share" /> This view <Icon name="down" />
      </Button>
      <div class="viewmenu-list" id={id} hidden={!open}>
        <ul>
          <li>
            <button type="button" onClick={() => void copyLink().then(() => setOpen(false))}>
              <span>Copy a link to it</span>
              <span class="faint">Link</span>
            </button>
          </li>
          {FILES.map(([what, format, words, name]) => (
            <li key={`${what} ${format}`}>
              <a href={addressOf("/api/export", undefined, { ...filters.value, what, format })} download onClick={() => setOpen(false)}>
                <span>{words}</span>
                <span class="faint">{name}</span>
              </a>
            </li>
          ))}
        </ul>
        <p class="faint small">With the filters that are set now.</p>
      </div>
    </div>
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    say("The link is copied.");
  } catch {
    complain(new Error(`copy it from the address bar (${window.location.href})`));
  }
}
