import { render } from "preact";
import "./style/tokens.css";
import "./style/base.css";
import "./style/components.css";
import "./style/shell.css";
import { followPlace } from "./place";
import { listen } from "./route";
import { Shell } from "./shell/Shell";
import { followTheme } from "./theme";

followTheme();
listen();
const root = document.getElementById("app");
if (root) render(<Shell />, root);
followPlace();
