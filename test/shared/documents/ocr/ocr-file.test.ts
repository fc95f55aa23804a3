import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hihokenshasho } from '../../../../samples/lib/forms/hihokenshasho.ts';
import { keikaKiroku } from '../../../../samples/lib/forms/keika.ts';
import type { Page } from '../../../../samples/lib/page.ts';
import { newPage } from '../../../../samples/lib/page.ts';
import { scannedPdf } from '../../../../samples/lib/raw-pdf.ts';
import { direct } from '../../../../samples/sets/iwaki.ts';
import { applyOcr } from '../../../../shared/documents/ocr/apply-ocr.ts';
import { turnQuarters } from '../../../../shared/documents/ocr/image/gray-image.ts';
import { type OcrEngine, openOcrEngine } from '../../../../shared/documents/ocr/ocr-engine.ts';
import { ocrFile } from '../../../../shared/documents/ocr/ocr-file.ts';
import { memoryOcrTexts } from '../../../../shared/documents/ocr/ocr-text.ts';
import { readDocuments } from '../../../../shared/documents/read-documents.ts';
import type { PacketFile } from '../../../../shared/packet/packet.ts';
import { isMyNumber } from '../../../../shared/text/my-number.ts';
import { aFile, scanned, toPng } from '../../../builders/a-scan.ts';
import { A4, embeddedPdf } from '../../../builders/pdf.ts';

let engine: OcrEngine;
beforeAll(async () => {
  engine = await openOcrEngine();
});
afterAll(() => engine.close());

async function readAll(file: PacketFile) {
  const documents = await readDocuments({ name: '', digest: '', files: [file], findings: [], rejected: [] });
  const texts = memoryOcrTexts();
  await texts.put(await ocrFile(file, engine));
  return { before: documents, after: await applyOcr(documents, texts) };
}

describe('a scanned 被保険者証', () => {
  const card = hihokenshasho(direct)[0] as Page;
  it('reads a PNG that lies askew: kind, number and card, every value uncertain and with its place', async () => {
    const { before, after } = await readAll(aFile('証.png', toPng(scanned(card, 200, 2))));
    expect(before[0]?.read_by).toBe('none');
    expect(after).toHaveLength(1);
    const [document] = after;
    expect(document).toMatchObject({ kind: 'hihokenshasho', read_by: 'ocr', outcome: 'used' });
    const number = document?.readings.find(({ field }) => field === 'insured_number');
    expect(number?.value).toBe(direct.person.insured);
    expect(document?.readings.every(({ uncertain }) => uncertain)).toBe(true);
    const [x = 0, y = 0, w = 0, h = 0] = number?.where.box ?? [];
    expect(x).toBeGreaterThan(0.05);
    expect(y + h).toBeLessThan(0.6);
    expect(w).toBeGreaterThan(0.05);
  });
  it('reads a page that was laid sideways', async () => {
    const { after } = await readAll(aFile('証.png', toPng(turnQuarters(scanned(card, 150), 1))));
    expect(after[0]).toMatchObject({ kind: 'hihokenshasho', read_by: 'ocr' });
  });
});

it('reads an image-only PDF page by page and leaves a blank back unread', async () => {
  const record = keikaKiroku(direct, '介護予防支援経過記録', [
    { date: '2024-06-14', text: '自宅を訪問し、本人と面接。変わりなく過ごしている。' },
  ]);
  const { after } = await readAll(aFile('記録.pdf', scannedPdf([...record, newPage()], '記録')));
  expect(after.map(({ kind, read_by }) => [kind, read_by])).toEqual([['keika_kiroku', 'ocr']]);
  expect(after[0]?.pages).toEqual({ from: 1, to: 2 });
});

it('keeps a picture unread that shows nothing legible, and says so', async () => {
  const noise = scanned(newPage(), 100);
  for (let i = 0; i < noise.data.length; i += 7) noise.data[i] = (i * 7919) % 256;
  const { after } = await readAll(aFile('写真.png', toPng(noise)));
  expect(after).toMatchObject([
    { read_by: 'none', outcome: 'unreadable', findings: [{ severity: 'review' }] },
  ]);
  expect(after[0]?.findings[0]?.message).toContain('写真.png');
});

it('quarantines a scanned form with a 個人番号 and keeps none of its digits', async () => {
  const number = [...Array(10).keys()].map((d) => `99999000001${d}`).find(isMyNumber) as string;
  const page = newPage();
  for (const [i, line] of ['介護保険被保険者証', `個人番号　${number}`, '氏名　見本　花子'].entries())
    page.marks.push({ kind: 'text', x: 60, y: 60 + i * 40, size: 14, text: line, bold: false, grey: 0 });
  const file = aFile('証.png', toPng(scanned(page, 200)));
  const text = await ocrFile(file, engine);
  expect(text.pages[0]?.my_number).toBe(true);
  expect(JSON.stringify(text)).not.toMatch(/9999900/);
  const { after } = await readAll(file);
  expect(after).toMatchObject([{ outcome: 'quarantined', readings: [] }]);
  expect(after[0]?.findings.map(({ code }) => code)).toContain('F_FILE_MYNUMBER');
});

it('reads a scan beneath a page number, and quarantines a card with a 個人番号 in it', async () => {
  const number = [...Array(10).keys()].map((d) => `99999000001${d}`).find(isMyNumber) as string;
  const page = newPage();
  const groups = [number.slice(0, 4), number.slice(4, 8), number.slice(8)].join(' ');
  for (const [i, text] of [
    '個人番号カード',
    groups,
    '氏名　見本　花子',
    '住所　水戸市見本町一丁目',
  ].entries())
    page.marks.push({ kind: 'text', x: 60, y: 60 + i * 40, size: 14, text, bold: false, grey: 0 });
  const picture = toPng(scanned(page, 200));
  const bytes = await embeddedPdf([[]], {
    draw: (pdf) => {
      pdf.image(picture, 0, 0, { width: A4.width, height: A4.height });
      pdf.font('gothic').fontSize(8).text('1', 290, 820, { lineBreak: false });
    },
  });
  const file = aFile('添付.pdf', bytes);
  const text = await ocrFile(file, engine);
  // the page number stays text, beside what was read from the picture
  expect(text.pages[0]?.lines.at(-1)?.text).toBe('1');
  expect(JSON.stringify(text)).not.toContain(groups);
  const { before, after } = await readAll(file);
  expect(before).toMatchObject([{ read_by: 'none' }]);
  expect(after).toMatchObject([{ outcome: 'quarantined', readings: [] }]);
});
