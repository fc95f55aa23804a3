import iconv from 'iconv-lite';
import type { SampleFile } from '../../lib/csv/write-csv.ts';
import { keikaKiroku } from '../../lib/forms/keika.ts';
import { newPage, putText, putTitle } from '../../lib/page.ts';
import { cidPdf, scannedPdf } from '../../lib/raw-pdf.ts';
import type { Dossier } from '../dossier.ts';
import { type Defect, expectFinding, hasCover, hasPapers, type Severity, undecidable } from './defect.ts';

const isCsv = (file: SampleFile, type: string): boolean => new RegExp(`^${type}_\\d`).test(base(file.name));
const base = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** Changes the text of one kind of CSV file. */
const editCsv =
  (type: string, change: (text: string) => string) =>
  (files: SampleFile[]): SampleFile[] =>
    files.map((file) =>
      isCsv(file, type)
        ? { ...file, bytes: iconv.encode(change(iconv.decode(Buffer.from(file.bytes), 'cp932')), 'cp932') }
        : file,
    );

/** サービス利用日, the tenth column of 第6表 in V3 and V4.1. */
const SERVICE_DAY = 9;

/** Rows of a text with their line ends; none of these files has a line break inside a cell. */
const rowsOf = (text: string): string[] => text.split(/(?<=\n)/);

/** Every code that may follow from an unreadable file: its contents are missing. */
const CONSEQUENCES = [
  'F_DOC_MISSING',
  'F_MONITOR_RECORD_MISSING',
  'F_CSV_SET',
  'F_FACT_UNDECIDED',
  'F_SIGNATURE',
  'F_PACKET_NO_MONTH',
  'F_PACKET_AREA',
  'F_FIELD_BLANK',
  'F_CSV_REQUIRED',
  'F_TODOKE_MISSING',
];

/** A fault of one CSV file: its required finding; the rest is in doubt. */
function csvFault(
  name: string,
  set: 'kihon' | 'plan' | 'riyohyo' | 'jisseki',
  finding: { code: string; severity: Severity },
  why: string,
  change: (d: Dossier) => (files: SampleFile[]) => SampleFile[],
): Defect {
  return {
    name,
    rule: finding.code,
    codes: [finding.code],
    why,
    applies: (d) => d.csv.includes(set) && (set !== 'jisseki' || (d.c.used?.length ?? 0) > 0),
    plant(d) {
      d.tampering.push(change(d));
      expectFinding(d, finding.code, finding.severity, finding.code);
      if (finding.severity !== 'error') return;
      d.tolerated.push(...CONSEQUENCES);
      Object.assign(d.verdict, undecidable());
    },
  };
}

const csvFaults: Defect[] = [
  csvFault(
    'csv-row-cut-short',
    'jisseki',
    { code: 'F_CSV_COLUMNS', severity: 'error' },
    '実績CSVの行が途中で切れている',
    () =>
      editCsv('UPJSK', (text) => {
        const [first = '', ...rest] = rowsOf(text).reverse();
        const end = first.endsWith('\r\n') ? '\r\n' : '\n';
        const cells = first.trimEnd().split(',');
        // Well before the end: a spreadsheet leaves out the last columns, which are empty, and nothing is lost.
        const cut = `${cells.slice(0, cells.length / 2).join(',')}${end}`;
        return [...rest.reverse(), cut].join('');
      }),
  ),
  csvFault(
    'csv-half-character',
    'plan',
    { code: 'F_CSV_ENCODING', severity: 'error' },
    '計画書CSVの文字が半分に切れている',
    (d) => (files) =>
      files.map((file) => {
        if (!isCsv(file, 'UPYOBO')) return file;
        const bytes = Buffer.from(file.bytes);
        bytes[bytes.indexOf(iconv.encode(d.c.person.story.goalDay.slice(0, 1), 'cp932')) + 1] = 0x20;
        return { ...file, bytes };
      }),
  ),
  csvFault(
    'csv-quote-left-open',
    'plan',
    { code: 'F_CSV_QUOTE', severity: 'error' },
    '引用符が閉じていない',
    () =>
      editCsv('UPYOBO_SUB', (text) => {
        const rows = rowsOf(text);
        const last = rows.pop() ?? '';
        const cells = last.trimEnd().split(',');
        cells[cells.length - 1] = `"${(cells.at(-1) ?? '').replaceAll('"', '')}`;
        return [...rows, `${cells.join(',')}\r\n`].join('');
      }),
  ),
  csvFault(
    'csv-without-rows',
    'kihon',
    { code: 'F_CSV_EMPTY', severity: 'error' },
    '基本情報のCSVに行がない',
    () => (files) =>
      files.map((file) => (isCsv(file, 'UPKIHON') ? { ...file, bytes: Buffer.from('\r\n') } : file)),
  ),
  csvFault(
    'csv-through-a-spreadsheet',
    'riyohyo',
    { code: 'F_CSV_EXCEL', severity: 'warn' },
    '表計算ソフトで保存し、被保険者番号の先頭の0が消えた',
    (d) =>
      editCsv('UPHOSOKU', (text) => text.replaceAll(d.c.person.insured, String(Number(d.c.person.insured)))),
  ),
  csvFault(
    'csv-impossible-date',
    'riyohyo',
    { code: 'F_CSV_VALUE', severity: 'error' },
    '暦にない日付（2月30日）がある',
    (d) =>
      editCsv('UPPLAN', (text) => {
        const rows = rowsOf(text);
        const cells = (rows.at(-1) ?? '').split(',');
        cells[SERVICE_DAY] = (cells[SERVICE_DAY] ?? '').replace(/\d+/, `${d.c.month.slice(0, 4)}0230`);
        return [...rows.slice(0, -1), cells.join(',')].join('');
      }),
  ),
  csvFault(
    'csv-required-item-empty',
    'riyohyo',
    { code: 'F_CSV_REQUIRED', severity: 'error' },
    'CSVバージョンが空',
    () =>
      editCsv('UPPLAN', (text) =>
        rowsOf(text)
          .map((row) => row.replace(/^("?)20\d{4}("?),/, '$1$2,'))
          .join(''),
      ),
  ),
  csvFault(
    'csv-own-character',
    'kihon',
    { code: 'F_CSV_GAIJI', severity: 'warn' },
    '外字が入っている',
    () => (files) =>
      files.map((file) => {
        if (!isCsv(file, 'UPKIHON')) return file;
        const bytes = Buffer.from(file.bytes);
        const at = bytes.indexOf(iconv.encode('編み物', 'cp932'));
        const place = at >= 0 ? at : bytes.indexOf(iconv.encode('将棋', 'cp932'));
        bytes[place] = 0xf0;
        bytes[place + 1] = 0x40;
        return { ...file, bytes };
      }),
  ),
  {
    name: 'csv-part-of-set-missing',
    rule: 'F_CSV_SET',
    codes: ['F_CSV_SET'],
    why: '計画書の別表（UPYOBO_SUB）を入れ忘れた',
    applies: (d) => d.csv.includes('plan') && d.csv.includes('riyohyo'),
    plant(d) {
      d.tampering.push((files) => files.filter((file) => !isCsv(file, 'UPYOBO_SUB')));
      expectFinding(d, 'F_CSV_SET', 'warn', 'F_CSV_SET');
      // only this file has the period and the fields of the plan
      d.tolerated.push('F_FIELD_BLANK', 'F_VISIT_EVALUATION_MONTH');
    },
  },
  {
    name: 'csv-renamed',
    rule: 'F_CSV_NAME',
    codes: ['F_CSV_NAME'],
    why: 'CSVのファイル名を書き換えた',
    applies: (d) => d.csv.includes('plan'),
    plant(d) {
      d.tampering.push((files) =>
        files.map((file) =>
          isCsv(file, 'UPYOBO')
            ? { ...file, name: file.name.replace(/UPYOBO_\d+/, 'UPYOBO_支援計画書_') }
            : file,
        ),
      );
      expectFinding(d, 'F_CSV_NAME', 'warn', 'F_CSV_NAME');
    },
  },
];

/** A damaged paper in a city that needs no paper this month: only its own finding follows. */
const extra = (name: string, bytes: (d: Dossier) => Uint8Array) => (d: Dossier) => {
  d.tampering.push((files) => [...files, { name, bytes: bytes(d) }]);
};

/** The same for a file that only a person can read. */
const picture = (name: string, bytes: (d: Dossier) => Uint8Array) => (d: Dossier) => {
  extra(name, bytes)(d);
  d.hasPictures = true;
};

const note = (d: Dossier) =>
  keikaKiroku(d.c, '介護予防支援経過記録', [{ date: `${d.c.month}-12`, text: '電話で様子をうかがった。' }]);

function fileFault(
  name: string,
  finding: { code: string; severity: Severity } | null,
  why: string,
  plant: (d: Dossier) => void,
  applies: (d: Dossier) => boolean = () => true,
): Defect {
  return {
    name,
    rule: finding?.code ?? 'F_FILE_DUPLICATE',
    codes: finding ? [finding.code] : [],
    why,
    applies,
    plant(d) {
      plant(d);
      if (finding) expectFinding(d, finding.code, finding.severity, finding.code);
    },
  };
}

const keepsRecords = (d: Dossier): boolean => d.papers.keika === null;

const otherFaults: Defect[] = [
  fileFault(
    'file-empty',
    { code: 'F_FILE_EMPTY', severity: 'error' },
    '0バイトのファイルが入っている',
    extra('経過記録_控え.pdf', () => new Uint8Array()),
  ),
  fileFault(
    'file-of-a-word-processor',
    { code: 'F_FILE_UNKNOWN', severity: 'warn' },
    'Wordの控えが入っている',
    extra('計画書の控え.docx', () => Buffer.from('504b030414000600080000002100', 'hex')),
  ),
  fileFault('file-twice', null, '同じファイルを二つ入れた（一つとして扱うだけで、誤りではない）', (d) => {
    d.tampering.push((files) => [
      ...files,
      { ...files[0]!, name: files[0]!.name.replace(/(\.\w+)$/, ' (2)$1') },
    ]);
  }),
  fileFault(
    'pdf-cut-off',
    { code: 'F_PDF_BROKEN', severity: 'error' },
    'PDFが途中で切れている',
    extra('経過記録_控え.pdf', (d) => {
      const whole = cidPdf(note(d), '経過記録', 'UniJIS-UTF16-H');
      return whole.slice(0, Math.floor(whole.length / 2));
    }),
    (d) => hasPapers(d) && keepsRecords(d),
  ),
  fileFault(
    'pdf-locked',
    { code: 'F_PDF_ENCRYPTED', severity: 'error' },
    'パスワード付きのPDF',
    extra('経過記録_控え.pdf', () => LOCKED),
    (d) => hasPapers(d) && keepsRecords(d),
  ),
  fileFault(
    'pdf-picture',
    { code: 'F_PDF_NO_TEXT', severity: 'review' },
    '経過記録が画像だけのPDF',
    picture('経過記録_控え.pdf', (d) => scannedPdf(note(d), '経過記録', 100)),
    (d) => hasPapers(d) && keepsRecords(d),
  ),
  fileFault(
    'pdf-of-no-form',
    { code: 'F_PDF_UNKNOWN_FORM', severity: 'review' },
    '様式の分からないPDF',
    extra('お知らせ.pdf', () => {
      const page = newPage();
      putTitle(page, 60, '夏祭りのお知らせ');
      putText(page, 60, 120, '八月の最初の土曜日、公民館の前庭で行います。', { size: 11 });
      return cidPdf([page], 'お知らせ', 'UniJIS-UTF16-H');
    }),
    hasPapers,
  ),
  fileFault(
    'photo',
    { code: 'F_FILE_IMAGE', severity: 'review' },
    '書類を携帯電話で写した画像',
    picture('IMG_0001.jpg', () => Buffer.from(TINY_JPEG, 'base64')),
  ),
  {
    ...fileFault(
      'cover-broken',
      { code: 'F_PACKET_JSON', severity: 'error' },
      '送付票の書き方が壊れている',
      (d) => {
        d.tampering.push((files) =>
          files.map((file) =>
            file.name === 'packet.json'
              ? { ...file, bytes: Buffer.from(file.bytes).subarray(0, file.bytes.length - 4) }
              : file,
          ),
        );
        // without the cover the event and its needs may be unknown
        d.tolerated.push(...[...d.needs, ...d.standing].map((f) => f.code));
        d.needs = [];
        d.standing = [];
        d.tolerated.push(
          ...CONSEQUENCES,
          'F_CONSENT',
          'F_SUBMIT_LATE',
          'F_ORIGINAL_REQUIRED',
          'F_SOURCE_AMBIGUOUS',
          'F_CATEGORY_MISMATCH',
        );
        Object.assign(d.verdict, undecidable());
      },
      (d) => hasCover(d) && d.month.event === 'continuing',
    ),
  },
];

/** A PDF of one empty page whose trailer names an /Encrypt dictionary (standard handler, password unknown). */
const LOCKED = Buffer.from(
  `%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>
endobj
4 0 obj
<< /Filter /Standard /V 1 /R 2 /O <${'a5'.repeat(32)}> /U <${'5a'.repeat(32)}> /P -44 >>
endobj
xref
0 5
0000000000 65535 f 
0000000009 00000 n 
0000000058 00000 n 
0000000115 00000 n 
0000000186 00000 n 
trailer
<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] >>
startxref
350
%%EOF
`,
  'latin1',
);

/** One white pixel. */
const TINY_JPEG =
  '/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APn+v//Z';

/** Files that are damaged, locked, useless or missing. */
export const brokenFiles: Defect[] = [...csvFaults, ...otherFaults];
