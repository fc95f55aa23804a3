import type { PDFDocumentProxy } from 'pdfjs-dist';
import type { IsShown } from '../pages/graphics-state.ts';
import { shownLayers } from '../pages/layers.ts';
import { pageContent } from '../pages/page-content.ts';
import { SLANTED, type TextRun } from '../pages/page-text.ts';
import { openPdf } from '../pages/pdf-engine.ts';
import { PDF_LIMITS } from '../pages/pdf-limits.ts';
import { fromEngine, UnreadableFile } from '../unreadable-file.ts';
import type { GrayImage } from './image/gray-image.ts';

/** The text of a PDF's pages that a person sees: it stays text, and only the ink beside it is read by OCR. */
export class PrintedText {
  private readonly opened: Promise<{ pdf: PDFDocumentProxy; isShown: IsShown }>;

  constructor(bytes: Uint8Array) {
    this.opened = openPdf(new Uint8Array(bytes)).then(async (pdf) => ({
      pdf,
      isShown: await shownLayers(pdf),
    }));
    this.opened.catch(() => {});
  }

  /** Empty where the page has no text, or the engine cannot open it: the page then is a picture. */
  async on(page: number): Promise<TextRun[]> {
    try {
      const { pdf, isShown } = await this.opened;
      const loaded = await fromEngine(() => pdf.getPage(page));
      const content = await pageContent(loaded, PDF_LIMITS.charactersPerPage, isShown);
      loaded.cleanup();
      return content?.runs ?? [];
    } catch (error) {
      if (error instanceof UnreadableFile) return [];
      throw error;
    }
  }

  async close(): Promise<void> {
    const opened = await this.opened.catch(() => null);
    await opened?.pdf.destroy();
  }
}

/** The runs on a page that was drawn in another size. */
export const scaleRuns = (runs: TextRun[], scale: number): TextRun[] =>
  scale === 1
    ? runs
    : runs.map((run) => ({
        ...run,
        x: run.x * scale,
        baseline: run.baseline * scale,
        width: run.width * scale,
        size: run.size * scale,
      }));

/** Letters reach this far above and below their base line, in their size. */
const ABOVE = 0.9;
const BELOW = 0.2;

/** The page without the ink of these runs. A word laid across the form stays: what it crosses must be read. */
export function withoutRuns(image: GrayImage, runs: TextRun[]): GrayImage {
  const upright = runs.filter(({ angle }) => angle !== SLANTED);
  if (upright.length === 0) return image;
  const cleared = { ...image, data: image.data.slice() };
  const pixels = image.dpi / 72;
  for (const run of upright) {
    const box = boxOf(run);
    const [left, right] = [
      Math.max(0, Math.floor(box.x * pixels)),
      Math.min(image.width, Math.ceil(box.right * pixels)),
    ];
    for (
      let y = Math.max(0, Math.floor(box.y * pixels));
      y < Math.min(image.height, Math.ceil(box.bottom * pixels));
      y++
    )
      if (right > left) cleared.data.fill(255, y * image.width + left, y * image.width + right);
  }
  return cleared;
}

function boxOf({ x, baseline: y, width, size, angle }: TextRun) {
  const [above, below] = [size * ABOVE, size * BELOW];
  if (angle === 1) return { x: x - below, right: x + above, y, bottom: y + width };
  if (angle === 2) return { x: x - width, right: x, y: y - below, bottom: y + above };
  if (angle === 3) return { x: x - above, right: x + below, y: y - width, bottom: y };
  return { x, right: x + width, y: y - above, bottom: y + below };
}

/**
 * The runs on the page after it was turned and straightened.
 * @param page size before it was turned, in points
 * @param turn quarters clockwise, then degrees clockwise
 */
export function turnRuns(
  runs: TextRun[],
  page: { width: number; height: number },
  turn: { quarters: number; skew: number },
): TextRun[] {
  const isAside = turn.quarters % 2 === 1;
  const [width, height] = isAside ? [page.height, page.width] : [page.width, page.height];
  const radians = (turn.skew * Math.PI) / 180;
  const [sin, cos] = [Math.sin(radians), Math.cos(radians)];
  return runs.map((run) => {
    const [x, y] = turnPoint(run.x, run.baseline, page, turn.quarters);
    const [dx, dy] = [x - width / 2, y - height / 2];
    return {
      ...run,
      x: cos * dx - sin * dy + width / 2,
      baseline: sin * dx + cos * dy + height / 2,
      angle: run.angle === SLANTED ? SLANTED : (run.angle + turn.quarters) % 4,
    };
  });
}

function turnPoint(
  x: number,
  y: number,
  { width, height }: { width: number; height: number },
  quarters: number,
): [number, number] {
  if (quarters === 1) return [height - y, x];
  if (quarters === 2) return [width - x, height - y];
  return quarters === 3 ? [y, width - x] : [x, y];
}
