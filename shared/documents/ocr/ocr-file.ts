import type { PacketFile } from '../../packet/packet.ts';
import { findMyNumbers, maskMyNumbers } from '../../text/my-number.ts';
import type { TextLine } from '../pages/page-text.ts';
import { findCover } from './find-cover.ts';
import type { GrayImage } from './image/gray-image.ts';
import { type PageImage, pageImages } from './image/page-images.ts';
import type { OcrEngine } from './ocr-engine.ts';
import { OCR_EDITION, type OcrPage, type FileText } from './ocr-text.ts';
import { type PageReading, ocrPage } from './ocr-page.ts';

/**
 * Reads the scanned pages of one file: picture → straight and clean → characters → lines.
 * A page that cannot be read says why; nothing is thrown for what an office sent.
 * @param wanted pages (1-based) that have no text of their own; without it, all
 */
export async function ocrFile(
  file: Pick<PacketFile, 'digest' | 'read'>,
  engine: OcrEngine,
  wanted?: number[],
): Promise<FileText> {
  const pages: OcrPage[] = [];
  try {
    for await (const picture of pageImages(await file.read(), wanted))
      pages.push(await readPicture(picture, engine));
  } catch {
    const unread = wanted ?? [1];
    for (const page of unread.filter((number) => !pages.some((each) => each.page === number)))
      pages.push(failedPage(page, '画像を開けません'));
  }
  return {
    edition: OCR_EDITION,
    digest: file.digest,
    pages_total: Math.max(0, ...pages.map(({ page }) => page)),
    pages,
  };
}

async function readPicture(picture: PageImage, engine: OcrEngine): Promise<OcrPage> {
  if ('trouble' in picture) return failedPage(picture.page, picture.trouble);
  try {
    const cover = findCover(picture.image);
    if (cover) return coverPage(picture, cover);
    return toOcrPage(picture.page, await ocrPage(picture.image, engine));
  } catch {
    return failedPage(picture.page, '文字の読み取りに失敗しました');
  }
}

/** A 送付票 says everything in its code; the rest of the page need not be read. */
const coverPage = ({ page, image }: { page: number; image: GrayImage }, cover: string): OcrPage => ({
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
  const base = { page, width: read.width, height: read.height, hasImages: true };
  const state = { quarters: read.quarters, skew: read.skew, confidence: read.confidence };
  if (read.blank) return { ...base, ...state, lines: [], state: 'empty', my_number: false };
  const texts = read.lines.map(({ text }) => text);
  const isLegible =
    read.confidence >= LEAST_CONFIDENCE &&
    texts.join('').replace(/[^\p{L}\p{N}]/gu, '').length >= LEAST_LETTERS;
  if (!isLegible)
    return { ...base, ...state, lines: [], state: 'failed', trouble: NOTHING_LEGIBLE, my_number: false };
  const my_number = findMyNumbers(texts).length > 0;
  return { ...base, ...state, lines: my_number ? masked(read.lines) : read.lines, state: 'text', my_number };
}

const NOTHING_LEGIBLE = '読み取れる文字がありません（手書き、不鮮明、または写真のおそれがあります）';

/** The number stands nowhere in what is kept: neither in the line nor in its cells. */
function masked(lines: TextLine[]): TextLine[] {
  const texts = maskMyNumbers(lines.map(({ text }) => text));
  return lines.map((line, i) => {
    const text = texts[i] as string;
    if (text === line.text) return line;
    const parts = text.split('\t');
    return { ...line, text, cells: line.cells.map((cell, n) => ({ ...cell, text: parts[n] ?? '' })) };
  });
}

/** A page without text, and why. */
export const failedPage = (page: number, trouble: string): OcrPage => ({
  page,
  width: 0,
  height: 0,
  lines: [],
  hasImages: true,
  state: 'failed',
  trouble,
  quarters: 0,
  skew: 0,
  confidence: 0,
  my_number: false,
});
