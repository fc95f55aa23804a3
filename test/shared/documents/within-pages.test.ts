import { describe, expect, it } from 'vitest';
import { applyOcr } from '../../../shared/documents/ocr/apply-ocr.ts';
import { memoryOcrTexts } from '../../../shared/documents/ocr/ocr-text.ts';
import { readDocuments } from '../../../shared/documents/read-documents.ts';
import { aFile } from '../../builders/a-scan.ts';
import { type StackPage, scannedPdf, textOf } from '../../builders/a-stack.ts';

const PAGES: StackPage[] = ['一', '二', '三', '四'].map((page) => [`${page}枚目の書類`]);
const packet = (file: ReturnType<typeof aFile>, from: number, to: number) => ({
  ...{ name: '束', digest: 'packet', findings: [], rejected: [] },
  files: [{ ...file, part: { isFirst: true, pages: [{ from, to }] } }],
});

describe('some pages of a scan', () => {
  it('wait for OCR as the whole does, and name their own pages', async () => {
    const file = aFile('束.pdf', await scannedPdf(PAGES));
    const [document, ...others] = await readDocuments(packet(file, 3, 4));
    expect(others).toEqual([]);
    expect(document!.findings).toMatchObject([
      { code: 'F_PDF_NO_TEXT', where: { page: 3 }, message: expect.stringContaining('3〜4ページ') },
    ]);
  });

  it('get their own texts alone, also in a picture file of many pages', async () => {
    const bytes = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (const file of [aFile('束.pdf', await scannedPdf(PAGES)), aFile('束.tif', bytes)])
      for (const [from, to] of [
        [1, 2],
        [3, 4],
      ] as const) {
        const texts = memoryOcrTexts();
        await texts.put(textOf(await file.read(), PAGES));
        const read = await applyOcr(await readDocuments(packet(file, from, to)), texts);
        expect(read.map(({ pages, read_by }) => [pages?.from, pages?.to, read_by])).toEqual([
          [from, to, 'ocr'],
        ]);
      }
  });
});
