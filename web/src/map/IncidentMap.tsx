/** The map of the first view: incidents, or who holds what. The list beside it holds the same, for those who do not use maps. */
import { type Map as Maplibre, type MapGeoJSONFeature, Marker } from "maplibre-gl";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Schema } from "../api";
import { theme } from "../theme";
import { BaseMap, ROOM, around, still } from "./BaseMap";
import { addControl, paintControl, showControl } from "./control";
import { MARKS, addIncidents, paintIncidents, ring, setVisible, showIncidents, source } from "./layers";
import { type MapPlace, extent, pixelsAtZoom0, placesOf } from "./places";
import { CLOSEST } from "./style";

interface Props {
  columns: Schema["MapColumns"] | undefined;
  /** What is shown at first, before anything else is known. */
  bounds: [number, number, number, number] | null;
  /** The incident that is open, and the one whose card is pointed at. */
  chosen: string | null;
  pointed: string | null;
  /** Who held what, and the day to show; without a day incidents are shown. */
  history: Schema["ControlHistory"] | undefined;
  day: string | null;
  onOpen: (id: string) => void;
  /** Several incidents that lie at one place. */
  onGather: (ids: string[]) => void;
  /** West, south, east, north of what is in view, after it was moved by hand. */
  onMoved: (bounds: [number, number, number, number]) => void;
}

export default function IncidentMap({ columns, bounds, chosen, pointed, history, day, onOpen, onGather, onMoved }: Props) {
  const [map, setMap] = useState<Maplibre | null>(null);
  const laid = useMemo(() => (columns ? placesOf(columns) : null), [columns]);
  const live = useRef({ onOpen, onGather, onMoved, places: [] as MapPlace[] });
  live.current = { onOpen, onGather, onMoved, places: laid?.places ?? [] };
  const touched = useRef(false);

  const start = (ready: Maplibre) => {
    addControl(ready);
    addIncidents(ready);
    ready.on("click", (event) => {
      const [hit] = ready.queryRenderedFeatures(event.point, { layers: MARKS });
      if (!hit) return;
      touched.current = true;
      void open(ready, hit, live.current);
    });
    // The drawer takes room from the map: until somebody has moved it, all of it stays in view and clear of what lies over it.
    ready.on("resize", () => {
      const wanted = extent(live.current.places);
      if (wanted && !touched.current) ready.fitBounds(around(wanted), { padding: ROOM, maxZoom: 7, duration: 0 });
    });
    for (const layer of MARKS) {
      ready.on("mouseenter", layer, () => (ready.getCanvas().style.cursor = "pointer"));
      ready.on("mouseleave", layer, () => (ready.getCanvas().style.cursor = ""));
    }
    ready.on("moveend", (event) => {
      if (!event.originalEvent) return;
      touched.current = true;
      const seen = ready.getBounds();
      live.current.onMoved([seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()]);
    });
    setMap(ready);
  };

  useEffect(() => {
    if (!map || !laid) return;
    showIncidents(map, laid.features);
    // Where other filters leave nothing in view, go to what there is.
    const seen = map.getBounds();
    const wanted = extent(laid.places);
    if (wanted && !laid.places.some((place) => seen.contains([place.lon, place.lat]))) {
      map.fitBounds(around(wanted), { padding: ROOM, maxZoom: 7, duration: still.matches ? 0 : 600 });
    }
  }, [map, laid]);

  useEffect(() => {
    if (map) setVisible(map, day === null);
  }, [map, day === null]);

  useEffect(() => {
    if (map && history) paintControl(map, history.sides, theme.value === "dark");
  }, [map, history, theme.value]);

  useEffect(() => {
    if (map) showControl(map, history, day);
  }, [map, history, day]);

  // An element over the map: going down the list must not draw the whole map anew with every card.
  useEffect(() => {
    const place = placeOf(pointed, laid);
    if (!map || !place) return;
    const element = document.createElement("div");
    element.className = "map-pointed";
    const mark = new Marker({ element }).setLngLat([place.lon, place.lat]).addTo(map);
    element.removeAttribute("role");
    element.removeAttribute("aria-label");
    element.setAttribute("aria-hidden", "true");
    return () => {
      mark.remove();
    };
  }, [map, laid, pointed]);

  useEffect(() => {
    if (!map) return;
    const place = placeOf(chosen, laid);
    ring(map, place, place && pixelsAtZoom0(place.radius_km, place.lat));
    if (place && !map.getBounds().contains([place.lon, place.lat])) map.easeTo({ center: [place.lon, place.lat], duration: still.matches ? 0 : 500 });
  }, [map, laid, chosen]);

  const first = useMemo(() => (laid ? extent(laid.places) : null) ?? bounds, [laid !== null]);
  if (!laid) return <div class="map" />;
  return <BaseMap label="Map of incidents; the list holds the same" bounds={first} onReady={start} onTheme={paintIncidents} />;
}

function placeOf(id: string | null, laid: ReturnType<typeof placesOf> | null): MapPlace | undefined {
  return id === null ? undefined : laid?.places[laid.of.get(id) ?? -1];
}

/** What a click on a mark does: open the incident; list those of one place; come closer to those of several. */
async function open(map: Maplibre, hit: MapGeoJSONFeature, to: { onOpen: Props["onOpen"]; onGather: Props["onGather"]; places: MapPlace[] }): Promise<void> {
  const { cluster_id: cluster, n, point_count: points } = hit.properties as { cluster_id?: number; n?: number; point_count?: number };
  if (cluster === undefined) {
    const ids = to.places[n ?? -1]?.ids ?? [];
    if (ids.length === 1 && ids[0]) to.onOpen(ids[0]);
    else to.onGather(ids);
    return;
  }
  const leaves = await source(map, "places").getClusterLeaves(cluster, points ?? 1000, 0);
  const inside = leaves.map((leaf) => to.places[(leaf.properties as { n: number }).n]).filter((place) => place !== undefined);
  const [lons, lats] = [inside.map((place) => place.lon), inside.map((place) => place.lat)];
  const [west, south, east, north] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  const fits = map.cameraForBounds([west, south, east, north], { padding: 80, maxZoom: CLOSEST });
  if (map.getZoom() >= CLOSEST - 0.5 || (fits?.zoom ?? 0) <= map.getZoom() + 0.2) to.onGather(inside.flatMap((place) => place.ids));
  else map.fitBounds(around([west, south, east, north]), { padding: 80, maxZoom: CLOSEST, duration: still.matches ? 0 : 600 });
}
