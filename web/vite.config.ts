import { defineConfig } from "vite";

// `npm run build` writes what `dateline serve` serves, and report.html, the one file that `dateline report` fills in.
// `npm run dev` asks a server on port 8765 for the data.
export default defineConfig({
  base: "/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  define: { __REPORT__: "false" },
  build: {
    outDir: "../src/dateline/server/page",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // the Content-Security-Policy of the page allows no code or style from data: addresses
    chunkSizeWarningLimit: 1500,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8765" } },
});
