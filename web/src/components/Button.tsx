import type { ComponentChildren, JSX, Ref } from "preact";

interface Look {
  kind?: "plain" | "primary" | "danger" | "quiet";
  small?: boolean;
  /** Square, with nothing but an icon: give it an aria-label. */
  icon?: boolean;
  children?: ComponentChildren;
  buttonRef?: Ref<HTMLButtonElement>;
}

function classOf({ kind = "plain", small, icon }: Look, more?: unknown): string {
  return ["button", kind !== "plain" && kind, small && "small", icon && "icon", more].filter(Boolean).join(" ");
}

export function Button({ kind, small, icon, children, buttonRef, class: more, ...rest }: Look & Omit<JSX.IntrinsicElements["button"], "ref" | "icon">) {
  return (
    <button type="button" ref={buttonRef} {...rest} class={classOf({ kind, small, icon }, more)}>
      {children}
    </button>
  );
}

/** Looks like a button and is a link. */
export function ButtonLink({ kind, small, icon, children, class: more, ...rest }: Omit<Look, "buttonRef"> & JSX.IntrinsicElements["a"]) {
  return (
    <a {...rest} class={classOf({ kind, small, icon }, more)}>
      {children}
    </a>
  );
}
