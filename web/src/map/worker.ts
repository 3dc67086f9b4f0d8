/** Where MapLibre finds its worker: a file of this origin, as the Content-Security-Policy asks; in a report, which is one file, a blob. */
import { setWorkerUrl } from "maplibre-gl";
import workerAddress from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

let set = false;

export function useWorker(): void {
  if (set) return;
  set = true;
  setWorkerUrl(workerAddress);
}
