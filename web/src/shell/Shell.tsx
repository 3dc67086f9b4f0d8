/** What stands around every view: header, tabs, the view's content, and the evidence drawer beside it. */
import { useEffect, useRef } from "preact/hooks";
import { later } from "../components/Later";
import { Notices } from "../components/Notices";
import { EmptyState } from "../components/States";
import { ask, path, query } from "../route";
import { useNamed } from "../title";
import { type View, viewOf } from "../views";
import { FilterBar, NotHere } from "./FilterBar";
import { Header } from "./Header";
import { Navigation } from "./Navigation";

const Drawer = later<{ id: string; onClose: () => void }>(() => import("../drawer/Drawer"));

export function Shell() {
  const view = viewOf(path.value);
  const incident = query.value.get("incident");
  useNamed(view && view.path !== "/" ? view.name : null);
  return (
    <div class={incident ? "shell with-drawer" : "shell"}>
      <a class="skip button primary" href="#content" onClick={skip}>
        Skip to the content
      </a>
      <Header />
      <Navigation current={view} />
      {view?.narrowed === "all" ? <FilterBar /> : <NotHere view={view} />}
      <div class="stage">
        <main id="content" tabIndex={-1} class={view?.path === "/" ? "home" : "tab"}>
          {view ? <Shown key={view.path} view={view} /> : <Nowhere />}
        </main>
        {incident && <Evidence key="evidence" id={incident} />}
      </div>
      <Notices />
    </div>
  );
}

function Shown({ view }: { view: View }) {
  return <view.Content />;
}

function Nowhere() {
  return (
    <EmptyState title="There is no such page" action={<a href="/">Go to the map</a>}>
      The address may be mistyped, or come from another version of Dateline.
    </EmptyState>
  );
}

/** The drawer takes the focus when it opens; when it closes, the card of what was shown last has it, or whatever had it before. */
function Evidence({ id }: { id: string }) {
  const drawer = useRef<HTMLElement>(null);
  const shown = useRef(id);
  shown.current = id;
  useEffect(() => {
    const from = document.activeElement;
    drawer.current?.focus({ preventScroll: true });
    return () => {
      // A frame later: until then what lies under the drawer may take no focus.
      requestAnimationFrame(() => {
        const card = document.querySelector(`[data-incident="${CSS.escape(shown.current)}"]`) ?? from;
        if (card instanceof HTMLElement && card.isConnected && card !== document.body) card.focus();
      });
    };
  }, []);
  const close = () => ask({ incident: null });
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };
  return (
    <aside class="drawer" aria-label="Evidence" tabIndex={-1} ref={drawer} onKeyDown={keys}>
      <Drawer id={id} onClose={close} />
    </aside>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
