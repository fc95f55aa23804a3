import { inflateSync } from 'node:zlib';
import { fileType } from '../../../packet/file-type.ts';
import { asUnreadable, UnreadableFile } from '../../unreadable-file.ts';
import { FileView } from './file-view.ts';

/**
 * Multi-function printers write TIFF, mostly one bit per pixel as fax (G4). A PDF holds the same codings, and the engine
 * that draws PDFs decodes them, so a TIFF is wrapped page by page and not decoded here.
 */

export const isTiff = (bytes: Uint8Array): boolean => fileType(bytes) === 'tiff';

/** Number of images in a TIFF; 0 when the file is no TIFF, or its directory cannot be followed. */
export function countTiffPages(bytes: Uint8Array): number {
  if (!isTiff(bytes)) return 0;
  try {
    return directories(bytes).length;
  } catch (error) {
    if (error instanceof UnreadableFile) return 0;
    throw error;
  }
}

/**
 * A PDF with one page for each image of the TIFF.
 * @throws UnreadableFile when a directory is damaged or a coding is not known
 */
export function tiffToPdf(bytes: Uint8Array): Uint8Array {
  const pdf = new PdfWriter();
  for (const tags of directories(bytes)) addPage(pdf, bytes, tags);
  return pdf.finish();
}

type Tags = Map<number, number[]>;

const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  offsets: 273,
  orientation: 274,
  samples: 277,
  rowsPerStrip: 278,
  counts: 279,
  xResolution: 282,
  yResolution: 283,
  planar: 284,
  t4Options: 292,
  resolutionUnit: 296,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileCounts: 325,
  jpegTables: 347,
} as const;

const MOST_PAGES = 300;

/** Bytes of an offset and of a count, of a directory's number of entries, and of one entry. */
const CLASSIC = { word: 4, entries: 2, entry: 12, first: 4 } as const;
/** BigTIFF: the same with offsets of 8 bytes. */
const BIG = { word: 8, entries: 8, entry: 20, first: 8 } as const;
type Layout = typeof CLASSIC | typeof BIG;

function directories(bytes: Uint8Array): Tags[] {
  const view = new FileView(bytes, bytes[0] === 0x49);
  const layout = view.u16(2) === 43 ? BIG : CLASSIC;
  const word = (offset: number): number => (layout === BIG ? view.u64(offset) : view.u32(offset));
  const found: Tags[] = [];
  const seen = new Set<number>();
  for (let offset = word(layout.first); offset !== 0 && !seen.has(offset) && found.length < MOST_PAGES; ) {
    seen.add(offset);
    const entries = layout === BIG ? view.u64(offset) : view.u16(offset);
    if (entries > MOST_ENTRIES) throw unknownCoding(`${entries} entries`);
    const tags: Tags = new Map();
    const first = offset + layout.entries;
    for (let i = 0; i < entries; i++) readEntry(view, first + i * layout.entry, layout, tags);
    if (tags.has(TAG.width)) found.push(tags);
    offset = word(first + entries * layout.entry);
  }
  return found;
}
const MOST_ENTRIES = 0xffff;

/** bytes of one value, by field type */
const SIZES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 16: 8 };

function readEntry(view: FileView, offset: number, { word }: Layout, tags: Tags): void {
  const type = view.u16(offset + 2);
  const number = (from: number): number => (word === 8 ? view.u64(from) : view.u32(from));
  const count = number(offset + 4);
  const size = SIZES[type];
  if (!size || count > 1_000_000) return;
  const value = offset + 4 + word;
  const from = size * count <= word ? value : number(value);
  const values: number[] = [];
  for (let i = 0; i < count; i++) values.push(readValue(view, from + i * size, type));
  tags.set(view.u16(offset), values);
}

function readValue(view: FileView, offset: number, type: number): number {
  if (type === 3) return view.u16(offset);
  if (type === 4) return view.u32(offset);
  if (type === 16) return view.u64(offset);
  return type === 5 ? view.u32(offset) / (view.u32(offset + 4) || 1) : view.u8(offset);
}

function addPage(pdf: PdfWriter, bytes: Uint8Array, tags: Tags): void {
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
  const [width, height] = [one(TAG.width, 0), one(TAG.height, 0)];
  const isTiled = tags.has(TAG.tileOffsets);
  const offsets = tags.get(isTiled ? TAG.tileOffsets : TAG.offsets) ?? [];
  const counts = tags.get(isTiled ? TAG.tileCounts : TAG.counts) ?? [];
  if (one(TAG.planar, 1) !== 1 && one(TAG.samples, 1) > 1) throw unknownCoding('separate planes');
  const [partWidth, partHeight] = isTiled
    ? [one(TAG.tileWidth, width), one(TAG.tileHeight, height)]
    : [width, Math.min(height, one(TAG.rowsPerStrip, height))];
  const across = Math.ceil(width / partWidth);
  const [x, y] = pointsPerPixel(tags);
  const drawn: string[] = [];
  const names: string[] = [];
  for (const [i, offset] of offsets.entries()) {
    const [column, row] = [i % across, Math.floor(i / across)];
    const rows = isTiled ? partHeight : Math.min(partHeight, height - row * partHeight);
    const part = bytes.subarray(offset, offset + (counts[i] ?? bytes.length - offset));
    const object = pdf.add(...picture(part, tags, { width: partWidth, height: rows }));
    names.push(`/I${i} ${object} 0 R`);
    const [left, bottom] = [column * partWidth * x, (height - row * partHeight - rows) * y];
    drawn.push(`q ${fix(partWidth * x)} 0 0 ${fix(rows * y)} ${fix(left)} ${fix(bottom)} cm /I${i} Do Q`);
  }
  pdf.addPage({
    width: width * x,
    height: height * y,
    turn: TURNS[one(TAG.orientation, 1)] ?? 0,
    names,
    drawn,
  });
}

/** Degrees clockwise for each value of the orientation tag (mirrors left out). */
const TURNS: Record<number, number> = { 3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270 };

const unknownCoding = (what: string): UnreadableFile =>
  new UnreadableFile('画像を開けません', new Error(`TIFF: ${what}`));

const fix = (points: number): string => points.toFixed(3);

/** Points of one pixel in both directions; fax pages are often twice as dense across as down. */
function pointsPerPixel(tags: Tags): [number, number] {
  const unit = tags.get(TAG.resolutionUnit)?.[0] === 3 ? 2.54 : 1;
  const [x, y] = [(tags.get(TAG.xResolution)?.[0] ?? 0) * unit, (tags.get(TAG.yResolution)?.[0] ?? 0) * unit];
  const isCredible = x >= 70 && y >= 70 && x <= 2400 && y <= 2400;
  if (isCredible) return [72 / x, 72 / y];
  // no density: a sheet of A4
  const long = Math.max(tags.get(TAG.width)?.[0] ?? 1, tags.get(TAG.height)?.[0] ?? 1);
  return [842 / long, 842 / long];
}

/** One strip or tile as an image of a PDF: its dictionary and its bytes. */
function picture(
  part: Uint8Array,
  tags: Tags,
  size: { width: number; height: number },
): [dictionary: string, stream: Uint8Array] {
  const one = (tag: number, otherwise: number): number => tags.get(tag)?.[0] ?? otherwise;
  const bits = one(TAG.bits, 1);
  const samples = one(TAG.samples, 1);
  const photometric = one(TAG.photometric, 1);
  const compression = one(TAG.compression, 1);
  const isJpeg = compression === 7;
  const common = `/Type /XObject /Subtype /Image /Width ${size.width} /Height ${size.height} /BitsPerComponent ${isJpeg ? 8 : bits}`;
  const space = colorSpace(photometric, samples, bits, tags);
  const inverted = photometric === 0 && !FAX.has(compression) ? '/Decode [1 0]' : '';
  const predictor =
    one(TAG.predictor, 1) === 2
      ? ` /Predictor 2 /Colors ${samples} /BitsPerComponent ${bits} /Columns ${size.width}`
      : '';
  const dictionary = (filter: string): string => `${common} ${space} ${inverted} ${filter}`;
  switch (compression) {
    case 1:
      return [dictionary(''), part];
    case 2:
    case 3:
    case 4:
      return [dictionary(faxFilter(tags, size)), one(TAG.fillOrder, 1) === 2 ? mirrorBits(part) : part];
    case 5:
      return [dictionary(`/Filter /LZWDecode /DecodeParms << /EarlyChange 1${predictor} >>`), part];
    case 7:
      return [dictionary('/Filter /DCTDecode'), withTables(part, tags.get(TAG.jpegTables))];
    case 8:
    case 32946:
      return [dictionary(`/Filter /FlateDecode /DecodeParms <<${predictor} >>`), checked(part)];
    case 32773:
      return [dictionary(''), unpackBits(part)];
    default:
      throw unknownCoding(`compression ${compression}`);
  }
}

const FAX = new Set([2, 3, 4]);

function faxFilter(tags: Tags, size: { width: number; height: number }): string {
  const compression = tags.get(TAG.compression)?.[0] ?? 4;
  const isTwoDimensional = ((tags.get(TAG.t4Options)?.[0] ?? 0) & 1) === 1;
  const k = compression === 4 ? -1 : compression === 3 && isTwoDimensional ? 1 : 0;
  const aligned = compression === 2 ? ' /EncodedByteAlign true' : '';
  // photometric 0: a fax's white is paper, as a PDF takes it when BlackIs1 is false
  const black = tags.get(TAG.photometric)?.[0] === 1 ? ' /BlackIs1 true' : '';
  return `/Filter /CCITTFaxDecode /DecodeParms << /K ${k} /Columns ${size.width} /Rows ${size.height}${aligned}${black} /EndOfBlock false >>`;
}

function colorSpace(photometric: number, samples: number, bits: number, tags: Tags): string {
  if (photometric === 3) {
    const map = tags.get(TAG.colorMap) ?? [];
    const count = 2 ** bits;
    const hex = Array.from({ length: count * 3 }, (_, i) =>
      ((map[(i % 3) * count + Math.floor(i / 3)] ?? 0) >> 8).toString(16).padStart(2, '0'),
    ).join('');
    return `/ColorSpace [/Indexed /DeviceRGB ${count - 1} <${hex}>]`;
  }
  if (samples === 3) return '/ColorSpace /DeviceRGB';
  if (samples === 4) return '/ColorSpace /DeviceCMYK';
  if (samples !== 1) throw unknownCoding(`${samples} samples`);
  return '/ColorSpace /DeviceGray';
}

/** JPEG in TIFF keeps its tables separately, once for all strips. */
function withTables(part: Uint8Array, tables: number[] | undefined): Uint8Array {
  if (!tables || tables.length < 4) return part;
  return Buffer.concat([Uint8Array.from(tables.slice(0, -2)), part.subarray(2)]);
}

const mirrorBits = (part: Uint8Array): Uint8Array =>
  part.map((byte) => {
    let mirrored = 0;
    for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) mirrored |= 0x80 >> bit;
    return mirrored;
  });

/** A damaged strip is found before it is drawn as black. */
function checked(part: Uint8Array): Uint8Array {
  try {
    inflateSync(part);
  } catch (cause) {
    throw asUnreadable(cause, '画像を開けません');
  }
  return part;
}

function unpackBits(part: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < part.length; ) {
    const head = part[at++] as number;
    if (head < 128) for (let i = 0; i <= head; i++) out.push(part[at++] ?? 0);
    else if (head > 128) {
      const value = part[at++] ?? 0;
      for (let i = 0; i < 257 - head; i++) out.push(value);
    }
  }
  return Uint8Array.from(out);
}

/** As much of a PDF file as pages of images need. */
class PdfWriter {
  private readonly chunks: Uint8Array[] = [];
  private readonly places: number[] = [];
  private length = 0;
  private readonly pages: number[] = [];

  constructor() {
    this.write('%PDF-1.4\n');
    // objects 1 and 2, catalogue and list of pages, come last
    this.places.push(0, 0);
  }

  private write(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
    this.chunks.push(bytes);
    this.length += bytes.length;
  }

  /** Adds an object with a stream; returns its number. */
  add(dictionary: string, stream: Uint8Array): number {
    const number = this.places.push(this.length);
    this.write(`${number} 0 obj\n<< ${dictionary} /Length ${stream.length} >>\nstream\n`);
    this.write(stream);
    this.write('\nendstream\nendobj\n');
    return number;
  }

  addPage(page: { width: number; height: number; turn: number; names: string[]; drawn: string[] }): void {
    const contents = this.add('', Buffer.from(page.drawn.join('\n'), 'latin1'));
    const number = this.places.push(this.length);
    this.pages.push(number);
    this.write(
      `${number} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${fix(page.width)} ${fix(page.height)}] /Rotate ${page.turn} /Contents ${contents} 0 R /Resources << /XObject << ${page.names.join(' ')} >> >> >>\nendobj\n`,
    );
  }

  finish(): Uint8Array {
    this.places[0] = this.length;
    this.write('1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n');
    this.places[1] = this.length;
    const kids = this.pages.map((page) => `${page} 0 R`).join(' ');
    this.write(`2 0 obj\n<< /Type /Pages /Kids [${kids}] /Count ${this.pages.length} >>\nendobj\n`);
    const table = this.length;
    this.write(`xref\n0 ${this.places.length + 1}\n0000000000 65535 f \n`);
    for (const place of this.places) this.write(`${String(place).padStart(10, '0')} 00000 n \n`);
    this.write(`trailer\n<< /Size ${this.places.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`);
    return Buffer.concat(this.chunks);
  }
}
