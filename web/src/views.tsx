/** The views of the page: each is a URL with a tab. The first comes with the page, the code of the others when they are first shown. */
import type { ComponentType } from "preact";
import { later } from "./components/Later";
import Home from "./home/Home";
import type { IconName } from "./components/Icon";

export interface View {
  path: string;
  name: string;
  icon: IconName;
  /** Whether the filters of the query narrow this view. */
  filtered: boolean;
  Content: ComponentType;
}

export const VIEWS: readonly View[] = [
  { path: "/", name: "Map", icon: "map", filtered: true, Content: Home },
  { path: "/timeline", name: "Timeline", icon: "timeline", filtered: true, Content: later(() => import("./tabs/Timeline")) },
  { path: "/control", name: "Control", icon: "control", filtered: false, Content: later(() => import("./tabs/Control")) },
  { path: "/commitments", name: "Commitments", icon: "commitments", filtered: false, Content: later(() => import("./tabs/Commitments")) },
  { path: "/statements", name: "Statements", icon: "statements", filtered: false, Content: later(() => import("./tabs/Statements")) },
  { path: "/articles", name: "Articles", icon: "articles", filtered: false, Content: later(() => import("./tabs/Articles")) },
  { path: "/review", name: "Review", icon: "review", filtered: false, Content: later(() => import("./tabs/Review")) },
  { path: "/runs", name: "Runs", icon: "runs", filtered: false, Content: later(() => import("./tabs/Runs")) },
];

/** The view of a path: `/articles/a1` belongs to `/articles`. */
export function viewOf(path: string): View | undefined {
  return VIEWS.find((view) => view.path === path) ?? VIEWS.find((view) => view.path !== "/" && path.startsWith(`${view.path}/`));
}
