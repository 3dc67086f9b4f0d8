/** Marks of several incidents: a ring divided among the quad classes, and the shape of the largest class on its rim. Drawn when first needed. */
import type { Map as Maplibre } from "maplibre-gl";
import type { Quad } from "../words/codes";
import { token } from "./style";

const NAME = /^pie-(\d)-(\d)-(\d)-(\d)$/;
const ORDER: readonly Quad[] = ["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"];
const SIZE = 88;
const [MIDDLE, OUTER, INNER] = [SIZE / 2, 36, 28];

export function isPie(name: string): boolean {
  return NAME.test(name);
}

/** Draw `pie-a-b-c-d`: the shares of the four classes. */
export function putPie(map: Maplibre, name: string): void {
  const shares = NAME.exec(name)?.slice(1).map(Number);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const to = canvas.getContext("2d");
  if (!shares || !to) return;
  const sum = shares.reduce((a, b) => a + b, 0) || 1;
  disc(to, OUTER + 3, token("raised"));
  let from = -Math.PI / 2;
  shares.forEach((share, n) => {
    const until = from + (share / sum) * Math.PI * 2;
    to.beginPath();
    to.moveTo(MIDDLE, MIDDLE);
    to.arc(MIDDLE, MIDDLE, OUTER, from, until);
    to.closePath();
    to.fillStyle = token(ORDER[n] ?? "soft");
    if (share) to.fill();
    from = until;
  });
  disc(to, INNER, token("raised"));
  badge(to, shares.indexOf(Math.max(...shares)));
  const image = to.getImageData(0, 0, SIZE, SIZE);
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: 2 });
}

function disc(to: CanvasRenderingContext2D, radius: number, colour: string): void {
  to.beginPath();
  to.arc(MIDDLE, MIDDLE, radius, 0, Math.PI * 2);
  to.fillStyle = colour;
  to.fill();
}

/** The shape of a class at the lower right of the ring. */
function badge(to: CanvasRenderingContext2D, n: number): void {
  const [x, y, r] = [MIDDLE + 25, MIDDLE + 25, 11];
  const corners: Record<number, [number, number][]> = {
    1: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
    2: [[0, -1], [1.05, 0.85], [-1.05, 0.85]],
    3: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  };
  to.beginPath();
  if (n === 0) to.arc(x, y, r * 0.95, 0, Math.PI * 2);
  else for (const [dx, dy] of corners[n] ?? []) to.lineTo(x + dx * r, y + dy * r);
  to.closePath();
  to.lineJoin = "round";
  to.lineWidth = 6;
  to.strokeStyle = token("raised");
  to.stroke();
  to.fillStyle = token(ORDER[n] ?? "soft");
  to.fill();
}
