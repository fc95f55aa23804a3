import type { PrintRow } from './image/find-rows.ts';
import { crop, type GrayImage, scaleTo } from './image/gray-image.ts';
import type { PreparedPage } from './image/prepare-page.ts';
import type { OcrEngine, OcrImage, OcrResult } from './ocr-engine.ts';
import { agreeOnDigits, holdsTellingDigits, settleDigits } from './settle-digits.ts';

/**
 * Heights in pixels to which the print of a row is scaled. The engine is best at the first. It rarely makes the same
 * mistake at the others, so digits that matter are read again.
 */
const ROW_HEIGHTS = [31, 42, 26] as const;
/** White around a row, as a part of its height; the engine needs some. */
const ROW_MARGIN = 0.2;

/** Reads rows of a page. Lengths are in pixels of the page. */
export async function ocrRows(
  page: PreparedPage,
  rows: PrintRow[],
  engine: OcrEngine,
): Promise<Map<PrintRow, OcrResult>> {
  const [first, second, third] = ROW_HEIGHTS;
  const texts = await readAtHeight(first, page, rows, engine);
  const decisive = rows.filter((row) => !row.isBlock && holdsTellingDigits(texts.get(row) as OcrResult));
  const secondTexts = await readAtHeight(second, page, decisive, engine);
  const doubtful = decisive.filter(
    (row) => !agreeOnDigits(texts.get(row) as OcrResult, secondTexts.get(row) as OcrResult),
  );
  for (const [row, text] of await readAtHeight(third, page, doubtful, engine))
    texts.set(row, settleDigits([texts.get(row) as OcrResult, secondTexts.get(row) as OcrResult, text]));
  return texts;
}

async function readAtHeight(
  letterHeight: number,
  { image }: PreparedPage,
  rows: PrintRow[],
  engine: OcrEngine,
): Promise<Map<PrintRow, OcrResult>> {
  const pictures = rows.map((row) => rowPicture(row, image, letterHeight));
  const read = pictures.length === 0 ? [] : await engine.read(pictures);
  return new Map(
    rows.map((row, i) => [row, toPagePixels(read[i] as OcrResult, row, pictures[i] as RowPicture)]),
  );
}

/** A row cut out of the page and scaled. `x` and `y` are its position on the page. */
interface RowPicture extends OcrImage {
  x: number;
  y: number;
  scale: number;
}

function rowPicture(row: PrintRow, image: GrayImage, letterHeight: number): RowPicture {
  const height = row.y1 - row.y0;
  const margin = Math.round(height * ROW_MARGIN) + 2;
  const [x, y] = [row.x0 - margin, row.y0 - margin];
  const piece = crop(image, x, y, row.x1 - row.x0 + 2 * margin, height + 2 * margin);
  const scale = row.isBlock ? 1 : Math.min(2.5, Math.max(0.4, letterHeight / height));
  const scaled = scaleTo(piece, image.dpi * scale);
  return { image: scaled, isBlock: row.isBlock, x, y, scale: scaled.dpi / image.dpi };
}

/** Converts pixels of the picture to pixels of the page. */
function toPagePixels(text: OcrResult, row: PrintRow, { x, y, scale }: RowPicture): OcrResult {
  const pageX = (pictureX: number): number => Math.round(x + pictureX / scale);
  const pageY = (pictureY: number): number => Math.round(y + pictureY / scale);
  const lines = text.lines.map((line) => ({
    letters: line.letters.map((letter) => ({
      ...letter,
      x0: pageX(letter.x0),
      x1: pageX(letter.x1),
      y0: pageY(letter.y0),
      y1: pageY(letter.y1),
    })),
    // of a row that is one line, its own height is more exact
    ...(text.lines.length > 1 || row.isBlock
      ? { y0: pageY(line.y0), y1: pageY(line.y1) }
      : { y0: row.y0, y1: row.y1 }),
  }));
  return { ...text, lines };
}
