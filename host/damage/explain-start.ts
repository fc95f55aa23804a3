import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DataFolderError } from '../data-folder.ts';

/** Messages of errors of the disk: the stores wrap them, and LevelDB has no code for a full disk. */
const FULL = /ENOSPC|no space left|SQLITE_FULL|database or disk is full/i;
const FORBIDDEN = /EACCES|EPERM|EROFS|permission denied|read-?only/i;
const IO = /EIO\b|I\/O error|LEVEL_IO_ERROR|SQLITE_IOERR/i;

export const isFullDisk = (error: unknown): boolean => FULL.test(textOf(error));

/** Bytes. A file system keeps some blocks for itself: a disk with less free space than this is full. */
const NO_SPACE = 1024 ** 2;

/**
 * An error of the disk as one sentence for the operator; null: another error, a fault of the program.
 * @param freeBytes free space of the disk a folder is on
 */
export function explainDiskError(
  error: unknown,
  folder: string,
  freeBytes = freeBytesOf,
): DataFolderError | null {
  if (error instanceof DataFolderError) return error;
  const text = textOf(error);
  if (FULL.test(text)) {
    // Temporary files may be on another disk.
    const isScratch = freeBytes(tmpdir()) < NO_SPACE && freeBytes(folder) >= NO_SPACE;
    const place = isScratch ? `作業場所 (${tmpdir()})` : `保存先 (${folder})`;
    return new DataFolderError(
      `受付の${place} に空きがないため、続けられません。空きを作ってから、もう一度始めてください。答えの出た受付は保存されています。`,
    );
  }
  if (FORBIDDEN.test(text))
    return new DataFolderError(
      `受付の保存先 (${folder}) に書けません。フォルダーの権限を確かめてから、もう一度始めてください。`,
    );
  if (IO.test(text))
    return new DataFolderError(
      `受付の保存先 (${folder}) を読み書きできません。ディスクを確かめてから、もう一度始めてください。`,
    );
  return null;
}

/** A folder that cannot be asked counts as one with space. */
function freeBytesOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Names, codes and messages of an error and its causes. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  const { code = '' } = error as NodeJS.ErrnoException;
  return `${name} ${code} ${message} ${cause ? textOf(cause) : ''}`;
}
