/** The views of the page: each is a URL with a tab. The first comes with the page, the code of the others when they are first shown. */
import type { ComponentType } from "preact";
import { later } from "./components/Later";
import Home from "./home/Home";
import type { IconName } from "./components/Icon";
import { isReport, report } from "./route";

export interface View {
  path: string;
  /** The question without whose answer there is nothing to show. */
  asks: string;
  name: string;
  icon: IconName;
  /** Whether the filters of the query narrow this view. */
  filtered: boolean;
  Content: ComponentType;
}

const ALL: readonly View[] = [
  { path: "/", asks: "/api/incidents", name: "Map", icon: "map", filtered: true, Content: Home },
  { path: "/timeline", asks: "/api/timeline", name: "Timeline", icon: "timeline", filtered: true, Content: later(() => import("./tabs/Timeline")) },
  { path: "/control", asks: "/api/control", name: "Control", icon: "control", filtered: false, Content: later(() => import("./tabs/Control")) },
  { path: "/commitments", asks: "/api/commitments", name: "Commitments", icon: "commitments", filtered: false, Content: later(() => import("./tabs/Commitments")) },
  { path: "/statements", asks: "/api/statements", name: "Statements", icon: "statements", filtered: false, Content: later(() => import("./tabs/Statements")) },
  { path: "/articles", asks: "/api/articles", name: "Articles", icon: "articles", filtered: false, Content: later(() => import("./tabs/Articles")) },
  { path: "/review", asks: "/api/review", name: "Review", icon: "review", filtered: false, Content: later(() => import("./tabs/Review")) },
  { path: "/runs", asks: "/api/runs", name: "Runs", icon: "runs", filtered: false, Content: later(() => import("./tabs/Runs")) },
];

/** The views that have a tab: all of them, and in a report those whose answers it carries. */
export const VIEWS: readonly View[] = isReport ? ALL.filter((view) => Object.keys(report).some((known) => known.split("?")[0] === view.asks)) : ALL;

/** The view of a path: `/articles/a1` belongs to `/articles`. */
export function viewOf(path: string): View | undefined {
  return ALL.find((view) => view.path === path) ?? ALL.find((view) => view.path !== "/" && path.startsWith(`${view.path}/`));
}
