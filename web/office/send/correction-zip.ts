import {
  BlobReader,
  BlobWriter,
  type Entry,
  type FileEntry,
  ZipReader,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { correctionSets } from '../../../shared/vocabulary/correction.ts';
import type { DroppedFile } from './dropped-files.ts';
import { type PlannedUpload, planFiles } from './plan-uploads.ts';

/** What a ZIP with correction packets becomes; null for another ZIP, or one that cannot be read here. Lists names first. */
export async function correctionsIn(zip: File): Promise<PlannedUpload[] | null> {
  // Without workers: the page's own policy forbids their code, and a correction packet is small.
  const reader = new ZipReader(new BlobReader(zip), { decodeText: nameOf, useWebWorkers: false });
  const entries = await reader.getEntries().catch((): Entry[] => []);
  const files = entries.filter((entry) => !entry.directory);
  const sets = correctionSets(files.map(({ filename }) => filename));
  if (sets.length === 0) return null;
  const unpacked = await Promise.all(files.map(unpack));
  const unread = files.filter((_, n) => unpacked[n] === null);
  // In part it would be taken for the whole correction.
  if (unread.length > 0) return [{ name: zip.name, files: [], refusal: unreadText(unread) }];
  const planned = planFiles(unpacked.filter((one) => one !== null));
  return planned.length === 1 ? [{ ...planned[0]!, name: zip.name }] : planned;
}

/** Null where the bytes cannot be unpacked: encrypted, damaged, or packed in an unknown way. */
async function unpack(entry: FileEntry): Promise<DroppedFile | null> {
  if (entry.encrypted) return null;
  try {
    const content = await entry.getData(new BlobWriter(), { checkSignature: true });
    return { path: entry.filename, file: new File([content], entry.filename) };
  } catch {
    return null;
  }
}

const unreadText = (entries: FileEntry[]): string =>
  [
    '補正セットから取り出せないファイルがあります。',
    ...entries.map(
      ({ filename, encrypted }) =>
        `「${filename}」は${encrypted ? 'パスワードがかかっています' : '壊れています'}。`,
    ),
    'パスワードを付けずにZIPを作り直すか、ZIPにせずフォルダーのまま置いてください。',
  ].join('');

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
