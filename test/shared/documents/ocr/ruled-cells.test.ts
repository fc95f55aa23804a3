import { expect, it } from 'vitest';
import { hihokenshasho } from '../../../../samples/lib/forms/hihokenshasho.ts';
import { assessmentSheet } from '../../../../samples/lib/forms/records.ts';
import { label, newPage, type Page, putTable, putTitle } from '../../../../samples/lib/page.ts';
import { direct } from '../../../../samples/sets/iwaki.ts';
import { credibleReadings } from '../../../../shared/documents/ocr/credible-readings.ts';
import { ocrFile } from '../../../../shared/documents/ocr/ocr-file.ts';
import type { DocumentKind } from '../../../../shared/vocabulary/document-kinds.ts';
import { aFile, scanned, toPng } from '../../../builders/a-scan.ts';
import { lettersOf, perfectReader } from '../../../builders/perfect-reader.ts';

/** What the layout alone makes of a scanned page: every letter is read as it was drawn. */
async function readingsOf(page: Page, kind: DocumentKind, title: string, skew: number) {
  const file = aFile('頁.png', toPng(scanned(page, 200, skew)));
  const text = await ocrFile(file, perfectReader(lettersOf(page)));
  return credibleReadings(file.path, kind, title, text.pages, text);
}

it.each([0, 1.5])('reads the values beside wrapped labels of a card askew by %s degrees', async (skew) => {
  const read = await readingsOf(
    hihokenshasho(direct)[0] as Page,
    'hihokenshasho',
    '介護保険被保険者証',
    skew,
  );
  const readValue = (wanted: string) => read.find(({ field }) => field === wanted)?.value;
  const { person, city } = direct;
  expect(readValue('insurer_number')).toBe(city.insurer);
  expect(readValue('cert_decided')).toBe(person.certDecided);
  expect(readValue('checklist_date')).toBe(person.certDecided);
  expect(readValue('sex')).toBe(person.sex);
});

it('reads the columns of an アセスメント whose lines wrap, each on its own', async () => {
  const page = assessmentSheet(direct, { title: 'アセスメントシート', date: '2024-06-10' })[0] as Page;
  const read = await readingsOf(page, 'assessment_sheet', 'アセスメントシート', 1);
  const domain = read.find(({ field }) => field === 'assessment_domain_1');
  const { state, wish, problem } = direct.person.story.domains[0]!;
  expect(String(domain?.value).replace(/\s/g, '')).toBe(`${state}${wish}${problem}`);
});

it('frames the whole box in which a wrapped value is printed', async () => {
  const page = assessmentSheet(direct, { title: 'アセスメントシート', date: '2024-06-10' })[0] as Page;
  const read = await readingsOf(page, 'assessment_sheet', 'アセスメントシート', 0);
  const [, top = 0, , height = 0] =
    read.find(({ field }) => field === 'assessment_domain_1')?.where.box ?? [];
  const inPoints = height * page.height;
  expect(inPoints).toBeGreaterThan(50);
  expect(inPoints).toBeLessThan(60);
  expect(top).toBeGreaterThan(0.15);
});

/** Two columns, each label in the box above its value. */
function headingsAbove(title: string, fields: [string, string][]): Page {
  const page = newPage();
  const y = putTitle(page, 34, title);
  const rows = Array.from({ length: fields.length / 2 }, (_, i) => fields.slice(2 * i, 2 * i + 2)).flatMap(
    (pair) => [pair.map(([name]) => label(name)), pair.map(([, value]) => value)],
  );
  putTable(page, 40, y, [255, 255], rows, { minHeight: 24 });
  return page;
}

it('reads numbers, days and long texts in the boxes beneath their headings', async () => {
  const assessment = headingsAbove('アセスメントシート', [
    ['利用者氏名', '見本 花子'],
    ['アセスメント実施日', 'R6.6.10'],
    ['被保険者番号', '0000000101'],
    ['実施者', '計画 花子'],
    ['家庭生活を含む日常生活', '買物が難しい。'],
    ['社会参加並びに対人関係及びコミュニケーション', '電話は毎日。'],
  ]);
  const read = await readingsOf(assessment, 'assessment_sheet', 'アセスメントシート', 0);
  const readValue = (wanted: string) => read.find(({ field }) => field === wanted)?.value;
  expect(readValue('insured_number')).toBe('0000000101');
  expect(readValue('assessment_domain_2')).toBe('買物が難しい。');
  expect(readValue('assessment_domain_3')).toBe('電話は毎日。');
});

it('reads the day beneath a heading with a remark in brackets', async () => {
  const card = headingsAbove('介護保険被保険者証', [
    ['番号', '0000000101'],
    ['認定年月日（事業対象者の場合は、基本チェックリスト実施日）', '令和5年12月20日'],
  ]);
  const read = await readingsOf(card, 'hihokenshasho', '介護保険被保険者証', 0);
  expect(read.find(({ field }) => field === 'cert_decided')?.value).toBe('2023-12-20');
});
