import { Icon } from "../components/Icon";
import { filterQuery } from "../filters";
import { address } from "../route";
import { VIEWS, type View } from "../views";

/** The tabs: links, so that each opens in a window of its own too. They carry the filters with them. */
export function Navigation({ current }: { current: View | undefined }) {
  return (
    <nav class="navigation" aria-label="Views">
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
