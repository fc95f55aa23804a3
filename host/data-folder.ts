import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_FORMAT } from '../shared/records/store/format.ts';
import { isFolder, isThere } from './damage/look-into.ts';

/** The data folder cannot be used. The message tells the user why and what to do. */
export class DataFolderError extends Error {}

export const FORMAT_FILE = 'format.json';

/** In a folder that is being restored, until its last file is written. */
export const RESTORE_MARK = 'restore-unfinished.json';

/** True: a desk stored something in the folder. Throws where that cannot be seen. */
export const hasRecords = (folder: string): boolean =>
  isFolder(folder) && (isThere(join(folder, 'tables')) || isThere(join(folder, 'objects')));

/** Marks a new folder with the format of this version. Throws DataFolderError for records of another format. */
export function prepareFolder(folder: string): void {
  requireRestored(folder);
  if (hasRecords(folder)) {
    checkFormat(folder);
    return;
  }
  if (isThere(folder) && !isFolder(folder))
    throw new DataFolderError(
      `「${folder}」はファイルなので、記録の場所にできません。--data で別のフォルダーを指定してください。`,
    );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FORMAT_FILE), JSON.stringify({ records: RECORD_FORMAT }));
}

/** Throws DataFolderError for records of another format, and for a folder without a format (versions before 2). */
export function checkFormat(folder: string): void {
  requireRestored(folder);
  const format = formatOf(folder);
  if (format === RECORD_FORMAT) return;
  if (format === UNREADABLE)
    throw new DataFolderError(
      `「${join(folder, FORMAT_FILE)}」が壊れていて記録の形式が分からないので、バックアップから同じファイルを戻すか、npm run -s uketsuke -- restore で新しいフォルダーに戻してください。`,
    );
  throw new DataFolderError(
    `「${folder}」は形式の違う版の受付が書いた記録で、この版では読めないので、別の場所に移すか、--data で別のフォルダーを指定してください。`,
  );
}

/** Throws DataFolderError for a folder that holds a part of a backup: it would begin as a new desk. */
function requireRestored(folder: string): void {
  if (isFolder(folder) && isThere(join(folder, RESTORE_MARK)))
    throw new DataFolderError(
      `「${folder}」は、バックアップから戻している途中か、戻す途中で止まったフォルダーで、ファイルがそろっていません。戻している間は終わるまで待ち、止まったときはこのフォルダーを消して、npm run -s uketsuke -- restore をもう一度行ってください。`,
    );
}

const UNREADABLE = Symbol('unreadable');

/** Null: no format file, as in versions before 2. */
function formatOf(folder: string): unknown {
  const file = join(folder, FORMAT_FILE);
  if (!isThere(file)) return null;
  if (isFolder(file)) return UNREADABLE;
  const text = readFileSync(file, 'utf8');
  try {
    const { records } = JSON.parse(text) as { records?: unknown };
    return records ?? UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}
