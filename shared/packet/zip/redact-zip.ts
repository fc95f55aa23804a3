import { crc32, deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { maskedDigits, numbersInPath } from '../../text/my-number.ts';
import { EntryTrouble } from '../entry-trouble.ts';
import { collect } from '../list-archive.ts';
import type { UploadLimits } from '../upload-limits.ts';
import { type ByteSource, bufferSource } from './byte-source.ts';
import { listZip } from './list-zip.ts';
import { type Splice, splicedSource } from './spliced-source.ts';
import { unpackEntry } from './unpack-entry.ts';
import type { ZipEntry } from './zip-entry.ts';
import { decodeNames } from './zip-names.ts';

/** What is removed from a ZIP. */
export interface ZipRedaction {
  /** positions of entries whose bytes are removed (see WithdrawnFile) */
  places: number[][];
  /** make the 個人番号 in names unreadable */
  maskNames: boolean;
  limits: UploadLimits;
}

/**
 * The ZIP without the contents of some of its entries. Of such an entry an empty one is left in its place, so that every
 * other entry keeps its place and its bytes, also in a ZIP that is damaged. An entry of a ZIP inside the ZIP goes the
 * same way; the ZIP around it is packed again. Done again on its own result, it changes nothing.
 * @throws Error when the result would list other entries than the ZIP itself
 */
export async function redactZip(source: ByteSource, redaction: ZipRedaction): Promise<ByteSource> {
  const listing = await listZip(source, Number.POSITIVE_INFINITY);
  const plan = new Plan(source, listing.entries, listing.damage === null ? await directoryOf(source) : null);
  const { names } = decodeNames(listing.entries);
  for (const [i, entry] of listing.entries.entries()) {
    const deeper = redaction.places.filter(([first, ...rest]) => first === i && rest.length > 0);
    if (redaction.places.some((place) => place.length === 1 && place[0] === i)) await plan.empty(i);
    else if (deeper.length > 0 || (redaction.maskNames && /\.zip$/i.test(names[i] ?? ''))) {
      const within = { ...redaction, places: deeper.map((place) => place.slice(1)) };
      await plan.repack(i, await redactNested(source, entry, within));
    }
  }
  if (redaction.maskNames) await plan.mask(names.flatMap(numbersInPath));
  const copy = plan.carriedOut();
  const after = await listZip(copy, Number.POSITIVE_INFINITY);
  if (after.entries.length !== listing.entries.length)
    throw new Error(`a ZIP of ${listing.entries.length} entries would have ${after.entries.length}`);
  return copy;
}

/** The bytes of a nested ZIP without what goes; null: nothing is removed, or it is no ZIP. */
async function redactNested(
  source: ByteSource,
  entry: ZipEntry,
  redaction: ZipRedaction,
): Promise<Buffer | null> {
  const before = await unpackedOrNull(source, entry, redaction.limits);
  if (before?.subarray(0, 2).toString('latin1') !== 'PK') return null;
  // One level and no deeper: what lies below was never opened.
  const copy = await redactZip(bufferSource(before), { ...redaction, maskNames: redaction.maskNames });
  const after = await copy.read(0, copy.size);
  return after.equals(before) ? null : after;
}

async function unpackedOrNull(
  source: ByteSource,
  entry: ZipEntry,
  limits: UploadLimits,
): Promise<Buffer | null> {
  try {
    return await collect(unpackEntry(source, entry, limits, { total: 0 }));
  } catch (cause) {
    if (cause instanceof EntryTrouble) return null;
    throw cause;
  }
}

/** The directory of a ZIP that can be read to its end. */
interface Directory {
  start: number;
  /** from `start` to the end of the file */
  bytes: Buffer;
  /** places of the records in `bytes` */
  records: number[];
  /** place of the end record in `bytes` */
  end: number;
}

/** Source of the layout: APPNOTE 4.3.12 (directory), 4.3.14–16 (its end, and that of ZIP64). */
async function directoryOf(source: ByteSource): Promise<Directory | null> {
  const from = Math.max(0, source.size - 0xffff - 1024);
  const tail = await source.read(from, source.size - from);
  const mark = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (mark < 0) return null;
  let start = tail.readUInt32LE(mark + 16);
  const locator = mark - 20;
  if (start === WIDE && locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
    const wide = await source.read(Number(tail.readBigUInt64LE(locator + 8)), 56);
    start = Number(wide.readBigUInt64LE(48));
  }
  const bytes = await source.read(start, source.size - start);
  const records: number[] = [];
  for (let at = 0; at + 46 <= bytes.length && bytes.readUInt32LE(at) === 0x02014b50; ) {
    records.push(at);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return { start, bytes, records, end: from + mark - start };
}

/** Marks a value that is in a ZIP64 field. */
const WIDE = 0xffffffff;

interface Header {
  method: number;
  crc32: number;
  packed: number;
  unpacked: number;
}

/** What is to be replaced in one ZIP. */
class Plan {
  readonly #source: ByteSource;
  readonly #entries: ZipEntry[];
  readonly #directory: Directory | null;
  readonly #splices: Splice[] = [];
  /** by how many bytes an entry grew */
  readonly #growth = new Map<ZipEntry, number>();

  constructor(source: ByteSource, entries: ZipEntry[], directory: Directory | null) {
    this.#source = source;
    this.#entries = entries;
    this.#directory = directory && { ...directory, bytes: Buffer.from(directory.bytes) };
  }

  /** Nothing of the entry is left but its name. */
  empty(i: number): Promise<void> {
    return this.#replace(i, Buffer.alloc(0), { method: 0, crc32: 0, packed: 0, unpacked: 0 });
  }

  /** The entry gets other contents: in its own place, or, where they are longer, what follows moves. */
  async repack(i: number, contents: Buffer | null): Promise<void> {
    if (!contents) return;
    const method = this.#entries[i]!.method;
    const packed = method === 8 ? deflateRawSync(contents, { level: 9 }) : contents;
    const header = { method, crc32: crc32(contents), packed: packed.length, unpacked: contents.length };
    await this.#replace(i, packed, header);
  }

  async #replace(i: number, bytes: Buffer, header: Header): Promise<void> {
    const entry = this.#entries[i]!;
    const { from, to } = await this.#roomOf(entry);
    const length = Math.max(bytes.length, to - from);
    const growth = length - (to - from);
    if (growth > 0 && !this.#directory) throw new Error('a nested ZIP has no room in a damaged ZIP');
    this.#growth.set(entry, growth);
    this.#splices.push({ from, to, bytes, length });
    const local = await this.#source.read(entry.offset + 6, 20);
    write(local, 0, { flags: 0, method: 2, crc32: 8, packed: 12, unpacked: 16 }, header);
    this.#splices.push({ from: entry.offset + 6, to: entry.offset + 26, bytes: local });
    const record = this.#directory?.records[i];
    if (record !== undefined)
      write(
        this.#directory!.bytes,
        record,
        { flags: 8, method: 10, crc32: 16, packed: 20, unpacked: 24 },
        header,
      );
  }

  /** From the first byte of an entry's data to the next thing in the file: its data descriptor goes with it. */
  async #roomOf(entry: ZipEntry): Promise<{ from: number; to: number }> {
    const head = await this.#source.read(entry.offset, 30);
    const from = Math.min(
      this.#source.size,
      entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28),
    );
    const last = this.#directory ? this.#directory.start : from + entry.compressedSize;
    const end = this.#entries.reduce(
      (next, { offset }) => (offset > entry.offset ? Math.min(next, offset) : next),
      Math.min(last, this.#source.size),
    );
    return { from, to: Math.max(from, end) };
  }

  /** Masks every copy of a name: before the data of an entry, and in the directory (or what is left of it). */
  async mask(numbers: string[]): Promise<void> {
    const needles = [...new Set(numbers)].flatMap((number) =>
      ['utf8', 'cp932'].map((encoding) => ({
        find: iconv.encode(number, encoding),
        put: iconv.encode(maskedDigits(number), encoding),
      })),
    );
    for (const { offset } of this.#entries) {
      const head = await this.#source.read(offset, 30);
      const to = offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
      const name = Buffer.from(await this.#source.read(offset + 30, to - offset - 30));
      if (replaceAll(name, needles))
        this.#splices.push({ from: offset + 30, to: offset + 30 + name.length, bytes: name });
    }
    if (this.#directory) replaceAll(this.#directory.bytes, needles);
    else await this.#maskTail(needles);
  }

  /** Behind the last entry of a damaged ZIP pieces of its directory may stand. */
  async #maskTail(needles: Needle[]): Promise<void> {
    const last = this.#entries.reduce<ZipEntry | null>(
      (found, one) => (found && found.offset > one.offset ? found : one),
      null,
    );
    const from = last ? (await this.#roomOf(last)).to : 0;
    const tail = Buffer.from(await this.#source.read(from, this.#source.size - from));
    if (replaceAll(tail, needles)) this.#splices.push({ from, to: this.#source.size, bytes: tail });
  }

  carriedOut(): ByteSource {
    const directory = this.#directory;
    if (directory) {
      this.#move(directory);
      this.#splices.push({ from: directory.start, to: this.#source.size, bytes: directory.bytes });
    }
    return splicedSource(this.#source, this.#splices);
  }

  /** Where an entry grew, the directory gets the new offsets of those after it, and its own. */
  #move({ bytes, records, start, end }: Directory): void {
    const grown = [...this.#growth].filter(([, growth]) => growth > 0);
    const shift = (offset: number): number =>
      grown.reduce((sum, [entry, growth]) => sum + (entry.offset < offset ? growth : 0), 0);
    if (grown.length === 0) return;
    for (const field of [...records.map((record) => record + 42), end + 16]) {
      const offset = bytes.readUInt32LE(field);
      const moved = offset + shift(field === end + 16 ? start : offset);
      if (moved >= WIDE) throw new Error('a nested ZIP has no room in a ZIP64');
      bytes.writeUInt32LE(moved, field);
    }
  }
}

/** Sizes go into the header itself, not behind the data; the flag of the name's encoding stays. */
function write(
  bytes: Buffer,
  at: number,
  fields: Record<keyof Header | 'flags', number>,
  header: Header,
): void {
  const flags = bytes.readUInt16LE(at + fields.flags);
  bytes.writeUInt16LE(flags & ~(ENCRYPTED | STREAMED), at + fields.flags);
  bytes.writeUInt16LE(header.method, at + fields.method);
  bytes.writeUInt32LE(header.crc32, at + fields.crc32);
  bytes.writeUInt32LE(header.packed, at + fields.packed);
  bytes.writeUInt32LE(header.unpacked, at + fields.unpacked);
}
const ENCRYPTED = 1;
const STREAMED = 8;

interface Needle {
  find: Buffer;
  /** as long as `find` */
  put: Buffer;
}

/** Replaces in place. True when something was there to replace. */
function replaceAll(bytes: Buffer, needles: Needle[]): boolean {
  let isFound = false;
  for (const { find, put } of needles)
    for (let at = bytes.indexOf(find); at >= 0; at = bytes.indexOf(find, at + find.length)) {
      put.copy(bytes, at);
      isFound = true;
    }
  return isFound;
}
