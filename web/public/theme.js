// Before anything is drawn: the theme that was chosen by hand, else the system's.
let theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
try {
  const chosen = localStorage.getItem("dateline-theme");
  if (chosen === "light" || chosen === "dark") theme = chosen;
} catch {
  // No storage here (a file, or forbidden).
}
document.documentElement.dataset.theme = theme;
