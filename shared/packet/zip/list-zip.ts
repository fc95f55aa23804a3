import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { isProgrammingError } from '../../faults/report-fault.ts';
import { faultTrouble } from '../entry-trouble.ts';
import type { ByteSource } from './byte-source.ts';
import { recoverEntries } from './recover-entries.ts';
import { findUnreadParts, type UnreadPart } from './unread-parts.ts';
import { readEnd } from './zip-end.ts';
import type { ZipEntry } from './zip-entry.ts';

export interface ZipListing {
  entries: ZipEntry[];
  /** why the directory could not be read to its end; `entries` are then those still found */
  damage: Damage | null;
  /** bytes that belong to no entry; empty where the directory could not be read */
  unread: UnreadPart[];
}

export interface Damage {
  /** F_FILE_DESK_FAULT: a fault of the program, already reported */
  code: 'F_ZIP_DAMAGED' | 'F_ZIP_ENCRYPTED' | 'F_ZIP_TOO_LARGE' | 'F_FILE_DESK_FAULT';
  /** in Japanese, without a full stop */
  reason: string;
  /** where it differs from the usual one (make the ZIP again) */
  remedy?: string;
}

/** Lists a ZIP by its central directory or, when that is damaged or cut off, by the local headers still there. */
export async function listZip(source: ByteSource, maxEntries: number): Promise<ZipListing> {
  const reader = new WindowReader(source);
  const entries: ZipEntry[] = [];
  try {
    const end = await readEnd(source);
    const zip = await fromRandomAccessReaderPromise(reader, end?.end ?? source.size, {
      decodeStrings: false,
      validateEntrySizes: false,
      autoClose: false,
    });
    let directoryLength = 0;
    for await (const entry of zip.eachEntry()) {
      directoryLength += lengthOfRecord(entry);
      const unicode = entry.extraFields.find((field) => field.id === 0x7075)?.data;
      const host = entry.versionMadeBy >> 8;
      entries.push({
        // A copy: the view would keep the whole directory window alive.
        nameRaw: Buffer.from(entry.fileNameRaw),
        flaggedUtf8: (entry.generalPurposeBitFlag & 0x800) !== 0,
        unicodeName: unicode && unicode.length > 5 ? unicode.subarray(5).toString('utf8') : null,
        madeOnWindows: host === 0 || host === 10 || host === 14,
        encrypted: entry.isEncrypted(),
        symlink: host === 3 && ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000,
        method: entry.compressionMethod,
        crc32: entry.crc32,
        compressedSize: entry.compressedSize,
        unpackedSize: entry.uncompressedSize,
        offset: entry.relativeOffsetOfLocalHeader,
      });
      if (entries.length > maxEntries) break;
    }
    const isWhole = end && entries.length <= maxEntries;
    const unread = isWhole ? await findUnreadParts(source, entries, end, directoryLength) : [];
    return { entries, damage: null, unread };
  } catch (cause) {
    const recovered = await recoverEntries(source, maxEntries);
    return {
      entries: recovered.length > entries.length ? recovered : entries,
      damage: damageOf(cause),
      unread: [],
    };
  }
}

/** A record of the directory (APPNOTE 4.3.12). */
const lengthOfRecord = ({ fileNameLength, extraFieldLength, fileCommentLength }: Entry): number =>
  46 + fileNameLength + extraFieldLength + fileCommentLength;

/** yauzl asks for the directory in 46-byte pieces; one window of it at a time serves them without a disk read each. */
class WindowReader extends RandomAccessReader {
  #source: ByteSource;
  #window: Buffer = Buffer.alloc(0);
  #from = 0;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  // yauzl's callback also takes the number of bytes read, which its types leave out.
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#fill(position, length).then(
      (bytes) => callback(null, bytes.copy(buffer, offset)),
      (error: Error) => callback(error),
    );
  }

  async #fill(position: number, length: number): Promise<Buffer> {
    const start = position - this.#from;
    if (start < 0 || start + length > this.#window.length) {
      this.#window = await this.#source.read(position, Math.max(length, 256 * 1024));
      this.#from = position;
    }
    return this.#window.subarray(position - this.#from, position - this.#from + length);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

/**
 * What kept the directory from being read. yauzl throws plain errors for what is wrong with a ZIP.
 * @throws the cause, where it is one of the system (the disk), so that the work is done again
 */
function damageOf(cause: unknown): Damage {
  if (isProgrammingError(cause)) {
    const { code, message: reason, remedy } = faultTrouble(cause);
    return { code: code as Damage['code'], reason, remedy };
  }
  if (!(cause instanceof Error) || 'syscall' in cause) throw cause;
  const damaged = (reason: string): Damage => ({ code: 'F_ZIP_DAMAGED', reason });
  if (/strong encryption/.test(cause.message))
    return { code: 'F_ZIP_ENCRYPTED', reason: '目録まで暗号化されています' };
  if (/multi-disk/.test(cause.message)) return damaged('分割されたZIPの一部だけが届いています');
  if (/signature not found|Invalid comment length/.test(cause.message))
    return damaged('末尾の目録がありません（送信の途中で切れた可能性があります）');
  return damaged('目録が途中で壊れています');
}
