import type { GrayImage } from './image/gray-image.ts';
import type { OcrLine } from './ocr-engine.ts';

/** Gray values below this are ink on white paper. */
const INK = 150;

/** Half-open range of columns, in pixels. */
export interface Stretch {
  from: number;
  to: number;
}

export const extentOf = ({ letters }: OcrLine): Stretch => ({
  from: Math.min(...letters.map(({ x0 }) => x0)),
  to: Math.max(...letters.map(({ x1 }) => x1)),
});

/** Columns of a line that hold ink, separated by paper of at least `gap`. */
export function inkStretches(line: OcrLine, gap: number, { width, data }: GrayImage): Stretch[] {
  const { from, to } = extentOf(line);
  const [first, last] = [Math.max(0, from), Math.min(width, to)];
  // the rims of a line may hold a neighbour's ink
  const rim = Math.round((line.y1 - line.y0) * 0.1);
  const stretches: Stretch[] = [];
  for (let x = first; x < last; x++) {
    let hasInk = false;
    for (let y = line.y0 + rim; y < line.y1 - rim && !hasInk; y++)
      hasInk = (data[y * width + x] as number) < INK;
    if (!hasInk) continue;
    const previous = stretches.at(-1);
    if (previous && x - previous.to < gap) previous.to = x + 1;
    else stretches.push({ from: x, to: x + 1 });
  }
  return stretches;
}
