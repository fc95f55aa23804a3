import { CFB, utils } from '@e965/xlsx';
import { type Look, marginTexts, type SheetLooks } from './cell-looks.ts';

/** A record of a workbook of 1997 to 2003 ([MS-XLS] 2.1.4). */
interface BookRecord {
  type: number;
  at: number;
  data: Buffer;
}

const RECORD = {
  ...{ bof: 0x0809, eof: 0x000a, sheet: 0x0085, font: 0x0031, format: 0x00e0, palette: 0x0092 },
  ...{ header: 0x0014, footer: 0x0015, numbers: 0x00bd, drawing: 0x00ec },
} as const;
/** Records of one cell: formula, text in four ways, number in two, yes or no. */
const CELLS: ReadonlySet<number> = new Set([0x06, 0xfd, 0x204, 0xd6, 0x203, 0x27e, 0x205, 0x201]);
const BIFF8 = 0x0600;

/** The records of a workbook in a compound file; none of any other file. */
function recordsOf(bytes: Uint8Array): BookRecord[] {
  if (bytes[0] !== 0xd0) return [];
  const book = CFB.find(CFB.read(Buffer.from(bytes), { type: 'buffer' }), '/Workbook')?.content;
  if (!book) return [];
  const stream = Buffer.from(book as unknown as Uint8Array);
  const records: BookRecord[] = [];
  for (let at = 0; at + 4 <= stream.length; at += 4 + stream.readUInt16LE(at + 2)) {
    const data = stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2));
    records.push({ type: stream.readUInt16LE(at), at, data });
  }
  return records;
}

/** What a workbook of 1997 to 2003 says of the looks of its cells, by the names of its sheets. */
export function oldLooks(bytes: Uint8Array): Map<string, SheetLooks> {
  const records = recordsOf(bytes);
  const [first] = records;
  if (first?.type !== RECORD.bof || first.data.readUInt16LE(0) !== BIFF8) return new Map();
  const looks = looksOfFormats(records);
  return new Map(
    records
      .filter(({ type, data }) => type === RECORD.sheet && data.length >= 8)
      .map(({ data }) => [
        textAt(data, data.readUInt8(6), 7),
        looksIn(sheetFrom(records, data.readUInt32LE(0)), looks),
      ]),
  );
}

/** The records of a sheet, from its beginning to its end; charts inside have an end of their own. */
function sheetFrom(records: BookRecord[], at: number): BookRecord[] {
  const from = records.findIndex((record) => record.at === at);
  if (from < 0) return [];
  let depth = 0;
  for (let i = from; i < records.length; i++) {
    if (records[i]!.type === RECORD.bof) depth++;
    if (records[i]!.type === RECORD.eof && --depth === 0) return records.slice(from, i);
  }
  return records.slice(from);
}

function looksIn(records: BookRecord[], looks: Map<number, Look>): SheetLooks {
  const found: SheetLooks = {
    ...{ cells: new Map(), rich: new Map(), header: [], footer: [], unseen: [], hasPicture: false },
  };
  const put = (row: number, column: number, format: number): void => {
    const look = looks.get(format);
    if (look) found.cells.set(utils.encode_cell({ r: row, c: column }), look);
  };
  for (const { type, data } of records) {
    if (CELLS.has(type) && data.length >= 6)
      put(data.readUInt16LE(0), data.readUInt16LE(2), data.readUInt16LE(4));
    // Numbers side by side: format and number, six bytes each, then the last column.
    else if (type === RECORD.numbers)
      for (let at = 4, column = data.readUInt16LE(2); at + 8 <= data.length; at += 6, column++)
        put(data.readUInt16LE(0), column, data.readUInt16LE(at));
    else if ((type === RECORD.header || type === RECORD.footer) && data.length > 3)
      found[type === RECORD.header ? 'header' : 'footer'] = marginTexts(
        textAt(data, data.readUInt16LE(0), 2),
      );
  }
  return found;
}

/** A text: its letters follow its flags, each in one byte or two as these say. */
function textAt(data: Buffer, length: number, flags: number): string {
  const isWide = (data.readUInt8(flags) & 1) === 1;
  const from = flags + 1;
  return isWide
    ? data.toString('utf16le', from, from + length * 2)
    : data.toString('latin1', from, from + length);
}

function looksOfFormats(records: BookRecord[]): Map<number, Look> {
  const of = (wanted: number): Buffer[] =>
    records.filter(({ type }) => type === wanted).map(({ data }) => data);
  const fonts = of(RECORD.font);
  const colors = colorsOf(of(RECORD.palette)[0]);
  const found = new Map<number, Look>();
  for (const [number, format] of of(RECORD.format).entries()) {
    if (format.length < 20) continue;
    const index = format.readUInt16LE(0);
    // There is no font 4 (2.5.129).
    const font = fonts[index > 4 ? index - 1 : index];
    if (!font || font.length < 6) continue;
    const paper = paperOf(format, colors);
    if (font.readUInt16LE(0) <= SPECK || (paper !== null && colors(font.readUInt16LE(4)) === paper))
      found.set(number, 'unseen');
    else if ((font.readUInt16LE(2) & STRUCK) !== 0) found.set(number, 'struck');
  }
  return found;
}

/** Letters of two points, in twentieths. */
const SPECK = 40;
const STRUCK = 0x8;

/** Null: a pattern, which makes a color of its own. */
function paperOf(format: Buffer, colors: (index: number) => string): string | null {
  const pattern = format.readUInt32LE(14) >>> 26;
  if (pattern === 0) return WHITE;
  return pattern === 1 ? colors(format.readUInt16LE(18) & 0x7f) : null;
}

const WHITE = 'white';
const BLACK = 'black';
/** Of the system: letters, paper, and letters by themselves. */
const OF_SYSTEM: Record<number, string> = { 64: BLACK, 65: WHITE, 32767: BLACK };

/** Colors by their number, alike where they look alike: the first eight twice, then those of the palette. */
function colorsOf(palette: Buffer | undefined): (index: number) => string {
  return (index) => {
    const number = index < 8 ? index + 8 : index;
    const at = 2 + (number - 8) * 4;
    const rgb = palette && number < 64 ? palette.subarray(at, at + 3).toString('hex') : '';
    if (rgb === 'ffffff') return WHITE;
    if (rgb === '000000') return BLACK;
    if (rgb !== '') return rgb;
    return OF_SYSTEM[number] ?? (number === 9 ? WHITE : number === 8 ? BLACK : `color ${number}`);
  };
}

/** Whether such a workbook draws anything (MsoDrawing, 2.4.170), which the library does not give. */
export const hasOldDrawings = (bytes: Uint8Array): boolean =>
  recordsOf(bytes).some(({ type, data }) => type === RECORD.drawing && holdsShape(data));

/** A shape (OfficeArtFSP, MS-ODRAW 2.2.40) that is not the one around all, which is always there. */
function holdsShape(record: Buffer): boolean {
  for (let at = record.indexOf(FSP); at >= 0 && at + 14 <= record.length; at = record.indexOf(FSP, at + 1))
    if ((record.readUInt32LE(at + 10) & PATRIARCH) === 0) return true;
  return false;
}
const FSP = Buffer.from([0x0a, 0xf0, 0x08, 0, 0, 0]);
const PATRIARCH = 0b100;
