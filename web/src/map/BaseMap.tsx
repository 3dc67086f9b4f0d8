/** The map under everything: outlines, names, buttons to zoom. It hands the ready map to whoever draws on it. */
import { AttributionControl, type LngLatBoundsLike, Map as Maplibre, NavigationControl, ScaleControl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "./map.css";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { EmptyState } from "../components/States";
import { theme } from "../theme";
import { wholeWorld } from "./outlines";
import { addProvinces, paintProvinces } from "./provinces";
import { BASE_COLOURS, CLOSEST, baseStyle, token } from "./style";
import { useWorker } from "./worker";

const stacked = window.matchMedia("(max-width: 60rem) and (pointer: coarse)");
export const still = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Pixels at the edges in which no mark should lie at first: buttons lie over the upper edge, the legend over the lower one. */
export const ROOM = { top: 64, right: 56, bottom: 84, left: 56 };

interface Props {
  /** What the map shows, for those who do not see it. */
  label: string;
  /** What is shown at first: west, south, east, north. */
  bounds: [number, number, number, number] | null;
  /** Called once when it can be drawn on. */
  onReady: (map: Maplibre) => void;
  /** Called when the colours have changed. */
  onTheme?: (map: Maplibre) => void;
  /** What lies over the map. */
  children?: ComponentChildren;
}

export function BaseMap({ label, bounds, onReady, onTheme, children }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  const shown = useRef<Maplibre | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [ready, setReady] = useState(false);

  useEffect(() => {
    let gone = false;
    let map: Maplibre | undefined;
    let unfollow: (() => void) | undefined;
    void (async () => {
      try {
        const [world] = await Promise.all([wholeWorld(), useWorker()]);
        if (gone || !holder.current) return;
        const made = new Maplibre({
          container: holder.current,
          style: baseStyle(world),
          attributionControl: false,
          dragRotate: false,
          pitchWithRotate: false,
          touchPitch: false,
          maxZoom: CLOSEST,
          minZoom: 0.4,
          fadeDuration: 0,
          trackResize: false, // see `follow`
          pixelRatio: Math.min(window.devicePixelRatio, 2), // finer than two nobody sees, and it takes twice as long
          cooperativeGestures: stacked.matches, // one finger scrolls the page, two move the map
          locale: { "Map.Title": label },
          ...(bounds ? { bounds: around(bounds), fitBoundsOptions: { padding: ROOM, maxZoom: 7 } } : { center: [20, 25], zoom: 1.2 }),
        });
        map = made;
        unfollow = follow(made, holder.current);
        made.touchZoomRotate.disableRotation();
        made.keyboard.disableRotation();
        made.addControl(new NavigationControl({ showCompass: false }), "top-right");
        made.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
        made.addControl(new AttributionControl({ compact: false }), "bottom-right");
        made.once("style.load", () => {
          if (gone) return;
          shown.current = made;
          onReady(made);
          addProvinces(made);
          made.once("idle", () => setReady(true));
        });
      } catch (problem) {
        if (!gone) setFailure(problem instanceof Error ? problem.message : String(problem));
      }
    })();
    return () => {
      gone = true;
      shown.current = null;
      unfollow?.();
      map?.remove();
    };
  }, []);

  useEffect(() => {
    const map = shown.current;
    if (!map) return;
    for (const [layer, property, name] of BASE_COLOURS) map.setPaintProperty(layer, property as "fill-color", token(name));
    paintProvinces(map);
    onTheme?.(map);
  }, [theme.value]);

  return (
    <div class="map" data-ready={ready || undefined}>
      {failure ? (
        <EmptyState title="The map cannot be drawn here">
          The browser offers no WebGL, or the outlines did not come ({failure}). The list holds the same incidents.
        </EmptyState>
      ) : (
        <div class="map-canvas" ref={holder} />
      )}
      {children}
    </div>
  );
}

/**
 * Let the map follow the size of its holder once what changed that is drawn: by itself it is drawn anew before the evidence that
 * opens beside it is seen. Gives what ends that.
 */
function follow(map: Maplibre, holder: HTMLElement): () => void {
  let [first, waiting, gone] = [true, false, false];
  const resized = () => {
    waiting = false;
    if (!gone) map.resize();
  };
  const watch = new ResizeObserver(() => {
    if (!first && !waiting) {
      waiting = true;
      requestAnimationFrame(() => setTimeout(resized));
    }
    first = false; // the size that it has when it is made the map knows
  });
  watch.observe(holder);
  return () => {
    gone = true;
    watch.disconnect();
  };
}

/** Bounds that are no single point. */
export function around([west, south, east, north]: [number, number, number, number]): LngLatBoundsLike {
  const least = 0.25;
  const [dx, dy] = [Math.max(0, least - (east - west)) / 2, Math.max(0, least - (north - south)) / 2];
  return [west - dx, Math.max(-84, south - dy), east + dx, Math.min(84, north + dy)];
}
