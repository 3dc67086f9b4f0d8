/** Line icons, 20 by 20, in the colour of the text. They always stand beside a label or in a labelled button. */
const PATHS = {
  map: "M7.5 4 2.5 6v11l5-2 5 2 5-2V4l-5 2zM7.5 4v11M12.5 6v11",
  timeline: "M5 3v14M5 5.5h.01M5 10h.01M5 14.5h.01M9 5.5h8M9 10h6M9 14.5h7",
  control: "M5 17V3M5 4h10l-2 3.5 2 3.5H5",
  commitments: "M4 5h12v12H4zM4 9h12M7.5 3v3.5M12.5 3v3.5M7.5 13l1.8 1.8 3.2-3.3",
  statements: "M3 4h14v9.5H9L5.5 17v-3.5H3z",
  articles: "M4 3h9l3 3v11H4zM7 8h6M7 11h6M7 14h4",
  review: "M3 10.5 7.5 15 17 5",
  runs: "M4 10a6 6 0 1 0 2-4.5M4 3v3.5h3.5",
  search: "M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM12.5 12.5 17 17",
  filter: "M3 4.5h14M6 10h8M8.5 15.5h3",
  share: "M10 12.5V3M6.5 6.5 10 3l3.5 3.5M4 11v6h12v-6",
  sun: "M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1",
  moon: "M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3z",
  play: "M6.5 4v12l9.5-6z",
  pause: "M7 4.5v11M13 4.5v11",
  close: "M5 5l10 10M15 5 5 15",
  down: "M5.5 8l4.5 4.5L14.5 8",
  help: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7.8 8a2.2 2.2 0 1 1 3.3 1.9c-.7.4-1.1.9-1.1 1.6M10 14.3h.01",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" width="18" height="18" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
