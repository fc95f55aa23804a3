import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_FORMAT } from '../shared/records/store/format.ts';

/** The data folder cannot be used. The message tells the user why and what to do. */
export class DataFolderError extends Error {}

export const FORMAT_FILE = 'format.json';

/** True: a desk stored something in the folder. */
export const hasRecords = (folder: string): boolean =>
  existsSync(join(folder, 'tables')) || existsSync(join(folder, 'objects'));

/** Marks a new folder with the format of this version. Throws DataFolderError for records of another format. */
export function prepareFolder(folder: string): void {
  if (hasRecords(folder)) {
    checkFormat(folder);
    return;
  }
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new DataFolderError(
      `「${folder}」はファイルなので、記録の場所にできません。--data で別のフォルダーを指定してください。`,
    );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, FORMAT_FILE), JSON.stringify({ records: RECORD_FORMAT }));
}

/** Throws DataFolderError for records of another format, and for a folder without a format (versions before 2). */
export function checkFormat(folder: string): void {
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

const UNREADABLE = Symbol('unreadable');

/** Null: no format file, as in versions before 2. */
function formatOf(folder: string): unknown {
  const file = join(folder, FORMAT_FILE);
  if (!existsSync(file)) return null;
  try {
    const { records } = JSON.parse(readFileSync(file, 'utf8')) as { records?: unknown };
    return records ?? UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}
