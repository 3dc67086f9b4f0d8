import { Button } from "../components/Button";
import { Icon } from "../components/Icon";
import { useAnswer } from "../api";
import { theme, toggleTheme } from "../theme";

export function Header() {
  const meta = useAnswer("/api/meta");
  const other = theme.value === "dark" ? "light" : "dark";
  return (
    <header class="header">
      <a class="wordmark" href="/">
        Dateline
      </a>
      <span class="ledger faint small">{meta.data?.ledger}</span>
      <Button kind="quiet" icon aria-label={`Use the ${other} theme`} title={`Use the ${other} theme`} onClick={toggleTheme}>
        <Icon name={other === "dark" ? "moon" : "sun"} />
      </Button>
    </header>
  );
}
