import { deflateSync } from 'node:zlib';
import { pdfBomb } from '../../builders/bombs.ts';
import type { Spoilt } from './case-kinds.ts';
import type { Random } from './random.ts';

/** A PDF damaged in one of many ways. `good` is a correct one. */
export function hostilePdf(good: Buffer, random: Random): Spoilt {
  const [what, make, damage] = random.pick(WAYS);
  return { what, bytes: make(random, good), damage };
}

type Way = [what: string, make: (random: Random, good: Buffer) => Uint8Array, damage: Spoilt['damage']];

interface Parts {
  /** by number; 1 is the catalogue, 2 the page tree, 3 the page, 4 its contents, 5 its font */
  objects?: Record<number, string>;
  trailer?: string;
  startxref?: string;
  xref?: string;
}
const stream = (contents: string, dictionary = ''): string =>
  `<< ${dictionary} /Length ${contents.length} >>\nstream\n${contents}\nendstream`;
const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>';
const page = (more = ''): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R ${more} >>`;

/** A one-page PDF, object by object. */
function pdf({ objects = {}, trailer = '', startxref, xref }: Parts): Buffer {
  const all: Record<number, string> = {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    3: page(),
    4: stream('BT /F1 12 Tf 100 700 Td (hello) Tj ET'),
    5: FONT,
    ...objects,
  };
  const chunks = ['%PDF-1.7\n'];
  let at = chunks[0]!.length;
  const table = Object.entries(all).map(([number, body]) => {
    const chunk = `${number} 0 obj\n${body}\nendobj\n`;
    const line = `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`;
    chunks.push(chunk);
    at += chunk.length;
    return line;
  });
  const size = Math.max(...Object.keys(all).map(Number)) + 1;
  chunks.push(
    xref ?? `xref\n0 1\n0000000000 65535 f \n${table.join('')}`,
    `trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${startxref ?? at}\n%%EOF\n`,
  );
  return Buffer.from(chunks.join(''), 'latin1');
}

const contents = (operators: string): Buffer => pdf({ objects: { 4: stream(operators) } });
const filtered = (filters: string, data: Buffer): Buffer =>
  pdf({ objects: { 4: stream(data.toString('latin1'), `/Filter [${filters}]`) } });
const resources = (what: string, more: Record<number, string>, operators: string): Buffer =>
  pdf({
    objects: {
      3: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << ${what} >> /Contents 4 0 R >>`,
      4: stream(operators),
      ...more,
    },
  });
const font = (dictionary: string, more: Record<number, string> = {}): Buffer =>
  resources(
    '/Font << /F1 5 0 R >>',
    { 5: dictionary, ...more },
    'BT /F1 12 Tf 100 700 Td <000100020003> Tj ET',
  );
const cid = (more: string): string =>
  `<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> >>] ${more} >>`;

const WAYS: Way[] = [
  ['nothing but a header', () => Buffer.from('%PDF-1.7\n'), 'lost'],
  [
    'a header and random bytes',
    (r) => Buffer.concat([Buffer.from('%PDF-1.7\n'), r.bytes(r.between(10, 5000))]),
    'lost',
  ],
  [
    'random bytes with an end',
    (r) => Buffer.concat([Buffer.from('%PDF-1.7\n'), r.bytes(3000), Buffer.from('\n%%EOF')]),
    'lost',
  ],
  ['cut off', (r, good) => good.subarray(0, r.between(10, good.length - 30)), 'lost'],
  [
    'without the first half',
    (r, good) =>
      Buffer.concat([Buffer.from('%PDF-1.7\n'), good.subarray(r.between(good.length / 4, good.length / 2))]),
    'lost',
  ],
  [
    'zeros in the middle',
    (r, good) =>
      Buffer.from(good).fill(0, r.between(0, good.length / 2), r.between(good.length / 2, good.length)),
    'changed',
  ],
  ['no cross references', () => pdf({ xref: '' }), 'changed'],
  ['cross references that name themselves', () => pdf({ trailer: '/Prev 9' }), 'changed'],
  [
    'a start of cross references out of the file',
    (r) => pdf({ startxref: r.pick(['999999999999', '-1', '0', 'x']) }),
    'changed',
  ],
  [
    'cross references of a billion entries',
    () => pdf({ xref: 'xref\n0 1000000000\n0000000000 65535 f \n' }),
    'changed',
  ],
  [
    'a page tree that is a circle',
    () => pdf({ objects: { 2: '<< /Type /Pages /Count 5 /Kids [2 0 R 2 0 R] >>' } }),
    'lost',
  ],
  [
    'a page tree of two that name each other',
    () =>
      pdf({
        objects: {
          2: '<< /Type /Pages /Count 9 /Kids [6 0 R] >>',
          6: '<< /Type /Pages /Parent 2 0 R /Count 9 /Kids [2 0 R] >>',
        },
      }),
    'lost',
  ],
  [
    'a false count of pages',
    (r) =>
      pdf({
        objects: { 2: `<< /Type /Pages /Count ${r.pick([1e9, 2 ** 31, -1, 0, 299, 1.5])} /Kids [3 0 R] >>` },
      }),
    'changed',
  ],
  [
    'a hundred thousand pages',
    () => pdf({ objects: { 2: `<< /Type /Pages /Count 100000 /Kids [${'3 0 R '.repeat(100_000)}] >>` } }),
    'lost',
  ],
  [
    '299 pages',
    () => pdf({ objects: { 2: `<< /Type /Pages /Count 299 /Kids [${'3 0 R '.repeat(299)}] >>` } }),
    'changed',
  ],
  [
    'a page tree ten thousand deep',
    () =>
      pdf({
        objects: Object.fromEntries([
          [2, '<< /Type /Pages /Count 1 /Kids [10 0 R] >>'],
          ...Array.from({ length: 10_000 }, (_, i) => [
            10 + i,
            `<< /Type /Pages /Count 1 /Kids [${11 + i} 0 R] >>`,
          ]),
        ]),
      }),
    'lost',
  ],
  [
    'arrays a hundred thousand deep',
    () => pdf({ objects: { 3: page(`/X ${'['.repeat(100_000)}${']'.repeat(100_000)}`) } }),
    'changed',
  ],
  [
    'dictionaries a hundred thousand deep',
    () =>
      pdf({
        objects: {
          1: `<< /Type /Catalog /Pages 2 0 R /X ${'<</A '.repeat(100_000)}1${'>>'.repeat(100_000)} >>`,
        },
      }),
    'changed',
  ],
  ['contents a hundred thousand arrays deep', () => contents('['.repeat(100_000)), 'lost'],
  ['an object that is itself', () => pdf({ objects: { 3: '3 0 R' } }), 'lost'],
  ['two objects that are each other', () => pdf({ objects: { 4: '6 0 R', 6: '4 0 R' } }), 'changed'],
  [
    'a length that is itself',
    () => pdf({ objects: { 4: '<< /Length 4 0 R >>\nstream\nBT ET\nendstream' } }),
    'lost',
  ],
  [
    'a false length',
    (r) =>
      pdf({ objects: { 4: `<< /Length ${r.pick([0, -5, 1e9, 2 ** 40])} >>\nstream\nBT ET\nendstream` } }),
    'changed',
  ],
  [
    'an object stream of nonsense',
    (r) =>
      pdf({
        objects: {
          6: stream(
            r.bytes(200).toString('latin1'),
            `/Type /ObjStm /N ${r.pick([1e9, -1, 3])} /First ${r.pick([1e9, 0, -1])}`,
          ),
        },
        trailer: '/XRefStm 9',
      }),
    'changed',
  ],
  [
    'encrypted by nonsense',
    (r) =>
      pdf({
        trailer: `/Encrypt << /Filter /Standard /V ${r.between(0, 6)} /R ${r.between(2, 6)} /O (x) /U (y) /P -1 /Length ${r.pick([40, 128, 1e9])} >> /ID [(a)(b)]`,
      }),
    'lost',
  ],
  [
    'a script and a command to start',
    () =>
      pdf({
        objects: {
          1: '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while(true);app.alert\\(1\\)) >> /AA << /WC << /S /Launch /F (calc.exe) >> >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (for\\(;;\\);) >>] >> >> >>',
        },
      }),
    'changed',
  ],
  ['kilobytes that unpack to gigabytes', (r) => pdfBomb(r.pick([64, 300, 3000])), 'lost'],
  ['a thousand filters', () => filtered('/FlateDecode '.repeat(1000), deflateSync('BT ET')), 'lost'],
  [
    'unknown filters',
    (r) =>
      filtered(
        r.pick([
          '/Nothing',
          '/JBIG2Decode',
          '/JPXDecode',
          '/DCTDecode',
          '/CCITTFaxDecode',
          '/LZWDecode',
          '/RunLengthDecode',
          '/ASCII85Decode',
          '/Crypt',
        ]),
        r.bytes(2000),
      ),
    'lost',
  ],
  ['a million saved states', () => contents('q '.repeat(1_000_000)), 'lost'],
  [
    'a million letters at one position',
    () => contents(`BT /F1 12 Tf 100 700 Td ${'(a) Tj '.repeat(1_000_000)}ET`),
    'lost',
  ],
  [
    '150,000 letters, each at its own position',
    (r) =>
      contents(
        `BT /F1 8 Tf ${Array.from({ length: 150_000 }, () => `1 0 0 1 ${r.between(0, 595)} ${r.between(0, 842)} Tm (a) Tj`).join(' ')} ET`,
      ),
    'changed',
  ],
  [
    'a line of 150,000 letters',
    () => contents(`BT /F1 8 Tf 1 0 0 1 10 700 Tm (${'1234567890 '.repeat(14_000)}) Tj ET`),
    'changed',
  ],
  [
    '50,000 lines of blanks and marks',
    () =>
      contents(
        `BT /F1 8 Tf ${Array.from({ length: 3000 }, (_, i) => `1 0 0 1 10 ${i / 4} Tm (: ${' '.repeat(20)}:) Tj`).join(' ')} ET`,
      ),
    'changed',
  ],
  [
    'gigantic numbers',
    () =>
      contents(
        `${'9'.repeat(100_000)} ${'.'.repeat(1000)} -${'-'.repeat(1000)}1 cm BT /F1 1e308 Tf 1e308 1e308 Td (x) Tj ET`,
      ),
    'changed',
  ],
  [
    'letters of infinite size',
    () => contents('BT /F1 1 Tf 1e300 0 0 1e300 1e300 1e300 Tm (見) Tj 0 0 0 0 0 0 Tm (y) Tj ET'),
    'changed',
  ],
  [
    'operators without operands and nonsense',
    (r) => contents(`Tj TJ Td Tm cm Do gs ${r.bytes(2000).toString('latin1')}`),
    'lost',
  ],
  [
    'a form that draws itself',
    () =>
      resources(
        '/XObject << /X 6 0 R >>',
        {
          6: stream(
            '/X Do /X Do',
            '/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 6 0 R >> >>',
          ),
        },
        '/X Do',
      ),
    'lost',
  ],
  [
    'forms that double thirty times',
    () =>
      resources(
        '/XObject << /X 10 0 R >> ',
        Object.fromEntries(
          Array.from({ length: 30 }, (_, i) => [
            10 + i,
            stream(
              '/X Do /X Do',
              `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X ${11 + i} 0 R >> >>`,
            ),
          ]),
        ),
        '/X Do',
      ),
    'lost',
  ],
  [
    'a letter that draws itself',
    () =>
      font(
        '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding << /Differences [0 /a /a /a /a] >> /FirstChar 0 /LastChar 3 /Widths [1 1 1 1] /Resources << /Font << /F1 5 0 R >> >> >>',
        { 6: stream('BT /F1 1 Tf <00> Tj ET') },
      ),
    'lost',
  ],
  [
    'characters that map to millions',
    () =>
      font(cid('/ToUnicode 6 0 R'), {
        6: stream(
          `begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0000> <ffff> <${'3042'.repeat(5000)}> endbfrange endcmap`,
        ),
      }),
    'changed',
  ],
  [
    'a range of characters without end',
    () =>
      font(cid('/ToUnicode 6 0 R'), {
        6: stream(
          'begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange 2 beginbfrange <00000000> <ffffffff> <0000> <00000000> <ffffffff> <0041> endbfrange endcmap',
        ),
      }),
    'changed',
  ],
  [
    'a character map that uses itself',
    () =>
      font(
        '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding 6 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> >>] >>',
        { 6: stream('/X usecmap begincmap endcmap', '/Type /CMap /CMapName /X /UseCMap 6 0 R') },
      ),
    'lost',
  ],
  [
    'a font of random bytes',
    (r) =>
      font(
        '<< /Type /Font /Subtype /TrueType /BaseFont /X /FirstChar 0 /LastChar 255 /Widths 7 0 R /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 6 0 R >> >>',
        { 6: stream(r.bytes(5000).toString('latin1'), '/Length1 5000'), 7: `[${'1 '.repeat(100_000)}]` },
      ),
    'changed',
  ],
  [
    'widths of a billion letters',
    () =>
      font(
        '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /W [0 50000000 500] >>] >>',
      ),
    'lost',
  ],
  [
    'a picture of 2³¹ by 2³¹',
    () =>
      resources(
        '/XObject << /I 6 0 R >>',
        {
          6: stream(
            'x',
            '/Type /XObject /Subtype /Image /Width 2147483647 /Height 2147483647 /BitsPerComponent 8 /ColorSpace /DeviceRGB',
          ),
        },
        'q 500 0 0 500 0 0 cm /I Do Q',
      ),
    'lost',
  ],
  [
    'a hundred thousand annotations on a page',
    () =>
      pdf({
        objects: {
          3: page(`/Annots [${'6 0 R '.repeat(100_000)}]`),
          6: '<< /Type /Annot /Subtype /Widget /FT /Tx /V (x) /Rect [0 0 1 1] /Parent 6 0 R >>',
        },
      }),
    'lost',
  ],
  [
    'a form field that is its own parent',
    () =>
      pdf({
        objects: {
          1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>',
          3: page('/Annots [6 0 R]'),
          6: '<< /Type /Annot /Subtype /Widget /Parent 6 0 R /Kids [6 0 R] /Rect [0 0 1 1] /T (x) >>',
        },
      }),
    'changed',
  ],
  [
    'a page of no size, of infinite size, upside down',
    (r) =>
      pdf({
        objects: {
          3: page(
            `/MediaBox ${r.pick(['[0 0 0 0]', '[0 0 1e308 1e308]', '[595 842 0 0]', '(x)', '[]'])} /Rotate ${r.pick([45, 1e9, -90, '(x)'])} /UserUnit 1e300`,
          ),
        },
      }),
    'changed',
  ],
  [
    'contents repeated a hundred thousand times',
    () =>
      pdf({ objects: { 3: page().replace('/Contents 4 0 R', `/Contents [${'4 0 R '.repeat(100_000)}]`) } }),
    'changed',
  ],
];
