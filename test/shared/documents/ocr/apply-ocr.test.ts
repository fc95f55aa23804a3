import { expect, it } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { applyOcr } from '../../../../shared/documents/ocr/apply-ocr.ts';
import { isCredible } from '../../../../shared/documents/ocr/credible-readings.ts';
import { memoryOcrTexts, OCR_EDITION, type OcrPage } from '../../../../shared/documents/ocr/ocr-text.ts';
import { fileFinding } from '../../../../shared/findings/finding.ts';

it.each(['2104-12-31', '0840-03-15', '2104-06', '000-????', '00?1160856'])(
  'believes no %s read from a picture',
  (value) => {
    expect(isCredible({ value })).toBe(false);
  },
);
it('uses no service whose number could not be settled', () => {
  expect(isCredible({ value: { name: '介護予防訪問看護', class: 'yobo_kyufu', code: '63????' } })).toBe(
    false,
  );
});
it.each(['2024-12-31', '1925-03-15', '2024-06', '0021160856', 'いわき市見本区一丁目', true])(
  'lets %s pass',
  (value) => {
    expect(isCredible({ value })).toBe(true);
  },
);

it.each([
  [60, 0],
  [90, 1],
])(
  'takes the title from a page read with a confidence of %i, and what is filled in only from a clear one',
  async (confidence, numbers) => {
    const texts = memoryOcrTexts();
    await texts.put({ edition: OCR_EDITION, digest: 'd', pages_total: 1, pages: [aCard(confidence)] });
    const [document] = await applyOcr([unread('d')], texts);
    expect(document?.kind).toBe('hihokenshasho');
    expect(document?.readings.filter(({ field }) => field === 'insured_number')).toHaveLength(numbers);
    // never in silence
    expect((document?.readings.length ?? 0) + (document?.findings.length ?? 0)).toBeGreaterThan(0);
  },
);

function aCard(confidence: number): OcrPage {
  const rows = [
    '介護保険被保険者証',
    '被保険者番号\t0000000201',
    '生年月日\t昭和15年3月15日',
    '交付年月日',
    '保険者番号',
  ];
  const lines = rows.map((text, i) => ({
    text,
    y: 40 + i * 30,
    size: i === 0 ? 16 : 10,
    cells: text
      .split('\t')
      .map((cell, n) => ({ text: cell, x: 60 + n * 120, right: 150 + n * 120, y: 40 + i * 30, size: 10 })),
  }));
  const page = { page: 1, width: 595, height: 842, lines, hasImages: true };
  return { ...page, state: 'text', quarters: 0, skew: 0, confidence, my_number: false };
}

const unread = (digest: string): ReadDocument => ({
  file: '証.png',
  kind: null,
  title: null,
  read_by: 'none',
  pages: { from: 1, to: 1 },
  rows: 0,
  outcome: 'used',
  digest,
  readings: [],
  findings: [fileFinding('F_FILE_IMAGE', 'review', { file: '証.png' }, '', '')],
});

it('keeps what was found in the file beside its pictures', async () => {
  const texts = memoryOcrTexts();
  await texts.put({ edition: OCR_EDITION, digest: 'd', pages_total: 1, pages: [aCard(90)] });
  const attached = fileFinding('F_FILE_UNKNOWN', 'warn', { file: 'a.pdf' }, '添付されています', '取り出す');
  const document = unread('d');
  const [read] = await applyOcr([{ ...document, findings: [...document.findings, attached] }], texts);
  expect(read).toMatchObject({ kind: 'hihokenshasho', findings: [{ code: 'F_FILE_UNKNOWN' }] });
});

it.each([
  ['画像が途中で切れています', '送り直して'],
  ['画像が壊れています', '送り直して'],
  ['読み取れる文字がありません', '撮り直す'],
])('says what helps where a page failed: %s', async (trouble, remedy) => {
  const texts = memoryOcrTexts();
  const page: OcrPage = { ...aCard(0), state: 'failed', trouble };
  await texts.put({ edition: OCR_EDITION, digest: 'd', pages_total: 1, pages: [page] });
  const [document] = await applyOcr([unread('d')], texts);
  expect(document?.findings[0]?.remedy).toContain(remedy);
});
