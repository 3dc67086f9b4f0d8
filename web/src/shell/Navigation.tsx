import { useEffect, useRef } from "preact/hooks";

import { Icon } from "../components/Icon";
import { filterQuery } from "../filters";
import { address } from "../route";
import { VIEWS, type View } from "../views";

/** The tabs: links, so that each opens in a window of its own too. They carry the filters with them. */
export function Navigation({ current }: { current: View | undefined }) {
  const bar = useRef<HTMLElement>(null);
  // On a phone the bar is wider than the page: the tab that is open must not lie beyond its edge.
  useEffect(() => {
    const [holder, open] = [bar.current, bar.current?.querySelector<HTMLElement>("[aria-current]")];
    if (holder && open) holder.scrollLeft = open.offsetLeft + open.offsetWidth / 2 - holder.clientWidth / 2;
  }, [current]);
  return (
    <nav class="navigation" aria-label="Views" ref={bar}>
      <ul>
        {VIEWS.map((view) => (
          <li key={view.path}>
            <a href={address(view.path, {}, filterQuery.value)} aria-current={view === current ? "page" : undefined}>
              <Icon name={view.icon} />
              <span>{view.name}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
