/** Words of articles, as they are shown. */

/** Two characters that turn the letters after them around, which no language needs: what stands behind them would be read backwards. */
const TURNING = /[\u202d\u202e]/g;

/** A text in the order of its letters. Where something in it would turn them around, a sign says so; it is as long as before. */
export function inOrder(text: string): string {
  return text.replace(TURNING, "\ufffd");
}

export function titleText(title: string | null): string {
  return title === null ? "Article without a title" : inOrder(title);
}
