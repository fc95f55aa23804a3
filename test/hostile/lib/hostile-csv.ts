import { cp932 } from '../../builders/cp932.ts';
import type { Spoilt } from './case-kinds.ts';
import type { Random } from './random.ts';

/** Contents of a CSV file damaged in one of many ways. `good` is a correct file of the standard. */
export function hostileCsv(good: Buffer, random: Random): Spoilt {
  const [what, make, damage] = random.pick(WAYS);
  return { what, bytes: make(good, random), damage };
}

type Way = [what: string, make: (good: Buffer, random: Random) => Uint8Array, damage: Spoilt['damage']];
const MB = 1024 ** 2;
const text = (good: Buffer): string => new TextDecoder('shift_jis').decode(good);
const cells = (good: Buffer): string[] => text(good).trimEnd().split('\r\n')[0]!.split(',');

const firstColumns = (good: Buffer, count: number): Uint8Array =>
  Buffer.from(cells(good).slice(0, count).join(','), 'utf8');

/** One cell of the first row replaced. */
const cell = (good: Buffer, random: Random, value: string): Uint8Array => {
  const rows = text(good).trimEnd().split('\r\n');
  const row = rows[0]!.split(',');
  row[random.between(0, row.length - 1)] = value;
  return Buffer.from([row.join(','), ...rows.slice(1)].join('\r\n'), 'utf8');
};

const WAYS: Way[] = [
  ['random bytes', (_, r) => r.bytes(r.between(1, 5000)), 'lost'],
  ['cut off', (good, r) => good.subarray(0, r.between(1, good.length - 3)), 'changed'],
  ['a NUL somewhere', (good, r) => insert(good, r, Buffer.from([0])), 'changed'],
  ['all NULs', (_, r) => Buffer.alloc(r.between(1, MB)), 'lost'],
  ['a quote that never closes', (good) => Buffer.concat([Buffer.from('"'), good]), 'lost'],
  ['a quote somewhere', (good, r) => insert(good, r, Buffer.from('"')), 'changed'],
  ['nothing but quotes', (_, r) => Buffer.alloc(r.between(1, 2 * MB), '"'), 'lost'],
  ['nothing but commas', (_, r) => Buffer.alloc(r.between(1, MB), ','), 'lost'],
  [
    'nothing but line ends',
    (_, r) => Buffer.alloc(r.between(1, 2 * MB), r.pick(['\n', '\r', '\r\n'])),
    'lost',
  ],
  [
    '100,000 columns',
    (_, r) =>
      Buffer.from(
        Array(100_000)
          .fill(r.pick(['', '1', 'あ']))
          .join(','),
      ),
    'lost',
  ],
  [
    'a row repeated more than a hundred thousand times',
    (good, r) => Buffer.concat(Array(r.between(2, 20_000)).fill(good)),
    'changed',
  ],
  ['a gigantic cell', (good, r) => cell(good, r, 'あ'.repeat(r.between(100_000, 4_000_000))), 'changed'],
  [
    'a gigantic quoted cell',
    (good, r) => cell(good, r, `"${'ア\n'.repeat(r.between(1000, 500_000))}"`),
    'changed',
  ],
  ['a million digits', (good, r) => cell(good, r, '1'.repeat(1_000_000)), 'changed'],
  ['a million blanks', (good, r) => cell(good, r, `${' '.repeat(1_000_000)}x`), 'changed'],
  [
    'a few letters over and over',
    (good, r) => cell(good, r, `"${r.pick(TOKENS).repeat(r.between(1000, 50_000))}x"`),
    'changed',
  ],
  ['a formula', (good, r) => cell(good, r, '=HYPERLINK("http://invalid","x")'), 'changed'],
  ['an odd value', (good, r) => cell(good, r, r.pick(ODD)), 'changed'],
  ['UTF-16', (good) => Buffer.from(`\ufeff${text(good)}`, 'utf16le'), 'lost'],
  ['UTF-8 with its mark', (good) => Buffer.from(`\ufeff${text(good)}`, 'utf8'), 'changed'],
  [
    'two encodings in one file',
    (good) => Buffer.concat([good, Buffer.from(text(good).replaceAll(/,\d*(?=,)/g, ',予防'), 'utf8')]),
    'lost',
  ],
  ['user-defined characters', (good, r) => insert(good, r, Buffer.from([0xf0, 0x40])), 'changed'],
  ['half a character', (good, r) => insert(good, r, Buffer.from([0x81])), 'changed'],
  ['control characters', (good, r) => insert(good, r, Buffer.from([7, 8, 27, 127])), 'changed'],
  // A spreadsheet leaves out the empty columns at the end, so the desk cannot tell those that held something.
  ['columns removed', (good, r) => firstColumns(good, r.between(1, cells(good).length - 1)), 'changed'],
  ['all but a few columns removed', (good, r) => firstColumns(good, r.between(1, 4)), 'lost'],
  ['a header of words', (good) => Buffer.concat([cp932('項目一,項目二,項目三\r\n'), good]), 'changed'],
  ['only a header', () => cp932('被保険者番号,氏名\r\n'), 'lost'],
  [
    'a page of HTML',
    () => Buffer.from('<html><script>alert(1)</script><table><tr><td>1,2,3</td></tr></table></html>'),
    'lost',
  ],
  ['JSON', () => Buffer.from(JSON.stringify({ __proto__: { polluted: true }, a: [1, 2, 3] })), 'lost'],
];

const TOKENS = [
  ' ',
  '　',
  '\n',
  '1 ',
  '-',
  '令和6年',
  '令和 6 ',
  '~',
  'から',
  '（',
  '個人番号',
  '電話',
  'http://',
  '\u0300',
  '年月日',
];

const ODD = [
  '99999999',
  '20240230',
  '0',
  '-1',
  '1e309',
  'NaN',
  '１２３',
  '𠮷野',
  '㍻',
  '\u202e逆',
  '\ufeff',
  '00000000',
  'NULL',
  'undefined',
  "';--",
  '../../x',
  '__proto__',
  'constructor',
  '令和99年99月99日',
  '20240701T000000',
];

function insert(good: Buffer, random: Random, piece: Buffer): Buffer {
  const at = random.between(0, good.length);
  return Buffer.concat([good.subarray(0, at), piece, good.subarray(at)]);
}
