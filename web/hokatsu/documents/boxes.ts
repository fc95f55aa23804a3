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

/** One piece of text on a page, with its box. */
export interface PlacedText {
  text: string;
  box: Box;
}

/** Compared without blanks and widths, as the desk does it. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '');

/**
 * Where a text is written on a page, for a value whose reader gave no box. Null where it is not found, or found more than
 * once: a mark on the wrong line is worse than none.
 */
export function findText(raw: string, pieces: readonly PlacedText[]): Box | null {
  const wanted = plain(raw);
  if (wanted.length < 2) return null;
  const owner: number[] = [];
  let all = '';
  for (const [i, { text }] of pieces.entries()) {
    const letters = plain(text);
    all += letters;
    for (let n = 0; n < letters.length; n++) owner.push(i);
  }
  const at = all.indexOf(wanted);
  if (at < 0 || all.indexOf(wanted, at + 1) >= 0) return null;
  const found = [...new Set(owner.slice(at, at + wanted.length))].map((i) => pieces[i]!.box);
  return around(found);
}

/** The smallest box around some. */
function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , w]) => x + w));
  const bottom = Math.max(...boxes.map(([, y, , h]) => y + h));
  return [left, top, right - left, bottom - top];
}
