import {
  BlobReader,
  BlobWriter,
  type Entry,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import type { DroppedFile } from './dropped-files.ts';

/** The files a ZIP lists; empty where it cannot be read here. Nothing is unpacked yet. */
export async function listZip(zip: File): Promise<FileEntry[]> {
  // Without workers: the page's own policy forbids their code.
  const reader = new ZipReader(new BlobReader(zip), { decodeText: nameOf, useWebWorkers: false });
  const entries = await reader.getEntries().catch((): Entry[] => []);
  return entries.filter((entry) => !entry.directory);
}

/** The files themselves, and why some of them cannot be unpacked: encrypted, damaged, or packed in an unknown way. */
export async function unpackZip(
  entries: readonly FileEntry[],
): Promise<{ files: DroppedFile[]; troubles: string[] }> {
  const unpacked = await Promise.all(entries.map(unpack));
  return {
    files: unpacked.filter((one) => one !== null),
    troubles: entries.filter((_, n) => unpacked[n] === null).map(troubleText),
  };
}

async function unpack(entry: FileEntry): Promise<DroppedFile | null> {
  if (entry.encrypted) return null;
  try {
    const content = await entry.getData(new BlobWriter(), { checkSignature: true });
    return { path: entry.filename, file: new File([content], entry.filename) };
  } catch {
    return null;
  }
}

const troubleText = ({ filename, encrypted }: FileEntry): string =>
  `「${filename}」は${encrypted ? 'パスワードがかかっています' : '壊れています'}。`;

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const CP932 = new TextDecoder('shift_jis');

/** Names as Windows and macOS in Japan write them: a ZIP without the UTF-8 flag may have either encoding. */
function nameOf(bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes).normalize('NFC');
  } catch {
    return CP932.decode(bytes);
  }
}
