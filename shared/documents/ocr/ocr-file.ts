import { reportFault } from '../../faults/report-fault.ts';
import type { PacketFile } from '../../packet/packet.ts';
import { maskMyNumbers, myNumbersInPicture } from '../../text/my-number.ts';
import { hasPdfHeader } from '../pages/file-bytes.ts';
import type { TextLine } from '../pages/page-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { findCover } from './find-cover.ts';
import type { GrayImage } from './image/gray-image.ts';
import { type PageImage, pageImages } from './image/page-images.ts';
import type { OcrEngine } from './ocr-engine.ts';
import { ocrPage, type PageReading } from './ocr-page.ts';
import { type FileText, OCR_EDITION, type OcrPage } from './ocr-text.ts';
import { PrintedText, scaleRuns } from './printed-runs.ts';

/**
 * Reads the scanned pages of one file: image → straight and clean → characters → lines.
 * A page that cannot be read says why; nothing is thrown for what an office sent.
 * @param wanted page numbers (from 1) that have no text of their own; without it, all
 */
export async function ocrFile(
  file: Pick<PacketFile, 'digest' | 'read'>,
  engine: OcrEngine,
  wanted?: number[],
): Promise<FileText> {
  const bytes = await file.read();
  const pages: OcrPage[] = [];
  const printed = hasPdfHeader(bytes) ? new PrintedText(bytes) : null;
  try {
    for await (const page of pageImages(bytes, wanted)) {
      const isDrawn = 'image' in page;
      pages.push(isDrawn ? await readImage(page, engine, printed) : unreadPage(page.page, page.error));
    }
  } catch (error) {
    const missing = (wanted ?? [1]).filter((number) => !pages.some(({ page }) => page === number));
    pages.push(...missing.map((page) => unreadPage(page, error)));
  } finally {
    await printed?.close();
  }
  return {
    edition: OCR_EDITION,
    digest: file.digest,
    pages_total: Math.max(0, ...pages.map(({ page }) => page)),
    pages,
  };
}

type DrawnPage = Extract<PageImage, { image: GrayImage }>;

async function readImage(
  { page, image, scale, whenBlank }: DrawnPage,
  engine: OcrEngine,
  printed: PrintedText | null,
): Promise<OcrPage> {
  try {
    const cover = findCover(image);
    if (cover) return coverPage(page, image, cover);
    const runs = await printed?.on(page);
    const read = await ocrPage(image, engine, runs && scaleRuns(runs, scale));
    if (read.blank) await whenBlank?.();
    return toOcrPage(page, read);
  } catch (error) {
    return unreadPage(page, error);
  }
}

/** What an engine could not read is the page's doing; anything else is a fault of the program, and reported. */
function unreadPage(page: number, error: unknown): OcrPage {
  if (error instanceof UnreadableFile) return failedPage(page, error.message);
  reportFault(error);
  return faultyPage(page);
}

/** The code of a 送付票 holds all its values; the rest of the page need not be read. */
const coverPage = (page: number, image: GrayImage, cover: string): OcrPage => ({
  page,
  width: (image.width * 72) / image.dpi,
  height: (image.height * 72) / image.dpi,
  lines: [],
  hasImages: true,
  state: 'text',
  quarters: 0,
  skew: 0,
  confidence: 100,
  my_number: false,
  cover,
});

/** Below these a reading is noise: a photo of a wall, handwriting, a page upside down. */
const LEAST_CONFIDENCE = 35;
const LEAST_LETTERS = 8;

function toOcrPage(page: number, read: PageReading): OcrPage {
  const base = { page, width: read.width, height: read.height, hasImages: true, lines: [], my_number: false };
  const state = { quarters: read.quarters, skew: read.skew, confidence: read.confidence };
  if (read.blank) return { ...base, ...state, ...withText(read), state: 'empty' };
  const seen = (read.picture ?? read.lines).map(({ text }) => text);
  const isLegible =
    read.confidence >= LEAST_CONFIDENCE &&
    seen.join('').replace(/[^\p{L}\p{N}]/gu, '').length >= LEAST_LETTERS;
  return isLegible
    ? { ...base, ...state, ...withText(read), state: 'text' }
    : { ...base, ...state, state: 'failed', trouble: NOTHING_LEGIBLE };
}

/** The lines, without the digits of a 個人番号, and the words that a pen marked. */
function withText({
  lines,
  picture,
  struck,
  ringed,
}: PageReading): Pick<OcrPage, 'lines' | 'picture' | 'my_number' | 'struck' | 'ringed'> {
  const my_number = [lines, picture ?? []].some((some) => myNumbersInPicture(textsOf(some)).length > 0);
  return {
    lines: my_number ? masked(lines) : lines,
    ...(picture && { picture: my_number ? masked(picture) : picture }),
    ...(struck.length > 0 && { struck }),
    ...(ringed.length > 0 && { ringed }),
    my_number,
  };
}

const textsOf = (lines: TextLine[]): string[] => lines.map(({ text }) => text);

const NOTHING_LEGIBLE = '読み取れる文字がありません（手書き、不鮮明、または写真のおそれがあります）';

/** Lines without the digits of a 個人番号, in their text and in their cells. */
function masked(lines: TextLine[]): TextLine[] {
  const texts = maskMyNumbers(textsOf(lines), myNumbersInPicture);
  return lines.map((line, i) => {
    const text = texts[i] as string;
    if (text === line.text) return line;
    const parts = text.split('\t');
    return { ...line, text, cells: line.cells.map((cell, n) => ({ ...cell, text: parts[n] ?? '' })) };
  });
}

/** A page without text, and why. */
export const failedPage = (page: number, trouble: string): OcrPage => ({
  ...faultyPage(page),
  state: 'failed',
  trouble,
});

/** A page that a fault of the program kept from being read. */
export const faultyPage = (page: number): OcrPage => ({
  page,
  width: 0,
  height: 0,
  lines: [],
  hasImages: true,
  state: 'fault',
  quarters: 0,
  skew: 0,
  confidence: 0,
  my_number: false,
});
