import { useAnswer } from "../api";
import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { isReport } from "../route";
import { theme, toggleTheme } from "../theme";
import { counted } from "../words/numbers";
import { Search } from "./Search";

export function Header() {
  const meta = useAnswer("/api/meta").data;
  const other = theme.value === "dark" ? "light" : "dark";
  return (
    <header class="header">
      <a class="wordmark" href="/">
        Dateline
      </a>
      <p class="ledger">
        {meta && (
          <>
            <b dir="auto">{meta.ledger}</b>
            <span>
              {counted(meta.counts.articles, "article")}
              {isReport ? ", as a report" : meta.writable ? "" : ", read only"}
            </span>
          </>
        )}
      </p>
      <Search />
      <Button kind="quiet" icon aria-label={`Use the ${other} theme`} title={`Use the ${other} theme`} onClick={toggleTheme}>
        <Icon name={other === "dark" ? "moon" : "sun"} />
      </Button>
    </header>
  );
}
