/** Short words on what was just done, with Undo where it can be taken back. They are read out, and go after a while unless looked at. */
import { signal } from "@preact/signals";
import { Refused } from "../api";
import { Button } from "./Button";

interface Notice {
  key: number;
  text: string;
  bad: boolean;
  undo?: () => void;
}

const SHOWN_MS = 12_000;
const notices = signal<Notice[]>([]);
let last = 0;

/** Say something; `undo` gives it an Undo button. */
export function say(text: string, how: { undo?: () => void; bad?: boolean } = {}): void {
  const key = ++last;
  notices.value = [...notices.value.slice(-2), { key, text, bad: how.bad ?? false, undo: how.undo }];
  const drop = () => {
    const looked = document.querySelector(".notices:hover, .notices:focus-within");
    if (looked) window.setTimeout(drop, SHOWN_MS / 4);
    else dismiss(key);
  };
  window.setTimeout(drop, SHOWN_MS);
}

/** Say what went wrong. */
export function complain(failure: unknown): void {
  say(failure instanceof Refused ? failure.message : `That did not work: ${String(failure)}`, { bad: true });
}

function dismiss(key: number): void {
  notices.value = notices.value.filter((notice) => notice.key !== key);
}

export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map((notice) => (
        <div key={notice.key} class={notice.bad ? "notice bad" : "notice"}>
          <span dir="auto">{notice.text}</span>
          {notice.undo && (
            <Button
              small
              onClick={() => {
                dismiss(notice.key);
                notice.undo?.();
              }}
            >
              Undo
            </Button>
          )}
          <Button small icon kind="quiet" aria-label="Dismiss" onClick={() => dismiss(notice.key)}>
            <span aria-hidden="true">✕</span>
          </Button>
        </div>
      ))}
    </div>
  );
}
