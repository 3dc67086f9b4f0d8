/** The views of the page: each is a URL with a tab. The first comes with the page, the code of the others when they are first shown. */
import type { ComponentType } from "preact";
import { later } from "./components/Later";
import Home from "./home/Home";
import type { FilterName } from "./filters";
import type { IconName } from "./components/Icon";
import { isReport, report } from "./route";

export interface View {
  path: string;
  /** The question without whose answer there is nothing to show. */
  asks: string;
  name: string;
  icon: IconName;
  /** The filters of the query that narrow this view: all with all of their values, or these with their first one. */
  narrowed: "all" | readonly FilterName[];
  Content: ComponentType;
}

const TEXT: readonly FilterName[] = ["q", "outlet", "since", "until"];
const ALL: readonly View[] = [
  { path: "/", asks: "/api/incidents", name: "Map", icon: "map", narrowed: "all", Content: Home },
  { path: "/timeline", asks: "/api/timeline", name: "Timeline", icon: "timeline", narrowed: "all", Content: later(() => import("./tabs/Timeline")) },
  { path: "/control", asks: "/api/control", name: "Control", icon: "control", narrowed: ["country"], Content: later(() => import("./tabs/Control")) },
  { path: "/commitments", asks: "/api/commitments", name: "Commitments", icon: "commitments", narrowed: [], Content: later(() => import("./tabs/Commitments")) },
  { path: "/statements", asks: "/api/statements", name: "Statements", icon: "statements", narrowed: TEXT, Content: later(() => import("./tabs/Statements")) },
  { path: "/articles", asks: "/api/articles", name: "Articles", icon: "articles", narrowed: TEXT, Content: later(() => import("./tabs/Articles")) },
  { path: "/review", asks: "/api/review", name: "Review", icon: "review", narrowed: ["type", "outlet", "since", "until"], Content: later(() => import("./tabs/Review")) },
  { path: "/runs", asks: "/api/runs", name: "Runs", icon: "runs", narrowed: [], Content: later(() => import("./tabs/Runs")) },
];

/** The views that have a tab: all of them, and in a report those whose answers it carries. */
export const VIEWS: readonly View[] = isReport ? ALL.filter((view) => Object.keys(report).some((known) => known.split("?")[0] === view.asks)) : ALL;

/** The view of a path: `/articles/a1` belongs to `/articles`. */
export function viewOf(path: string): View | undefined {
  return ALL.find((view) => view.path === path) ?? ALL.find((view) => view.path !== "/" && path.startsWith(`${view.path}/`));
}
