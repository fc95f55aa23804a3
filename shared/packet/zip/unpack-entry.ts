import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { EntryTrouble } from '../entry-trouble.ts';
import { formatBytes, type UploadLimits } from '../upload-limits.ts';
import type { ByteSource } from './byte-source.ts';
import type { ZipEntry } from './zip-entry.ts';

/** Bytes unpacked so far of one upload. */
export interface UnpackCount {
  total: number;
  /** the most the upload may grow to, by its size; absent: only the limits count */
  most?: number;
}

/** The most a ZIP of this size may grow to. */
export const mostUnpacked = (
  { totalBytes, zipRatio, zipRatioFrom, growthBytes }: UploadLimits,
  packedSize: number,
): number =>
  Math.min(totalBytes, Math.max(zipRatioFrom, Math.min(packedSize * zipRatio, packedSize + growthBytes)));

/**
 * Unpacks one entry chunk by chunk and checks size, ratio and CRC on the real bytes.
 * @throws EntryTrouble when the entry is encrypted, damaged, packed in an unknown way, or grows past a limit
 */
export async function* unpackEntry(
  source: ByteSource,
  entry: ZipEntry,
  limits: UploadLimits,
  count: UnpackCount,
): AsyncGenerator<Buffer> {
  if (entry.encrypted) throw encrypted();
  if (entry.method !== 0 && entry.method !== 8)
    throw new EntryTrouble(
      'F_ZIP_DAMAGED',
      'unreadable',
      `扱えない圧縮方式（方式 ${entry.method}）で圧縮されています`,
      'Windowsの「圧縮（zip形式）フォルダー」など、標準の方式で圧縮し直してください。',
    );
  // What is over its limit is not unpacked any further, not even to find out about one more file.
  assertWithin(limits, 0, entry.compressedSize, count);
  const start = await startOfData(source, entry);
  if (start === null) throw damaged('ファイルの先頭が見つかりません');
  const end = start + entry.compressedSize;
  if (end > source.size) throw damaged('ファイルが途中で切れています');

  const whole = await unpackAtOnce(source, entry, start);
  if (whole) {
    count.total += whole.length;
    assertWithin(limits, whole.length, entry.compressedSize, count);
    if (crc32(whole) !== entry.crc32) throw damaged('検査値（CRC）が合いません');
    yield whole;
    return;
  }
  const packed = source.stream(start, end);
  const unpacked = entry.method === 8 ? packed.pipe(createInflateRaw()) : packed;
  if (unpacked !== packed) packed.on('error', (error) => unpacked.destroy(error));
  let size = 0;
  let crc = 0;
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      size += chunk.length;
      count.total += chunk.length;
      assertWithin(limits, size, entry.compressedSize, count);
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (cause) {
    throw isDamagedData(cause) ? damaged('圧縮されたデータを元に戻せません') : cause;
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
  if (crc !== entry.crc32) throw damaged('検査値（CRC）が合いません');
}

/** The bytes of an entry as they are packed, as far as the ZIP has them. Of entries that do not overlap, no more than it has. */
export async function* packedBytes(source: ByteSource, entry: ZipEntry): AsyncGenerator<Buffer> {
  const start = await startOfData(source, entry);
  if (start === null) return;
  const end = Math.min(source.size, start + entry.compressedSize);
  if (start < end) yield* source.stream(start, end) as AsyncIterable<Buffer>;
}

/** Behind the local header with its name and extra field; null: there is no header. */
async function startOfData(source: ByteSource, { offset }: ZipEntry): Promise<number | null> {
  const header = await source.read(offset, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50) return null;
  return offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** Most files of a packet are small CSV files, and a stream for each costs more than unpacking it. */
const SMALL_PACKED = 64 * 1024;
const SMALL_UNPACKED = 1024 ** 2;

/** A small entry in one step; null when it is not small, or for the stream to say what is wrong with it. */
async function unpackAtOnce(source: ByteSource, entry: ZipEntry, start: number): Promise<Buffer | null> {
  if (entry.compressedSize > SMALL_PACKED) return null;
  const packed = await source.read(start, entry.compressedSize);
  if (entry.method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: SMALL_UNPACKED });
  } catch (cause) {
    if (isDamagedData(cause) || isTooLarge(cause)) return null;
    throw cause;
  }
}

/** zlib's errors about its input (Z_DATA_ERROR, Z_BUF_ERROR), and a stream that ends too early. */
const isDamagedData = (cause: unknown): boolean => /^Z_|^ERR_STREAM_PREMATURE_CLOSE$/.test(errnoOf(cause));
const isTooLarge = (cause: unknown): boolean => errnoOf(cause) === 'ERR_BUFFER_TOO_LARGE';
const errnoOf = (cause: unknown): string => String((cause as NodeJS.ErrnoException | null)?.code ?? '');

/** @throws EntryTrouble when `size` bytes of a file packed into `packedSize`, or those of the upload, are too many */
export function assertWithin(
  limits: UploadLimits,
  size: number,
  packedSize: number,
  { total, most = limits.totalBytes }: UnpackCount,
): void {
  const smaller = 'ファイルを分けるか、解像度を下げて小さくしてから送り直してください。';
  if (size > limits.fileBytes)
    throw new EntryTrouble(
      'F_FILE_TOO_LARGE',
      'quarantined',
      `展開すると上限（1ファイル ${formatBytes(limits.fileBytes)}）を超えます`,
      smaller,
    );
  if (size > limits.ratioFrom && size > packedSize * limits.ratio)
    throw new EntryTrouble(
      'F_ZIP_TOO_LARGE',
      'quarantined',
      `圧縮率が上限（${limits.ratio} 倍）を超えるため、展開を止めました`,
      '元のファイルを確かめ、圧縮し直してください。',
    );
  if (total > most)
    throw new EntryTrouble(
      'F_ZIP_TOO_LARGE',
      'quarantined',
      `展開した合計が上限（この送付物では ${formatBytes(most)}）を超えました`,
      '利用者を分け、何回かに分けて送り直してください。',
    );
}

const encrypted = (): EntryTrouble =>
  new EntryTrouble(
    'F_ZIP_ENCRYPTED',
    'unreadable',
    'パスワードがかかっています',
    'パスワードを付けずにZIPを作り直して送ってください。',
  );

const damaged = (cause: string): EntryTrouble =>
  new EntryTrouble('F_ZIP_DAMAGED', 'unreadable', cause, 'ZIPを作り直して送ってください。');
