import { foldKey } from '../../../shared/text/normalise.ts';

/** Left, top, width, height as fractions of a page (shared/findings/finding.ts). */
export type Box = readonly [x: number, y: number, w: number, h: number];

/** The box on the page turned clockwise by quarters. */
export function turned([x, y, w, h]: Box, quarters: number): Box {
  switch (((quarters % 4) + 4) % 4) {
    case 1:
      return [1 - y - h, x, h, w];
    case 2:
      return [1 - x - w, 1 - y - h, w, h];
    case 3:
      return [y, 1 - x - w, h, w];
    default:
      return [x, y, w, h];
  }
}

/** A rectangle on a page, both in points. */
export const boxOnPage = (
  { x, y, right, bottom }: { x: number; y: number; right: number; bottom: number },
  { width, height }: { width: number; height: number },
): Box => [x / width, y / height, (right - x) / width, (bottom - y) / height];

/** One piece of text on a page, with its box. */
export interface PlacedText {
  text: string;
  box: Box;
}

/** A text written more often than this gets no frame. */
const MOST_PLACES = 3;

/**
 * Where a text is written on a page, for a value whose reader gave no box: every place of it, since each is the same text.
 * None where it is not found, or is too common to point at.
 */
export function findText(raw: string, pieces: readonly PlacedText[]): Box[] {
  const wanted = foldKey(raw);
  if (wanted.length < 2) return [];
  const owner: number[] = [];
  let all = '';
  for (const [i, { text }] of pieces.entries()) {
    const letters = foldKey(text);
    all += letters;
    for (let n = 0; n < letters.length; n++) owner.push(i);
  }
  const starts: number[] = [];
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + wanted.length)) starts.push(at);
  if (starts.length > MOST_PLACES) return [];
  return starts.map((at) =>
    around([...new Set(owner.slice(at, at + wanted.length))].map((i) => pieces[i]!.box)),
  );
}

/** The smallest box around some. */
function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , w]) => x + w));
  const bottom = Math.max(...boxes.map(([, y, , h]) => y + h));
  return [left, top, right - left, bottom - top];
}
