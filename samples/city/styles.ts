import type { CsvHabits } from '../lib/csv/write-csv.ts';
import type { Case } from '../lib/model.ts';
import { PLAIN, type PrintHabits } from '../lib/print-habits.ts';

/** The file format of the forms of a packet. */
export type Print = 'embedded' | '90ms-RKSJ-H' | 'UniJIS-UTF16-H' | 'acroform' | 'scan';

/** The habits of one office's software, and of its users. */
export interface Style {
  name: string;
  summary: string;
  csv: CsvHabits;
  print: Print;
  /** dates and boxes as the program prints them */
  habits: PrintHabits;
  /** separator of family name and given name */
  nameSpace: ' ' | '　' | '';
  /** every form in a file of its own, or all in one */
  bundle: boolean;
  zipNames: 'utf8' | 'cp932';
  /** folder of a packet inside the ZIP */
  folder(c: Case, serial: number): string;
  /** file name of a form */
  file(name: string, c: Case, order: number): string;
  /** folders around the folders of people: 事業所/2024-06 */
  above(c: Case, office: string): string;
  /** extra files of the operating system */
  leftovers: 'mac' | 'windows' | null;
  /** offices that send no packet.json where the files show everything */
  cover: 'always' | 'rarely';
}

const V41: CsvHabits = { quote: 'text', header: false, eol: '\r\n', version: '202407' };
const none = (): string => '';

/** Eight styles; none copies a product, but each habit occurs in products. */
export const STYLES: readonly Style[] = [
  {
    name: 'standard',
    summary: '標準仕様のとおりのCSV、字形を埋め込んだPDFを様式ごとに',
    csv: V41,
    print: 'embedded',
    habits: PLAIN,
    nameSpace: ' ',
    bundle: false,
    zipNames: 'utf8',
    folder: (c) => `${c.person.insured}_${c.month}`,
    file: (name) => `${name}.pdf`,
    above: none,
    leftovers: null,
    cover: 'always',
  },
  {
    name: 'quoted',
    summary: 'CSVのすべての項目を引用符で囲み、見出し行を付ける。PDFは90ms-RKSJ',
    csv: { ...V41, quote: 'all', header: true },
    print: '90ms-RKSJ-H',
    habits: { ...PLAIN, dates: 'wide' },
    nameSpace: '　',
    bundle: false,
    zipNames: 'cp932',
    folder: (c) => `${c.person.insured}_${c.person.name}`,
    file: (name, c) => `${c.month}_${name}_${c.person.name}.pdf`,
    above: none,
    leftovers: 'windows',
    cover: 'always',
  },
  {
    name: 'bare',
    summary: 'CSVを引用符なし・改行LFで書く。PDFはUniJISで、全様式を一つのファイルに',
    csv: { ...V41, quote: 'none', eol: '\n' },
    print: 'UniJIS-UTF16-H',
    habits: { ...PLAIN, dates: 'western' },
    nameSpace: ' ',
    bundle: true,
    zipNames: 'utf8',
    folder: (c) => `${c.person.name.replace(' ', '')}_${c.person.insured.slice(-4)}`,
    file: (name) => `${name}.pdf`,
    above: (c, office) => `${office}/${c.month}/`,
    leftovers: null,
    cover: 'rarely',
  },
  {
    name: 'v3',
    summary: 'V3のまま更新していない: 利用票だけがCSV、計画書と基本情報はPDF',
    csv: { ...V41, version: '202208' },
    print: '90ms-RKSJ-H',
    habits: { dates: 'short', ticks: ['●', '○'] },
    nameSpace: '　',
    bundle: false,
    zipNames: 'cp932',
    folder: (c) => `${c.person.name}様(${c.person.insured.slice(-4)})_${Number(c.month.slice(5))}月分`,
    file: (name, _, order) => `${String(order).padStart(2, '0')}_${name}.pdf`,
    above: none,
    leftovers: null,
    cover: 'always',
  },
  {
    name: 'mac',
    summary: 'Macで圧縮: __MACOSX と .DS_Store が混ざる。字形を埋め込んだPDFを一つに',
    csv: V41,
    print: 'embedded',
    habits: { dates: 'slash', ticks: ['✓', '□'] },
    nameSpace: '',
    bundle: true,
    zipNames: 'utf8',
    folder: (c) => `${c.person.insured} ${c.person.name}`,
    file: (name, c) => `${c.person.name} ${name}.pdf`,
    above: (c) => `${c.month}提出/`,
    leftovers: 'mac',
    cover: 'always',
  },
  {
    name: 'forms',
    summary: '記入欄のあるPDF（AcroForm）に書き込む',
    csv: { ...V41, quote: 'all' },
    print: 'acroform',
    habits: { dates: 'wareki', ticks: ['●', '○'] },
    nameSpace: ' ',
    bundle: false,
    zipNames: 'utf8',
    folder: (_, serial) => `${String(serial + 1).padStart(3, '0')}`,
    file: (name) => `${name}（記入済）.pdf`,
    above: none,
    leftovers: null,
    cover: 'always',
  },
  {
    name: 'folders',
    summary: '書類の種類ごとのフォルダーに分ける',
    csv: { ...V41, header: true, eol: '\n' },
    print: 'embedded',
    habits: { dates: 'short', ticks: ['■', '□'] },
    nameSpace: '　',
    bundle: false,
    zipNames: 'cp932',
    folder: (c) => `${c.person.insured}`,
    file: (name) => `書類/${name}.pdf`,
    above: (c) => `${c.month.replace('-', '年')}月/`,
    leftovers: 'windows',
    cover: 'always',
  },
  {
    name: 'scanner',
    summary: 'CSVのほかは紙をスキャンしたもの（傾きと汚れがある）',
    csv: V41,
    print: 'scan',
    habits: PLAIN,
    nameSpace: ' ',
    bundle: false,
    zipNames: 'utf8',
    folder: (c) => `${c.person.insured}_${c.month}`,
    file: (_, __, order) => `SCAN${String(order).padStart(4, '0')}.pdf`,
    above: none,
    leftovers: null,
    cover: 'always',
  },
];

export const styleNames = (): string[] => STYLES.map((style) => style.name);
