/** What the marks of the map mean, in as little room as it takes. */
import type { Schema } from "../api";
import { count } from "../words/numbers";

/** `total`: how many incidents there are, with a place or without. */
export function MapLegend({ columns, total }: { columns: Schema["MapColumns"] | undefined; total: number | undefined }) {
  if (!columns || total === 0) return null;
  const shown = columns.id.length;
  return (
    <details class="map-legend">
      <summary>{shown === 0 ? "None of these has a known place" : columns.truncated ? `The ${count(shown)} weightiest of ${count(columns.total)} with a place` : `${count(shown)} with a known place`}</summary>
      <ul>
        <li>Each shape is an incident; its circle is as wide as the place is known to be.</li>
        <li>Hollow shapes: known only to a region or a country.</li>
        <li>Rings with a number: several incidents, divided by kind. Click to come closer or to list them.</li>
        <li>What has no known place is only in the list.</li>
      </ul>
    </details>
  );
}
