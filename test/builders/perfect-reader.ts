import type { Page } from '../../samples/lib/page.ts';
import type { OcrEngine, OcrImage, OcrLetter } from '../../shared/documents/ocr/ocr-engine.ts';

/** A letter of a page as it was drawn, upright, in points. */
export interface PlacedLetter {
  text: string;
  x: number;
  right: number;
  y: number;
  bottom: number;
}

/** The letters of a page of the samples. */
export const lettersOf = (page: Page): PlacedLetter[] =>
  page.marks.flatMap((mark) => {
    if (mark.kind !== 'text') return [];
    let x = mark.x;
    return [...mark.text].map((text) => {
      const left = x;
      x += /[\u0020-\u007e\uff61-\uff9f]/.test(text) ? mark.size / 2 : mark.size;
      return { text, x: left, right: x, y: mark.y, bottom: mark.y + mark.size };
    });
  });

/** A row as the desk cuts it out of the straightened page; positions are pixels of that page. */
type RowPicture = OcrImage & { x: number; y: number; scale: number };

/**
 * The letters that were drawn, in the rows that the desk finds: what no reader of letters can improve. Letters whose ink
 * is not in the row (marks that were taken out, print lost in cleaning) are not read.
 */
export const perfectReader = (letters: PlacedLetter[]): OcrEngine => ({
  read: async (images) => images.map((image) => readRow(image as RowPicture, letters)),
  close: async () => {},
});

function readRow({ image, x, y, scale }: RowPicture, letters: PlacedLetter[]) {
  const pixels = (image.dpi / scale / 72) * scale;
  const own = letters
    .map((letter) => ({
      text: letter.text,
      x0: letter.x * pixels - x * scale,
      x1: letter.right * pixels - x * scale,
      y0: letter.y * pixels - y * scale,
      y1: letter.bottom * pixels - y * scale,
      confidence: 99,
      beginsWord: false,
    }))
    .filter((letter) => letter.text.trim() !== '' && isInRow(letter, image));
  const lines: OcrLetter[][] = [];
  for (const letter of own.toSorted((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
    const line = lines.at(-1);
    const first = line?.[0];
    const isSame = first && Math.abs(letter.y0 + letter.y1 - first.y0 - first.y1) < letter.y1 - letter.y0;
    if (line && isSame) line.push(letter);
    else lines.push([letter]);
  }
  return {
    confidence: own.length > 0 ? 95 : 0,
    lines: lines.map((line) => ({
      letters: line.toSorted((a, b) => a.x0 - b.x0),
      y0: Math.min(...line.map(({ y0 }) => y0)),
      y1: Math.max(...line.map(({ y1 }) => y1)),
    })),
  };
}

const INK = 150;

/** The middle of the letter is in the row, and there is ink where the letter was drawn. */
function isInRow({ x0, x1, y0, y1 }: OcrLetter, { width, height, data }: OcrImage['image']): boolean {
  const margin = height / 7;
  const [cx, cy] = [(x0 + x1) / 2, (y0 + y1) / 2];
  if (cx < 0 || cx > width || cy < margin || cy > height - margin) return false;
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, y1); y++)
    for (let x = Math.max(0, Math.floor(x0)); x < Math.min(width, x1); x++)
      if ((data[y * width + x] as number) < INK) return true;
  return false;
}
