import type { ByteSource } from './byte-source.ts';
import {
  type EntryHeader,
  emptyEntry,
  LOCAL_FIELDS,
  type PackedEntry,
  packEntry,
  RECORD_FIELDS,
  writeHeader,
} from './entry-header.ts';
import { maskNumbers, type NumberMask, numberMasks } from './mask-numbers.ts';
import { type Splice, splicedSource } from './spliced-source.ts';
import { type Directory, type GrownEntry, moveOffsets } from './zip-directory.ts';
import type { ZipEntry } from './zip-entry.ts';

/** Replacements in one ZIP, collected and then applied to a copy. */
export class ZipEdit {
  readonly #source: ByteSource;
  readonly #entries: ZipEntry[];
  /** null: the ZIP is damaged */
  readonly #directory: Directory | null;
  readonly #splices: Splice[] = [];
  readonly #grown: GrownEntry[] = [];

  constructor(source: ByteSource, entries: ZipEntry[], directory: Directory | null) {
    this.#source = source;
    this.#entries = entries;
    this.#directory = directory && { ...directory, bytes: Buffer.from(directory.bytes) };
  }

  /** Removes the contents of an entry; its name stays. */
  empty(index: number): Promise<void> {
    return this.#replace(index, emptyEntry());
  }

  /** Gives an entry other contents: in its own place, or, where they are longer, by moving what follows. */
  repack(index: number, contents: Buffer): Promise<void> {
    return this.#replace(index, packEntry(contents, this.#entries[index]!.method));
  }

  /** Masks numbers in every copy of a name: before the data of an entry, and in the directory (or its remains). */
  async mask(numbers: string[]): Promise<void> {
    const masks = numberMasks(numbers);
    for (const entry of this.#entries) {
      const nameStart = entry.offset + 30;
      const length = (await this.#dataStart(entry)) - nameStart;
      const name = Buffer.from(await this.#source.read(nameStart, length));
      if (maskNumbers(name, masks))
        this.#splices.push({ from: nameStart, to: nameStart + name.length, bytes: name });
    }
    if (this.#directory) maskNumbers(this.#directory.bytes, masks);
    else await this.#maskTail(masks);
  }

  /** The edited copy. */
  apply(): ByteSource {
    const directory = this.#directory;
    if (directory) {
      moveOffsets(directory, this.#grown);
      this.#splices.push({ from: directory.start, to: this.#source.size, bytes: directory.bytes });
    }
    return splicedSource(this.#source, this.#splices);
  }

  async #replace(index: number, { bytes, header }: PackedEntry): Promise<void> {
    const entry = this.#entries[index]!;
    const { from, to } = await this.#room(entry);
    const length = Math.max(bytes.length, to - from);
    const growth = length - (to - from);
    if (growth > 0) {
      if (!this.#directory) throw new Error('a nested ZIP has no room in a damaged ZIP');
      this.#grown.push({ offset: entry.offset, growth });
    }
    this.#splices.push({ from, to, bytes, length });
    await this.#replaceHeaders(index, entry, header);
  }

  async #replaceHeaders(index: number, entry: ZipEntry, header: EntryHeader): Promise<void> {
    const local = await this.#source.read(entry.offset + 6, 20);
    writeHeader(local, 0, LOCAL_FIELDS, header);
    this.#splices.push({ from: entry.offset + 6, to: entry.offset + 26, bytes: local });
    const record = this.#directory?.records[index];
    if (record !== undefined) writeHeader(this.#directory!.bytes, record, RECORD_FIELDS, header);
  }

  /** From the first byte of an entry's data to the next header, its data descriptor included. */
  async #room(entry: ZipEntry): Promise<{ from: number; to: number }> {
    const from = Math.min(this.#source.size, await this.#dataStart(entry));
    const limit = this.#directory ? this.#directory.start : from + entry.compressedSize;
    const to = this.#entries.reduce(
      (next, { offset }) => (offset > entry.offset ? Math.min(next, offset) : next),
      Math.min(limit, this.#source.size),
    );
    return { from, to: Math.max(from, to) };
  }

  /** After the local header with its name and extra field (APPNOTE 4.3.7). */
  async #dataStart(entry: ZipEntry): Promise<number> {
    const header = await this.#source.read(entry.offset, 30);
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  }

  /** After the last entry of a damaged ZIP, pieces of its directory may remain. */
  async #maskTail(masks: NumberMask[]): Promise<void> {
    const last = this.#entries.reduce<ZipEntry | null>(
      (latest, entry) => (latest && latest.offset > entry.offset ? latest : entry),
      null,
    );
    const from = last ? (await this.#room(last)).to : 0;
    const tail = Buffer.from(await this.#source.read(from, this.#source.size - from));
    if (maskNumbers(tail, masks)) this.#splices.push({ from, to: this.#source.size, bytes: tail });
  }
}
