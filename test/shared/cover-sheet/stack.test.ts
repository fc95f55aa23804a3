import PDFDocument from 'pdfkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { hihokenshasho } from '../../../samples/lib/forms/hihokenshasho.ts';
import type { Page } from '../../../samples/lib/page.ts';
import { direct } from '../../../samples/sets/iwaki.ts';
import { drawCoverSheets } from '../../../shared/cover-sheet/draw-cover-sheets.ts';
import { splitStack } from '../../../shared/cover-sheet/split-stack.ts';
import { applyOcr } from '../../../shared/documents/ocr/apply-ocr.ts';
import { findCover } from '../../../shared/documents/ocr/find-cover.ts';
import {
  type GrayImage,
  rotate,
  scaleTo,
  turnQuarters,
} from '../../../shared/documents/ocr/image/gray-image.ts';
import { pageImages } from '../../../shared/documents/ocr/image/page-images.ts';
import type { OcrEngine } from '../../../shared/documents/ocr/ocr-engine.ts';
import { ocrFile } from '../../../shared/documents/ocr/ocr-file.ts';
import { memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { readDocuments } from '../../../shared/documents/read-documents.ts';
import { encodeCover } from '../../../shared/vocabulary/cover-code.ts';
import { aFile, scanned, toPng } from '../../builders/a-scan.ts';

const cover = (insured_number: string) => ({
  city: 'iwaki',
  office_number: '0770100014',
  insured_number,
  service_month: '2024-06',
  event: 'continuing',
});
const [hanako, taro] = [cover('0000000201'), cover('0000000202')];
const sheets: GrayImage[] = [];
beforeAll(async () => {
  for await (const page of pageImages(await drawCoverSheets([hanako, taro])))
    if ('image' in page) sheets.push(page.image);
});

describe('a printed 送付票', () => {
  it.each([
    ['at 300 dpi', (page: GrayImage) => page],
    ['at 150 dpi', (page: GrayImage) => scaleTo(page, 150)],
    ['askew by 3 degrees', (page: GrayImage) => rotate(scaleTo(page, 200), 3)],
    ['upside down', (page: GrayImage) => turnQuarters(scaleTo(page, 200), 2)],
    ['laid sideways', (page: GrayImage) => turnQuarters(scaleTo(page, 200), 1)],
    ['with dust all over', (page: GrayImage) => withDust(scaleTo(page, 200))],
    ['at 75 dpi', (page: GrayImage) => scaleTo(page, 75)],
    ['in print so faint that nothing is black', (page: GrayImage) => faint(scaleTo(page, 200))],
  ])('is read %s', (_how, scan) => {
    expect(findCover(scan(sheets[0] as GrayImage))).toBe(encodeCover(hanako));
  });
  it('is not seen on a form', () => {
    expect(findCover(scanned(hihokenshasho(direct)[0] as Page, 150))).toBeNull();
  });
  it('is read as text too, where the PDF was never printed', async () => {
    const file = aFile('送付票.pdf', await drawCoverSheets([hanako]));
    const [document] = await readDocuments(packet([file]));
    expect(document).toMatchObject({ kind: 'cover_sheet', read_by: 'text' });
    expect(document?.readings).toMatchObject([{ field: 'cover_code', value: encodeCover(hanako) }]);
  });
});

const faint = (page: GrayImage): GrayImage => ({ ...page, data: page.data.map((gray) => 155 + gray * 0.35) });

/** The OCR text of a 被保険者証; the test reads every page of the stack as this. */
const word = (text: string, x: number, y: number) => ({
  letters: [...text].map((letter, i) => ({
    text: letter,
    beginsWord: i === 0,
    x0: x + i * 40,
    x1: x + i * 40 + 38,
    y0: y,
    y1: y + 40,
    confidence: 95,
  })),
  y0: y,
  y1: y + 40,
});
const CARD = {
  confidence: 95,
  lines: [
    word('介護保険被保険者証', 300, 200),
    word('被保険者番号', 200, 400),
    word('0000000201', 600, 400),
    word('生年月日', 200, 500),
    word('交付年月日', 200, 600),
    word('保険者番号', 200, 700),
  ],
};
const engine: OcrEngine = {
  // all of it in the first picture of a page's trial, nothing in the rest of the page
  read: async (pictures) =>
    pictures.map((_, i) => (i === 0 && pictures.length <= 8 ? CARD : { confidence: 0, lines: [] })),
  close: async () => {},
};

describe('a scanned stack', () => {
  it('is split at its sheets: every page with its person, every page once', async () => {
    const card = scanned(hihokenshasho(direct)[0] as Page, 150);
    const small = sheets.map((page) => scaleTo(page, 150));
    const stack = await toPdf([card, small[0], card, card, small[1], card] as GrayImage[]);
    const file = aFile('束.pdf', stack);
    const texts = memoryOcrTexts();
    await texts.put(await ocrFile(file, engine));
    const documents = await applyOcr(await readDocuments(packet([file])), texts);
    const parts = splitStack(packet([file]), documents);
    expect(parts.map(({ sheet }) => sheet?.insured_number ?? null)).toEqual([
      null,
      '0000000201',
      '0000000202',
    ]);
    expect(parts.map((part) => part.packet.files[0]?.path)).toEqual([
      '束.pdf（1ページ）',
      expect.stringMatching(/^束\.pdf（2.*4ページ）$/),
      expect.stringMatching(/^束\.pdf（5.*6ページ）$/),
    ]);
    const pages = parts.flatMap((part) => part.documents.map(({ pages }) => pages));
    expect(pages.reduce((sum, p) => sum + (p ? p.to - p.from + 1 : 0), 0)).toBe(6);
    expect(new Set(parts.map((part) => part.packet.digest)).size).toBe(3);
    expect(parts[0]?.packet.digest).toBe('packet');
    // evidence names the page of the original file
    expect(parts[2]?.documents[0]?.readings[0]?.where).toEqual({ file: '束.pdf', page: 5 });
  });
});

const packet = (files: ReturnType<typeof aFile>[]) => ({
  name: '束',
  digest: 'packet',
  files,
  findings: [],
  rejected: [],
});

function withDust(page: GrayImage): GrayImage {
  const dusty = { ...page, data: page.data.slice() };
  for (let i = 0; i < 3000; i++) dusty.data[(i * 7_368_787) % dusty.data.length] = 0;
  return dusty;
}

async function toPdf(pages: GrayImage[]): Promise<Buffer> {
  const doc = new PDFDocument({ autoFirstPage: false });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (const page of pages) {
    const size: [number, number] = [(page.width * 72) / page.dpi, (page.height * 72) / page.dpi];
    doc.addPage({ size, margin: 0 }).image(toPng(page), 0, 0, { width: size[0] });
  }
  doc.end();
  await new Promise((resolve) => doc.once('end', resolve));
  return Buffer.concat(chunks);
}
