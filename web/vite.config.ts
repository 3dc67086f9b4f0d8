import { defineConfig } from "vite";
import { oneFile } from "./plugins/report.ts";

// `npm run build` writes what `dateline serve` serves, and then, in the mode "report", report.html: the one file that `dateline report`
// fills in. `npm run dev` asks a server on port 8765 for the data.
export default defineConfig(({ mode }) => {
  const report = mode === "report";
  return {
    base: "/",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    define: { __REPORT__: JSON.stringify(report) },
    publicDir: report ? false : "public",
    plugins: report ? [oneFile()] : [],
    build: {
      outDir: "../src/dateline/server/page",
      emptyOutDir: !report,
      target: "es2022",
      assetsInlineLimit: 0, // the Content-Security-Policy of the page allows no code or style from data: addresses
      chunkSizeWarningLimit: 4000,
      modulePreload: { polyfill: false },
      cssCodeSplit: !report,
      license: report ? false : { fileName: "licences.md" },
      ...(report && { rollupOptions: { input: "src/main.tsx", output: { codeSplitting: false } } }),
    },
    server: { proxy: { "/api": "http://127.0.0.1:8765" } },
  };
});
