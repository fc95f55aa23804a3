import { utils, write } from '@e965/xlsx';
import { deflateBomb } from '../../builders/bombs.ts';
import { zip } from '../../builders/zip.ts';
import type { Spoilt } from './case-kinds.ts';
import { mutate, type Random } from './random.ts';

/** A file of Office, a mail or an archive, damaged in one of many ways. */
export function hostileOffice(random: Random): Spoilt & { name: string } {
  const [what, name, make, damage = 'changed'] = random.pick(WAYS);
  return { what, name, bytes: make(random), damage };
}

type Way = [what: string, name: string, make: (random: Random) => Uint8Array, damage?: Spoilt['damage']];

const workbook = (bookType: 'xlsx' | 'biff8' | 'xlsb' | 'ods'): Buffer => {
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet([['サービス評価表'], ['利用者氏名', '見本 花子'], ['評価日', 45_445]]);
  sheet['!merges'] = [utils.decode_range('A1:D1')];
  utils.book_append_sheet(book, sheet, '評価表');
  return Buffer.from(write(book, { type: 'array', bookType }) as ArrayBuffer);
};
/** Office files begin with their list of contents. */
const parts = (...more: [name: string, bytes: Uint8Array][]): Buffer =>
  zip([
    { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>'), method: 0 },
    ...more.map(([name, bytes]) => ({ name, bytes, method: 8 as const })),
  ]);
const word = (body: string): Buffer =>
  parts(['word/document.xml', Buffer.from(`<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`)]);
const sheet = (xml: string): Buffer =>
  parts(
    [
      'xl/workbook.xml',
      Buffer.from('<workbook><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    ],
    [
      'xl/_rels/workbook.xml.rels',
      Buffer.from('<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'),
    ],
    ['xl/worksheets/sheet1.xml', Buffer.from(xml)],
  );
const mail = (body: string): Buffer =>
  Buffer.from(
    `From: a@example.jp\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${body}`,
  );
const deep = (n: number, open: string, close: string): string => open.repeat(n) + close.repeat(n);

const WAYS: Way[] = [
  ['workbook, bytes changed', '評価.xlsx', (r) => mutate(workbook('xlsx'), r)],
  ['workbook of old, bytes changed', '評価.xls', (r) => mutate(workbook('biff8'), r)],
  ['binary workbook, bytes changed', '評価.xlsb', (r) => mutate(workbook('xlsb'), r)],
  ['OpenDocument, bytes changed', '評価.ods', (r) => mutate(workbook('ods'), r)],
  ['workbook cut off', '評価.xlsx', (r) => workbook('xlsx').subarray(0, r.between(60, 2000)), 'lost'],
  ['workbook of old, cut off', '評価.xls', (r) => workbook('biff8').subarray(0, r.between(8, 3000)), 'lost'],
  [
    'cell of the last row and column',
    '評価.xlsx',
    () =>
      sheet(
        '<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
      ),
  ],
  [
    'joined cells without number',
    '評価.xlsx',
    () =>
      sheet(
        `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row></sheetData><mergeCells>${'<mergeCell ref="A1:XFD1048576"/>'.repeat(2000)}</mergeCells></worksheet>`,
      ),
  ],
  [
    'names of Object.prototype',
    '評価.xlsx',
    () =>
      sheet(
        '<worksheet><sheetData><row r="1"><c r="__proto__1" t="str"><v>x</v></c></row></sheetData></worksheet>',
      ),
  ],
  [
    'sheet that unpacks to gigabytes',
    '評価.xlsx',
    () =>
      zip([
        { name: '[Content_Types].xml', bytes: '<Types/>', method: 0 },
        { name: 'xl/workbook.xml', bytes: '<workbook/>' },
        {
          name: 'xl/worksheets/sheet1.xml',
          packed: deflateBomb(300).subarray(2, -4),
          declared: { size: 900 },
        },
      ]),
    'lost',
  ],
  [
    'text, bytes changed',
    '経過.docx',
    (r) => mutate(word('<w:p><w:r><w:t>支援経過記録</w:t></w:r></w:p>'), r),
  ],
  [
    'tables in tables',
    '経過.docx',
    (r) => word(deep(r.between(100, 3000), '<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>')),
    'lost',
  ],
  ['text that is no XML', '経過.docx', (r) => word(`<w:p ${r.bytes(200).toString('latin1')}`)],
  [
    'entities of its own',
    '経過.docx',
    () =>
      parts([
        'word/document.xml',
        Buffer.from('<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'),
      ]),
    'lost',
  ],
  [
    'mail, bytes changed',
    '送付.eml',
    (r) =>
      mutate(
        mail(
          '--x\r\n\r\nx\r\n--x\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-1.4\r\n--x--',
        ),
        r,
      ),
  ],
  [
    'parts in parts of a mail',
    '送付.eml',
    (r) =>
      mail(
        Array.from(
          { length: r.between(50, 2000) },
          (_, i) => `--x\r\nContent-Type: multipart/mixed; boundary=y${i}\r\n\r\n`,
        ).join(''),
      ),
  ],
  [
    'name that leaves its folder',
    '送付.eml',
    () => mail('--x\r\nContent-Disposition: attachment; filename="../../etc/passwd"\r\n\r\nx\r\n--x--'),
    'lost',
  ],
  [
    'mail of Outlook, random',
    '送付.msg',
    (r) =>
      Buffer.concat([
        Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'latin1'),
        r.bytes(r.between(100, 9000)),
      ]),
    'lost',
  ],
  [
    'archive of 7-Zip, random',
    '書類.7z',
    (r) => Buffer.concat([Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'), r.bytes(r.between(24, 5000))]),
    'lost',
  ],
  [
    'archive of LHA, random',
    '書類.lzh',
    (r) => Buffer.concat([Buffer.from('\x20\x00-lh5-', 'latin1'), r.bytes(r.between(24, 5000))]),
    'lost',
  ],
  [
    'archive of RAR, random',
    '書類.rar',
    (r) => Buffer.concat([Buffer.from('Rar!\x1a\x07\x00', 'latin1'), r.bytes(r.between(24, 5000))]),
    'lost',
  ],
];
