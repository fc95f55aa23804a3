import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { readCsvFile } from '../../../../shared/documents/csv/read-csv.ts';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import type { Finding } from '../../../../shared/findings/finding.ts';
import { cp932, iso2022jp } from '../../../builders/cp932.ts';
import {
  type BuiltType,
  type Cells,
  COLUMN_COUNTS,
  csv,
  csvName,
  line,
  packetFile,
  record,
  uphosoku,
  upjsk,
  upkihon,
  upplan,
  upsikyu,
  upyobo,
  upyoboSub,
} from '../../../builders/csv.ts';

const encode = (encoding: string, text: string): Buffer =>
  encoding === 'ISO-2022-JP' ? iso2022jp(text) : iconv.encode(text, encoding);
const read = async (
  type: BuiltType,
  bytes: Uint8Array | string,
  name = csvName(type),
): Promise<ReadDocument> => (await readCsvFile(packetFile(name, bytes))).document;
const codes = (document: ReadDocument): string[] => document.findings.map((f) => `${f.code} ${f.severity}`);
const only = (document: ReadDocument): Finding => {
  expect(document.findings.map((f) => f.message)).toHaveLength(1);
  return document.findings[0]!;
};
const values = (document: ReadDocument, field: string): unknown[] =>
  document.readings.filter((r) => r.field === field).map((r) => r.value);

test.each(Object.keys(COLUMN_COUNTS) as BuiltType[])('reads a sound %s', async (type) => {
  const document = await read(type, csv(type));
  expect(codes(document)).toEqual(/^(?:UP|DLT)\dKYO$/.test(type) ? ['F_CSV_TYPE warn'] : []);
  expect(document).toMatchObject({ title: type, outcome: 'used', read_by: 'csv', rows: 1, pages: null });
  expect(values(document, 'insurer_number')).toEqual(['431007']);
  expect(values(document, 'insured_number')).toEqual(['0000000101']);
  expect(values(document, 'sender_number')).toEqual(['4370100010']);
  expect(values(document, 'receiver_number')).toEqual(['4300100015']);
});

test('reads the plan with the place of each value', async () => {
  const document = await read('UPYOBO', upyobo());
  expect(document.kind).toBe('shien_keikakusho');
  const readings = Object.fromEntries(document.readings.map((r) => [r.field, r]));
  expect(readings.certification).toEqual({
    field: 'certification',
    value: '要支援1',
    raw: '1',
    where: { file: csvName('UPYOBO'), row: 1, column: 14, column_name: '要支援状態区分' },
  });
  expect(readings.name).toMatchObject({ value: '見本 花子', raw: '見本　花子' });
  expect(readings).toMatchObject({
    plan_created: { value: '2024-06-25' },
    plan_kind: { value: '1' },
    commissioned: { value: '1' },
    plan_division: { value: '11' },
    cert_valid_to: { value: '2025-06-30' },
    center_name: { value: 'ささえりあ第一' },
    care_manager_name: { value: '計画 一' },
    assessment_domain_4: { value: '血圧は安定' },
    consent_date: { value: '2024-06-26' },
    consent_name: { value: '見本 花子' },
  });
});

test('gives no reading for an empty domain or consent', async () => {
  const document = await read('UPYOBO', upyobo({ 28: '', 56: '', 57: '' }));
  expect(values(document, 'assessment_domain_2')).toEqual([]);
  expect(values(document, 'consent_date')).toEqual([]);
});

test.each<[BuiltType, Buffer, unknown[]]>([
  ['UPYOBO', upyobo({ 14: '3' }), ['事業対象者']],
  ['UPHOSOKU', uphosoku({ 18: '06' }), ['事業対象者']],
  ['UPHOSOKU', uphosoku({ 18: '13' }), ['要支援2']],
  ['UPHOSOKU', uphosoku({ 18: '21' }), ['要介護1']],
  ['UPKIHON', upkihon({ 23: '01', 27: '2' }), ['none']],
  ['UPKIHON', upkihon({ 23: '01', 27: '1' }), ['事業対象者']],
  ['UPKIHON', upkihon({ 23: '', 27: '1' }), ['事業対象者']],
  ['UPKIHON', upkihon({ 23: '12', 27: '1' }), ['要支援1']],
])('makes one of the three codings in %s', async (type, bytes, expected) => {
  expect(values(await read(type, bytes), 'certification')).toEqual(expected);
});

test('reads services by the kind in their code, once each', async () => {
  const document = await read(
    'UPPLAN',
    upplan(
      {},
      { 10: '20240708' },
      { 15: '631111' },
      { 15: '2B1111' },
      { 15: '681111' },
      { 14: '0', 15: '661111' },
    ),
  );
  expect(values(document, 'service_planned')).toEqual([
    {
      name: '訪問型サービス（独自）',
      class: 'sogo',
      code: 'A21111',
      office: '4370200018',
      days: ['2024-07-01', '2024-07-08'],
      rows: [1, 2],
    },
    {
      name: '介護予防訪問看護',
      class: 'yobo_kyufu',
      code: '631111',
      office: '4370200018',
      days: ['2024-07-01'],
      rows: [3],
    },
    {
      name: '介護予防短期入所療養介護（介護医療院）',
      class: 'yobo_kyufu',
      code: '2B1111',
      office: '4370200018',
      days: ['2024-07-01'],
      rows: [4],
    },
    {
      name: '小規模多機能型居宅介護（短期利用）',
      class: 'kaigo_kyufu',
      code: '681111',
      office: '4370200018',
      days: ['2024-07-01'],
      rows: [5],
    },
  ]);
  expect(document.rows).toBe(6);
  expect(values(document, 'service_month')).toEqual(['2024-07']);
  expect(values(document, 'office_number')).toEqual(['4370100010']);
});

test('says that nothing was used only when every row says so', async () => {
  const none = await read('UPJSK', upjsk({ 14: '0' }, { 14: '0', 15: '631111' }));
  expect(values(none, 'no_service_used')).toEqual([true]);
  expect(values(none, 'service_actual')).toEqual([]);
  const some = await read('UPJSK', upjsk({ 14: '0' }, { 15: '631111' }));
  expect(values(some, 'no_service_used')).toEqual([]);
  expect(values(some, 'service_actual')).toHaveLength(1);
});

test('leaves out the totals of a 別表', async () => {
  const document = await read(
    'UPSIKYU',
    upsikyu(
      {},
      { 9: 'A2AAAA', 13: '', 16: '', 33: '' },
      { 9: '67EEEE' },
      { 9: '24ZZZZ' },
      { 7: '9999999999', 9: '999999' },
    ),
  );
  expect(values(document, 'service_planned')).toHaveLength(1);
  expect(codes(document)).toEqual([]);
});

test('carries the texts of a 課題 down, and reads the period the plan covers', async () => {
  const document = await read(
    'UPYOBO_SUB',
    upyoboSub(
      { 13: '通所型サービス', 15: '', 17: '令和6年7月1日～令和6年12月31日' },
      { 6: '', 13: '', 14: '2', 15: '', 17: 'R6.8.1～R7.6.30' },
      { 6: '', 14: '3', 15: '介護予防福祉用具貸与', 17: '6カ月間' },
      { 5: '2', 6: '別の課題', 13: '', 14: '1', 15: '' },
    ),
  );
  expect(values(document, 'service_planned')).toMatchObject([
    { name: '通所型サービス', class: 'sogo' },
    { name: '介護予防福祉用具貸与', class: 'yobo_kyufu' },
  ]);
  expect(values(document, 'plan_from')).toEqual(['2024-07-01']);
  expect(values(document, 'plan_to')).toEqual(['2025-06-30']);
  expect(values(document, 'plan_period')).toContain('6カ月間');
});

test('gives every person of a file with the row', async () => {
  const document = await read('UPYOBO', upyobo({}, {}, { 3: '0000000102' }));
  const numbers = document.readings.filter((r) => r.field === 'insured_number');
  expect(numbers.map((r) => [r.value, r.where.row])).toEqual([
    ['0000000101', 1],
    ['0000000102', 3],
  ]);
});

test('reads UTF-8 with and without BOM, and says so', async () => {
  const text = `${line(record('UPYOBO'))}\r\n`;
  for (const bytes of [text, `\ufeff${text}`]) {
    const document = await read('UPYOBO', bytes);
    expect(codes(document)).toEqual(['F_CSV_ENCODING info']);
    expect(values(document, 'name')).toEqual(['見本 花子']);
  }
});

test('names byte, row and column of what is no character', async () => {
  const good = upyobo({}, {});
  const at = good.indexOf(cp932('ささえりあ'), good.indexOf('\n'));
  const bad = Buffer.from(good);
  bad[at + 1] = 0x20;
  const document = await read('UPYOBO', bad);
  const finding = document.findings.find((f) => f.code === 'F_CSV_ENCODING')!;
  expect(finding).toMatchObject({
    severity: 'error',
    where: { file: csvName('UPYOBO'), row: 2, column: 21, column_name: '担当地域包括支援センター', byte: at },
  });
  expect(finding.message).toContain('82 20');
  expect(document.outcome).toBe('unreadable');
  expect(document.kind).toBeNull();
});

const CENTER = 'ささえりあ';
test.each([
  ['a bad byte in UTF-8', Buffer.from(`\ufeff${line(record('UPYOBO'))}\r\n`), Buffer.from(CENTER)],
  ['CP932 after the BOM of UTF-8', Buffer.concat([Buffer.from('\ufeff'), upyobo({})]), null],
])('names byte, row and column of %s', async (_, bytes, before) => {
  const bad = Buffer.from(bytes);
  const at = before
    ? bad.indexOf(before)
    : 3 + cp932(line(record('UPYOBO'))).findIndex((byte) => byte > 0x7f);
  if (before) bad[at + 1] = 0x20;
  const document = await read('UPYOBO', bad);
  const finding = document.findings.find((f) => f.code === 'F_CSV_ENCODING');
  expect(finding).toMatchObject({ severity: 'error', where: { file: csvName('UPYOBO'), row: 1, byte: at } });
  expect(finding?.message).toContain('UTF-8として読めません');
  expect(document.outcome).toBe('unreadable');
});

test('recognises UTF-16', async () => {
  const document = await read('UPYOBO', Buffer.from(`\ufeff${line(record('UPYOBO'))}`, 'utf16le'));
  expect(only(document).message).toContain('UTF-16');
});

test('finds 外字 with row, column and byte', async () => {
  const bytes = upyobo({}, { 8: '見本　花★' });
  const at = bytes.indexOf(cp932('★'));
  bytes[at] = 0xf0;
  bytes[at + 1] = 0x40;
  const finding = only(await read('UPYOBO', bytes));
  expect(finding).toMatchObject({
    code: 'F_CSV_GAIJI',
    severity: 'warn',
    where: { row: 2, column: 8, byte: at },
  });
  expect(finding.message).toContain('F040');
});

test('skips a header and says so', async () => {
  const header = cp932(`${Array.from({ length: 57 }, (_, i) => `項目${i + 1}`).join(',')}\r\n`);
  const document = await read('UPYOBO', Buffer.concat([header, upyobo()]));
  expect(codes(document)).toEqual(['F_CSV_HEADER info']);
  expect(document.rows).toBe(1);
  expect(document.readings.find((r) => r.field === 'name')?.where.row).toBe(2);
});

test('returns a file without records as such', async () => {
  expect(codes(await read('UPYOBO', '\r\n\r\n'))).toEqual(['F_CSV_EMPTY error']);
  const header = await read('UPJSK', cp932('CSVバージョン,保険者番号,被保険者番号,作成年月日\r\n'));
  expect(codes(header)).toEqual(['F_CSV_HEADER info', 'F_CSV_EMPTY error']);
});

test('names row, columns and layout when columns are missing, and reads the other rows', async () => {
  const bytes = Buffer.concat([
    upyobo(),
    Buffer.from('202407,431007,0000000102\r\n'),
    upyobo({ 3: '0000000103' }),
  ]);
  const document = await read('UPYOBO', bytes);
  const finding = only(document);
  expect(finding).toMatchObject({ code: 'F_CSV_COLUMNS', severity: 'error', where: { row: 2 } });
  expect(finding.message).toMatch(/2行目.*3列.*UPYOBO.*57列/);
  expect(document).toMatchObject({ rows: 3, outcome: 'used' });
  expect(values(document, 'insured_number')).toEqual(['0000000101', '0000000103']);
});

test('takes a comma at the end of every row with a word', async () => {
  const bytes = Buffer.from(
    upyobo({}, { 25: '散歩したい' }).toString('latin1').replaceAll('\r\n', ',\r\n'),
    'latin1',
  );
  const document = await read('UPYOBO', bytes);
  expect(codes(document)).toEqual(['F_CSV_COLUMNS info']);
  expect(document.outcome).toBe('used');
});

test('names the row of broken quotes', async () => {
  const document = await read(
    'UPYOBO',
    Buffer.concat([
      upyobo(),
      Buffer.from('202407,431007,0000000102,"20240625,1\r\n'),
      upyobo({ 25: '散歩したい' }),
    ]),
  );
  expect(only(document)).toMatchObject({
    code: 'F_CSV_QUOTE',
    severity: 'error',
    where: { row: 2, column: 4 },
  });
  expect(document.rows).toBe(3);
});

test.each<[string, BuiltType, Cells, string, number]>([
  ['a required item that is empty', 'UPYOBO', { 4: '' }, 'F_CSV_REQUIRED error', 4],
  ['an item whose mark is inferred', 'UPYOBO', { 8: '' }, 'F_CSV_REQUIRED warn', 8],
  ['a day that is not in the calendar', 'UPYOBO', { 4: '20240230' }, 'F_CSV_VALUE error', 4],
  ['a day of six digits, as the standard prints', 'UPYOBO', { 4: '202406' }, 'F_CSV_VALUE warn', 4],
  ['a code that is not in the table', 'UPYOBO', { 5: '3' }, 'F_CSV_VALUE error', 5],
  ['a code of an item without a mark', 'UPYOBO', { 12: '99' }, 'F_CSV_VALUE warn', 12],
  ['an invalid insured number', 'UPYOBO', { 3: '00000001AB' }, 'F_CSV_VALUE error', 3],
  ['a number rounded by a spreadsheet', 'UPYOBO', { 3: '1.00E+09' }, 'F_CSV_EXCEL error', 3],
  ['zeros lost in front', 'UPYOBO', { 3: '101' }, 'F_CSV_EXCEL warn', 3],
  ['a day written by a spreadsheet', 'UPYOBO', { 4: '2024/6/25' }, 'F_CSV_EXCEL warn', 4],
  ['a time without its zero', 'UPPLAN', { 12: '900' }, 'F_CSV_EXCEL warn', 12],
  ['a code without its zero', 'UPKIHON', { 8: '1' }, 'F_CSV_EXCEL warn', 8],
  ['a day outside the month', 'UPPLAN', { 10: '20240801' }, 'F_CSV_VALUE warn', 10],
  ['an unknown service kind', 'UPPLAN', { 15: 'ZZ1111' }, 'F_CSV_VALUE warn', 15],
  ['rented aids without a code', 'UPPLAN', { 15: '671001' }, 'F_CSV_REQUIRED info', 16],
  ['care aids without a code', 'UPJSK', { 15: '171001' }, 'F_CSV_REQUIRED info', 16],
  ['fewer of columns 6–9 than have a mark', 'UPPLAN', { 7: '', 8: '', 9: '' }, 'F_CSV_REQUIRED info', 6],
  ['委託の有無 left empty in a plan', 'UPYOBO', { 6: '' }, 'F_CSV_REQUIRED info', 6],
  ['委託の有無 left empty in 基本情報', 'UPKIHON', { 6: '' }, 'F_CSV_REQUIRED info', 6],
  ['an amount longer than its item', 'UPSIKYU', { 17: '123456' }, 'F_CSV_VALUE info', 17],
  [
    'a limit that ends before it begins',
    'UPHOSOKU',
    { 14: '20240701', 15: '20240601' },
    'F_CSV_VALUE warn',
    15,
  ],
  ['a required day of zeros', 'UPYOBO', { 4: '00000000' }, 'F_CSV_REQUIRED error', 4],
  ['a certification that ends before it begins', 'UPYOBO', { 11: '20240101' }, 'F_CSV_VALUE warn', 11],
  ['an office number with a wrong check digit', 'UPPLAN', { 20: '4370200019' }, 'F_CSV_CHECK_DIGIT info', 20],
  ['an insurer number with a wrong check digit', 'UPYOBO', { 2: '431008' }, 'F_CSV_CHECK_DIGIT info', 2],
  ['a name with a character lost', 'UPYOBO', { 8: '見本　花〓' }, 'F_CSV_GAIJI warn', 8],
  ['another version', 'UPYOBO', { 1: '202504' }, 'F_CSV_VERSION info', 1],
  ['a month that is not that of the name', 'UPPLAN', { 5: '202408', 10: '20240801' }, 'F_CSV_NAME warn', 5],
  ['a sender that is not that of the name', 'UPSIKYU', { 36: '4370200018' }, 'F_CSV_NAME warn', 36],
])('tells %s with row, column and name', async (_name, type, cells, code, column) => {
  const document = await read(type, csv(type, cells));
  const finding = only(document);
  expect(`${finding.code} ${finding.severity}`).toBe(code);
  expect(finding.where).toMatchObject({ row: 1, column });
  expect(finding.message).toContain(`1行目 ${column}列「${finding.where.column_name}」`);
  expect(finding.remedy).not.toBe('');
});

test.each<[string, BuiltType, Cells]>([
  ['a day of zeros without a mark', 'UPHOSOKU', { 13: '00000000', 14: '00000000', 17: '00000000' }],
  ['a period without end', 'UPYOBO', { 11: '99991231', 14: '3' }],
  ['a long 明細判別コード', 'UPPLAN', { 19: '1234' }],
  ['two of columns 6–9', 'UPJSK', { 8: '', 9: '' }],
])('says nothing of %s', async (_, type, cells) => {
  expect(codes(await read(type, csv(type, cells)))).toEqual([]);
});

const TEXT = `${line(record('UPYOBO'))}\r\n`;
test.each([
  ['ISO-2022-JP', 'ISO-2022-JP'],
  ['EUC-JP', 'EUC-JP'],
])('reads %s as such, and says so', async (encoding, name) => {
  const document = await read('UPYOBO', encode(encoding, TEXT));
  expect(codes(document)).toEqual(['F_CSV_ENCODING info']);
  expect(only(document).message).toContain(name);
  expect(values(document, 'name')).toEqual(['見本 花子']);
  expect(values(document, 'center_name')).toEqual(['ささえりあ第一']);
});

test.each([
  ['ISO-2022-JP', 'ISO-2022-JP'],
  ['EUC-JP', 'EUC-JP'],
  ['UTF-8', 'UTF-8'],
])('names row, column and byte of a bad byte in %s', async (encoding, name) => {
  const good = encode(encoding, TEXT);
  const center = encode(encoding, 'ささえりあ');
  const at = good.indexOf(encoding === 'ISO-2022-JP' ? center.subarray(3, -3) : center);
  const bad = Buffer.from(good);
  bad[at + 1] = 0x20;
  const finding = (await read('UPYOBO', bad)).findings.find((f) => f.code === 'F_CSV_ENCODING');
  expect(finding).toMatchObject({ severity: 'error', where: { row: 1, column: 21, byte: at } });
  expect(finding?.message).toContain(name);
});

test.each([
  ['as a formula', (n: string) => `="${n}"`],
  ['as a formula that was quoted', (n: string) => `"=""${n}"""`],
  ['behind an apostrophe', (n: string) => `'${n}`],
])('reads numbers that a spreadsheet wrote %s, and says so once', async (_, write) => {
  const cells = record('UPYOBO');
  const row = cells.map((cell, i) => (i === 1 || i === 2 ? write(cell) : cell)).join(',');
  const document = await read('UPYOBO', cp932(`${row}\r\n${row.replace('見本', '検証')}\r\n`));
  expect(codes(document)).toEqual(['F_CSV_EXCEL warn']);
  expect(only(document).where).toMatchObject({ row: 1, column: 2, column_name: '保険者番号' });
  expect(values(document, 'insured_number')).toEqual(['0000000101']);
});

test('leaves an equals sign or an apostrophe in a text alone', async () => {
  expect(codes(await read('UPYOBO', upyobo({ 22: '=散歩', 23: "'畑" })))).toEqual([]);
});

const trimmed = (type: BuiltType, columns: number): Buffer =>
  cp932(`${line(record(type).slice(0, columns))}\r\n`);
test.each<[BuiltType, number]>([
  ['UPPLAN', 24],
  ['UPJSK', 23],
  ['UPSIKYU', 36],
  ['UPYOBO', 24],
  ['UPYOBO_SUB', 15],
  ['UPKIHON', 66],
])('reads a %s whose empty last columns a spreadsheet left out', async (type, columns) => {
  const document = await read(type, trimmed(type, columns));
  expect(codes(document)).toEqual(['F_CSV_EXCEL info']);
  expect(document.outcome).toBe('used');
  expect(values(document, 'insured_number')).toEqual(['0000000101']);
});

test('does not take a record for trimmed that lacks a marked column, or one further in front', async () => {
  expect(codes(await read('UPPLAN', trimmed('UPPLAN', 21)))).toContain('F_CSV_COLUMNS error');
  const cells = record('UPYOBO');
  cells.splice(11, 1);
  expect(codes(await read('UPYOBO', cp932(`${line(cells)}\r\n`)))).toEqual(['F_CSV_COLUMNS error']);
});

test('does not take a short record among whole ones for trimmed', async () => {
  const document = await read(
    'UPPLAN',
    Buffer.concat([upplan(), trimmed('UPPLAN', 23), upplan({ 10: '20240702' })]),
  );
  expect(only(document)).toMatchObject({ code: 'F_CSV_COLUMNS', severity: 'error', where: { row: 2 } });
  expect(only(document).remedy).toContain('表計算ソフト');
});

const v3Plan = (cells: Cells): string[] => record('UPPLAN', { 1: '202208', ...cells }).toSpliced(15, 3);
test('reads V3 files without their last columns', async () => {
  const bytes = cp932(`${line(v3Plan({}).slice(0, 20))}\r\n`);
  const document = await read('UPPLAN', bytes, csvName('UPPLAN', { v3: true }));
  expect(codes(document)).toEqual(['F_CSV_EXCEL info']);
  expect(values(document, 'service_planned')).toMatchObject([{ code: 'A21111', office: '4370200018' }]);
});

test('notes a V3 file of a month to which V4.1 applies', async () => {
  const v3 = (month: string): Promise<ReadDocument> =>
    read(
      'UPPLAN',
      cp932(`${line(v3Plan({ 5: month, 10: `${month}01` }))}\r\n`),
      csvName('UPPLAN', { month, v3: true }),
    );
  expect(codes(await v3('202503'))).toEqual([]);
  const late = await v3('202504');
  expect(codes(late)).toEqual(['F_CSV_VERSION info']);
  expect(only(late).message).toContain('V4.1（202407）');
  expect(late.outcome).toBe('used');
});

test('pads lost zeros for reading only', async () => {
  const document = await read('UPYOBO', upyobo({ 3: '101' }));
  expect(document.readings.find((r) => r.field === 'insured_number')).toMatchObject({
    value: '0000000101',
    raw: '101',
  });
});

test('reads the number of people who get 生活保護 alone', async () => {
  const document = await read('UPYOBO', upyobo({ 3: 'H000000101' }));
  expect(values(document, 'insured_number')).toEqual(['H000000101']);
  expect(codes(document)).toEqual([]);
});

test('tells full width and 異体字 in one finding', async () => {
  const document = await read('UPYOBO', upyobo({ 3: '０００００００１０１', 8: '髙﨑　花子' }));
  expect(values(document, 'name')).toEqual(['高崎 花子']);
  expect(values(document, 'insured_number')).toEqual(['0000000101']);
  const finding = only(document);
  expect(finding).toMatchObject({
    code: 'F_FILE_NORMALISED',
    severity: 'info',
    where: { row: 1, column: 3 },
  });
  expect(finding.message).toContain('「髙」を「高」');
});

test('groups equal findings of a column', async () => {
  const rows = Array.from({ length: 40 }, (_, i): Cells => ({ 4: '2024', 25: `散歩${i}` }));
  const finding = only(await read('UPYOBO', upyobo(...rows)));
  expect(finding.where.row).toBe(1);
  expect(finding.message).toContain('ほかに 39 か所（2行目、3行目、4行目、5行目 など）');
});

test.each<[string, BuiltType, string, string | null, string]>([
  ['a plan by its columns', 'UPYOBO', '計画書.csv', 'UPYOBO', 'F_CSV_NAME warn'],
  ['a short name', 'UPYOBO_SUB', 'UPYOBO_SUB.CSV', 'UPYOBO_SUB', 'F_CSV_NAME warn'],
  [
    'contents that are of another type than the name',
    'UPSIKYU',
    csvName('UPPLAN'),
    'UPSIKYU',
    'F_CSV_NAME warn',
  ],
  ['予定 by its last editor', 'UPPLAN', '利用票.csv', 'UPPLAN', 'F_CSV_NAME warn'],
  ['実績 by its last editor', 'UPJSK', '利用票.csv', 'UPJSK', 'F_CSV_NAME warn'],
  ['nothing for a delete file without its name', 'DLTYOBO', '削除.csv', null, 'F_CSV_TYPE error'],
])('recognises %s', async (_name, type, name, title, code) => {
  const document = await read(type, csv(type), name);
  expect(document.title).toBe(title);
  expect(codes(document)).toContain(code);
});

test('does not take another CSV for one of the standard', async () => {
  const document = await read('UPYOBO', cp932('氏名,住所,電話\r\n見本,熊本,096\r\n'), '名簿.csv');
  expect(codes(document)).toEqual(['F_CSV_HEADER info', 'F_CSV_TYPE error']);
  expect(document).toMatchObject({ outcome: 'unsupported', kind: null, rows: 1 });
});

test('reads V3 files: no kinds in the name, no aids in 第6表', async () => {
  const cells = record('UPPLAN', { 1: '202208' });
  cells.splice(15, 3);
  const document = await read('UPPLAN', cp932(`${line(cells)}\r\n`), csvName('UPPLAN', { v3: true }));
  expect(codes(document)).toEqual([]);
  expect(values(document, 'service_planned')).toMatchObject([{ code: 'A21111', office: '4370200018' }]);
  expect(document.readings.find((r) => r.field === 'office_number')?.where.column).toBe(6);
});

/** Every place a finding names exists in the file. */
function assertPlaces(document: ReadDocument, lines: number): void {
  for (const { where, message, remedy } of document.findings) {
    if (where.row !== undefined) {
      expect(where.row).toBeGreaterThan(0);
      expect(where.row).toBeLessThanOrEqual(lines);
    }
    expect(where.file).toBeTruthy();
    expect(message).not.toMatch(/undefined|NaN|null/);
    expect(remedy).not.toBe('');
  }
}
const isSpoken = (document: ReadDocument): boolean =>
  document.outcome === 'used' || document.findings.some((f) => f.severity === 'error');

test('never throws on random bytes, and always says why nothing was read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.string({ maxLength: 200 }).map((s) => Buffer.from(s)),
      ),
      fc.constantFrom(...(Object.keys(COLUMN_COUNTS) as BuiltType[])),
      async (bytes, type) => {
        const document = await read(type, bytes);
        expect(isSpoken(document)).toBe(true);
        assertPlaces(
          document,
          Buffer.from(bytes)
            .toString('latin1')
            .split(/\r\n|\r|\n/).length,
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('never throws on a file that was tampered with', async () => {
  const types = Object.keys(COLUMN_COUNTS) as BuiltType[];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...types),
      fc.array(
        fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.constantFrom(...Buffer.from('",\r\n09\0\xf0A', 'latin1'), 0x81),
        ),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      async (type, changes) => {
        const bytes = csv(type, {}, {}, {});
        for (const [at, value] of changes) bytes[Math.floor(at * (bytes.length - 1))] = value;
        const document = await read(type, bytes);
        expect(isSpoken(document)).toBe(true);
        assertPlaces(document, bytes.toString('latin1').split(/\r\n|\r|\n/).length);
      },
    ),
    { numRuns: 500 },
  );
});

test('counts every record exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('good', 'short', 'quote'), { minLength: 1, maxLength: 8 }),
      async (kinds) => {
        const rows = kinds.map((kind) =>
          kind === 'good'
            ? upyobo()
            : Buffer.from(
                kind === 'short' ? '202407,431007,0000000101\r\n' : '202407,431007,"0000000101\r\n',
              ),
        );
        expect((await read('UPYOBO', Buffer.concat(rows))).rows).toBe(kinds.length);
      },
    ),
    { numRuns: 60 },
  );
});
