/** The first view: the list of incidents, the map of the same, and when they took place. */
import "./home.css";
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { type Refused, useAnswer, usePages } from "../api";
import { later } from "../components/Later";
import { ErrorNote, Loading } from "../components/States";
import { filters } from "../filters";
import type IncidentMapComponent from "../map/IncidentMap";
import { ask, isReport, query } from "../route";
import { Cards, orderAsked } from "./Cards";
import { ControlBar } from "./ControlBar";
import { Gathered } from "./Gathered";
import { Histogram } from "./Histogram";
import { MapLegend } from "./MapLegend";

const PAGE = 40;
const IncidentMap = later<Parameters<typeof IncidentMapComponent>[0]>(() => import("../map/IncidentMap"));
const pointed = signal<string | null>(null);

export default function Home() {
  const asked = filters.value;
  const { since: _since, until: _until, ...undated } = asked;
  const meta = useAnswer("/api/meta");
  const pages = usePages("/api/incidents", { query: { ...(asked as object), sort: orderAsked(), limit: PAGE } });
  const histogram = useAnswer("/api/histogram", { query: undated as object }, { keep: true });
  const columns = useAnswer("/api/map", { query: asked as object }, { keep: true });
  const open = query.value.get("incident");
  // All three are asked with the same filters: what is wrong with those is told once, over the list.
  const isNews = (error: Refused | undefined): error is Refused => error !== undefined && error.message !== pages.error?.message;
  return (
    <>
      <Cards pages={pages} open={open} onPoint={(id) => (pointed.value = id)} />
      <div class="centre">
        <MapPane columns={columns.data} total={pages.total} bounds={boundsOf(meta.data?.bbox)} open={open} />
        {isNews(columns.error) && <ErrorNote error={columns.error} onRetry={columns.reload} />}
        {histogram.data ? <Histogram data={histogram.data} /> : isNews(histogram.error) ? <ErrorNote error={histogram.error} onRetry={histogram.reload} /> : histogram.loading && <Loading what="Counting days" />}
      </div>
    </>
  );
}

interface PaneProps {
  columns: Parameters<typeof IncidentMapComponent>[0]["columns"];
  total: number | undefined;
  bounds: [number, number, number, number] | null;
  open: string | null;
}

/** The map with what lies over it: the choice of layer, the legend, the slider of days, the list of a place. */
function MapPane({ columns, total, bounds, open }: PaneProps) {
  const [gathered, setGathered] = useState<string[] | null>(null);
  const [view, setView] = useState<[number, number, number, number] | null>(null);
  const controlled = query.value.get("control");
  const [playing, setPlaying] = useState<string | null>(null);
  const history = useAnswer(controlled === null ? null : "/api/control/history").data;
  const day = controlled === null ? null : (playing ?? (controlled === "latest" ? (history?.last ?? null) : controlled));
  return (
    <section class="mappane" aria-label="Map">
      <IncidentMap
        columns={columns}
        bounds={bounds}
        chosen={open}
        pointed={pointed.value}
        history={history}
        day={day}
        onOpen={(id) => ask({ incident: id })}
        onGather={setGathered}
        onMoved={setView}
      />
      <div class="map-top">
        <div class="segments" role="group" aria-label="What the map shows">
          <button type="button" aria-pressed={controlled === null} onClick={() => ask({ control: null })}>
            What happened
          </button>
          <button
            type="button"
            aria-pressed={controlled !== null}
            onClick={() => {
              setGathered(null);
              ask({ control: "latest" });
            }}
          >
            Who holds what
          </button>
        </div>
        {view && controlled === null && !isReport && (
          <button type="button" class="button small" onClick={() => ask({ bbox: view.map((degrees) => degrees.toFixed(3)).join(",") })}>
            Only what is in view
          </button>
        )}
      </div>
      {gathered && <Gathered ids={gathered} open={open} onClose={() => setGathered(null)} />}
      {controlled === null ? (
        <MapLegend columns={columns} total={total} />
      ) : (
        <ControlBar history={history} day={day} onDay={setPlaying} onSettled={(chosen) => {
          setPlaying(null);
          ask({ control: chosen }, { replace: true });
        }} />
      )}
    </section>
  );
}

function boundsOf(box: number[] | null | undefined): [number, number, number, number] | null {
  const [west, south, east, north] = box ?? [];
  return west !== undefined && south !== undefined && east !== undefined && north !== undefined ? [west, south, east, north] : null;
}
