import { unzipSync } from 'fflate';
import { DEFAULT_LIMITS } from '../../packet/upload-limits.ts';
import { bufferSource } from '../../packet/zip/byte-source.ts';
import { listZip } from '../../packet/zip/list-zip.ts';
import { bombIn } from '../../packet/zip/zip-bomb.ts';
import { UnreadableFile } from '../unreadable-file.ts';

/** The parts of an Office file by name. */
export type OfficeParts = Record<string, Uint8Array>;

/**
 * Checks an Office file, which is a ZIP, before anything unpacks it: encrypted, damaged, or made to cost its reader.
 * Other files pass.
 * @throws UnreadableFile with the reason in Japanese
 */
export async function checkOfficeZip(bytes: Uint8Array): Promise<void> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return;
  const source = bufferSource(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { entries, damage } = await listZip(source, MOST_PARTS + 1);
  if (damage) throw new UnreadableFile('ファイルが途中で切れているか、壊れています。');
  if (entries.some(({ encrypted }) => encrypted)) throw new UnreadableFile('暗号化されています。');
  const unpacked = entries.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0);
  if (
    entries.length > MOST_PARTS ||
    unpacked > DEFAULT_LIMITS.fileBytes ||
    bombIn(entries, source.size, DEFAULT_LIMITS)
  )
    throw new UnreadableFile('展開すると極端に大きくなるファイルです。');
}
/** parts of one file */
const MOST_PARTS = 5000;

/**
 * Unpacks the parts of a checked file whose names fit. None of them is macro code.
 * @throws UnreadableFile where they cannot be unpacked
 */
export function unpackParts(bytes: Uint8Array, name: RegExp): OfficeParts {
  try {
    return unzipSync(bytes, {
      filter: (part) => name.test(part.name) && part.originalSize <= DEFAULT_LIMITS.fileBytes,
    });
  } catch (cause) {
    throw new UnreadableFile('ファイルが途中で切れているか、壊れています。', cause);
  }
}
