import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../../shared/documents/document.ts';
import { type FileText, OCR_EDITION, type OcrPage } from '../../../../shared/documents/ocr/ocr-text.ts';
import { readOn } from '../../../../shared/documents/ocr/read-on.ts';
import { unreadPages } from '../../../../shared/documents/ocr/unread-image.ts';
import { fileFinding } from '../../../../shared/findings/finding.ts';
import { aDocument } from '../../../builders/a-document.ts';
import { asPages, row } from '../../../builders/pdf.ts';

const CARD = [
  { text: '介護保険被保険者証', size: 14 },
  row('被保険者番号', '0000000101'),
  row('氏名', '見本 花子'),
  row('生年月日', '昭和15年3月1日'),
];
const scan = { quarters: 0, skew: 0, confidence: 90, my_number: false, state: 'text' as const };
const page = (parts: Partial<OcrPage> = {}): OcrPage => ({
  ...(asPages(CARD)[0] as OcrPage),
  ...scan,
  ...parts,
});
const text = (...pages: OcrPage[]): FileText => ({
  edition: OCR_EDITION,
  digest: 'd',
  pages_total: 1,
  pages,
});

const number = (value: string, uncertain = false): Reading => ({
  field: 'insured_number',
  value,
  raw: value,
  where: { file: '証.pdf', page: 1 },
  ...(uncertain && { uncertain }),
});
const pictured = (...readings: Reading[]) =>
  aDocument({
    file: '証.pdf',
    kind: 'hihokenshasho',
    title: '介護保険被保険者証',
    read_by: 'text',
    pages: { from: 1, to: 1 },
    readings,
    unread_pages: [1],
    findings: [fileFinding('F_PDF_NO_TEXT', 'review', { file: '証.pdf', page: 1 }, '画像があります。', '')],
  });
const numbers = ({ readings }: { readings: Reading[] }) =>
  readings.filter(({ field }) => field === 'insured_number').map(({ value }) => value);

describe('readOn', () => {
  it('takes the page as read, keeps what its text says and adds what only the picture has', () => {
    const read = readOn(pictured(number('0000000101')), text(page()));
    expect(unreadPages(read)).toEqual([]);
    expect(read.findings).toEqual([]);
    expect(numbers(read)).toEqual(['0000000101']);
    expect(read.readings.find(({ field }) => field === 'birth_date')).toMatchObject({ uncertain: true });
  });
  it('does not let a picture contradict what is printed in characters', () => {
    expect(numbers(readOn(pictured(number('0000000102')), text(page())))).toEqual(['0000000102']);
  });
  it('holds two readings of one picture against each other', () => {
    const read = readOn(pictured(number('0000000102', true)), text(page()));
    expect(numbers(read)).toEqual(['0000000102', '0000000101']);
  });
  it('leaves a page unread that OCR could not read, and says why', () => {
    const read = readOn(pictured(), text(page({ state: 'failed', lines: [], trouble: '不鮮明' })));
    expect(unreadPages(read)).toEqual([1]);
    expect(read.findings).toMatchObject([{ code: 'F_PDF_NO_TEXT', where: { page: 1 } }]);
    expect(read.findings[0]?.message).toContain('不鮮明');
  });
  it('quarantines the document when the picture shows a 個人番号', () => {
    const read = readOn(pictured(number('0000000101')), text(page({ my_number: true })));
    expect(read).toMatchObject({ outcome: 'quarantined', readings: [] });
  });
  it('knows a card pasted into another form', () => {
    const form = { ...pictured(), kind: 'riyosha_kihon_joho' as const, title: '利用者基本情報' };
    const read = readOn(form, text(page({ picture: page().lines })));
    expect(read.also).toEqual(['hihokenshasho']);
  });
});
