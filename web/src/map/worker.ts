/** Where MapLibre finds its worker: a file of this origin, as the Content-Security-Policy asks; in a report, which is one file, a blob. */
import { setWorkerUrl } from "maplibre-gl";
import workerAddress from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

let set: Promise<void> | undefined;

export function useWorker(): Promise<void> {
  set ??= find().then(setWorkerUrl);
  return set;
}

async function find(): Promise<string> {
  if (!__REPORT__) return workerAddress;
  const { default: code } = await import("maplibre-gl/dist/maplibre-gl-worker.mjs?raw");
  return URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
}
