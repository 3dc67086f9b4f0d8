import type { ComponentChildren } from "preact";

interface Props {
  /** What kind of thing it is ("actor"), set before the value. */
  name?: string;
  tone?: "plain" | "accent" | "warn" | "bad";
  title?: string;
  children: ComponentChildren;
  /** Makes it removable; `removeLabel` is what the button says to those who do not see it. */
  onRemove?: () => void;
  removeLabel?: string;
}

/** A short fact, or a filter that can be taken away. */
export function Chip({ name, tone = "plain", title, children, onRemove, removeLabel }: Props) {
  return (
    <span class={tone === "plain" ? "chip" : `chip ${tone}`} title={title}>
      {name && <span class="name">{name}</span>}
      <span class="value" dir="auto">
        {children}
      </span>
      {onRemove && (
        <button type="button" aria-label={removeLabel ?? "Remove"} onClick={onRemove}>
          <span aria-hidden="true">×</span>
        </button>
      )}
    </span>
  );
}
