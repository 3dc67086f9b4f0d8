/** The marks of the map, drawn here in the colours of the theme: the shapes of the quad classes, solid and hollow, and letters of sides. */
import type { Map as Maplibre } from "maplibre-gl";
import type { Quad } from "../words/codes";
import { token } from "./style";

const SIZE = 44; // for screens with two pixels to the point
const SHAPES: Record<Quad, (pen: Path2D) => void> = {
  "verbal-cooperation": (pen) => pen.arc(22, 22, 14, 0, Math.PI * 2),
  "material-cooperation": (pen) => pen.rect(9, 9, 26, 26),
  "verbal-conflict": (pen) => polygon(pen, [[22, 6], [39, 36], [5, 36]]),
  "material-conflict": (pen) => polygon(pen, [[22, 4], [40, 22], [22, 40], [4, 22]]),
};

function polygon(pen: Path2D, points: [number, number][]): void {
  points.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  pen.closePath();
}

function drawn(draw: (to: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const to = canvas.getContext("2d");
  if (!to) throw new Error("This browser cannot draw the marks of the map.");
  draw(to);
  return to.getImageData(0, 0, SIZE, SIZE);
}

function put(map: Maplibre, name: string, image: ImageData): void {
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: 2 });
}

/** Draw all marks of incidents: `<quad>` for exact places, `<quad>-vague` for others. */
export function putMarks(map: Maplibre): void {
  for (const [quad, shape] of Object.entries(SHAPES)) {
    for (const vague of [false, true]) {
      const path = new Path2D();
      shape(path);
      const image = drawn((to) => {
        to.lineJoin = "round";
        to.lineWidth = vague ? 4 : 3;
        to.strokeStyle = vague ? token(quad) : token("raised");
        to.fillStyle = vague ? token("raised") : token(quad);
        to.fill(path);
        to.stroke(path);
      });
      put(map, vague ? `${quad}-vague` : quad, image);
    }
  }
}

/** A flag-like square with the letters of a side; hollow with a question mark where nobody is known to hold the place. */
export function putSide(map: Maplibre, name: string, letters: string, colour: string | null): void {
  const image = drawn((to) => {
    const path = new Path2D();
    path.roundRect(3, 3, 38, 38, 8);
    to.fillStyle = colour ?? token("raised");
    to.strokeStyle = colour ? token("raised") : token("edge");
    to.lineWidth = 3;
    to.fill(path);
    to.stroke(path);
    to.fillStyle = colour ? token("raised") : token("ink");
    to.font = `700 ${letters.length > 1 ? 19 : 23}px system-ui, sans-serif`;
    to.textAlign = "center";
    to.textBaseline = "middle";
    to.fillText(letters, 22, 23, 34);
  });
  put(map, name, image);
}
