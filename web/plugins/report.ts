/** The page as one file: code and style in it, allowed by their hash, and a place for the answers that `dateline report` puts in. */
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

export const MARKER = "<!--dateline-report-->";

export function oneFile(): Plugin {
  return {
    name: "dateline-one-file",
    enforce: "post",
    generateBundle(_, bundle) {
      let [code, style] = ["", ""];
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === "chunk") code += file.code;
        else if (name.endsWith(".css")) style += String(file.source);
        delete bundle[name];
      }
      // What ends a script or begins a comment in HTML may stand in a string of the code.
      // Vite would fill in what is to be loaded before a part of the code; here nothing is, for all of it is in the file.
      const whole = code.replaceAll("__VITE_PRELOAD__", "void 0");
      const script = `\n${whole.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")}\n`;
      const hash = createHash("sha256").update(script).digest("base64");
      const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data: blob:; worker-src blob: data:; connect-src blob:; base-uri 'none'; form-action 'none'`;
      const source = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        "<title>Dateline</title>",
        `<style>${style.replaceAll("</style", "<\\/style")}</style>`,
        "</head>",
        "<body>",
        '<div id="app"></div>',
        "<noscript>This report needs JavaScript to be shown.</noscript>",
        MARKER,
        `<script type="module">${script}</script>`,
        "</body>",
        "</html>",
        "",
      ].join("\n");
      this.emitFile({ type: "asset", fileName: "report.html", source });
    },
  };
}
