import { statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { DataFolderError } from '../data-folder.ts';

interface Cause {
  /** codes, and the texts of the system that LevelDB and SQLite pass on instead */
  text: RegExp;
  /** what is wrong with the place, and the remedy */
  explain: (place: string) => string;
}

/**
 * What keeps a file from being opened or written. It tells nothing about the bytes of the file: what cannot be opened for
 * such a cause may be sound.
 */
const CAUSES: Cause[] = [
  {
    text: /ENOSPC|EDQUOT|no space left|quota exceeded|SQLITE_FULL|database or disk is full/i,
    explain: (place) =>
      `${place}に空きがないため、続けられません。空きを作ってから、もう一度行ってください。答えの出た受付は保存されています。`,
  },
  {
    text: /EROFS|read-?only file system/i,
    explain: (place) =>
      `${place}に書けません。読み取り専用でつながれたディスクにあるので、ディスクのつなぎ方と権限を確かめてから、もう一度行ってください。`,
  },
  {
    text: /EMFILE|ENFILE|too many open files/i,
    explain: (place) =>
      `${place}を開けません。同時に開けるファイルの数の上限に達したので、上限（ulimit -n）を 1024 以上にしてから、もう一度行ってください。`,
  },
  {
    text: /EACCES|EPERM|permission denied|operation not permitted|read-?only|unable to open database file/i,
    explain: (place) =>
      `${place}を読み書きできません。動かしている人に権限がないので、持ち主と権限を確かめてから、もう一度行ってください（一度でも sudo で動かすと、管理者のものになります）。`,
  },
  {
    text: /EBUSY|ETXTBSY|(resource|device) busy|resource busy|being used by another process/i,
    explain: (place) =>
      `${place}は、ほかのプログラムが使っているか、別のディスクをつないだ場所なので、読み書きできません。使っているものを止めるか、つなぎ方を確かめてから、もう一度行ってください。`,
  },
  {
    text: /ENOLCK|no locks available/i,
    explain: (place) =>
      `${place}のあるディスクではファイルのロックを使えません。この機械のディスクを --data で指定してください。`,
  },
  {
    text: /ENOTDIR|EEXIST|not a directory/i,
    explain: (place) =>
      `${place}は、フォルダーのはずがファイルになっています。中を確かめて別の場所に移すか、別のフォルダーを指定してください。`,
  },
  {
    text: /EISDIR|is a directory/i,
    explain: (place) =>
      `${place}は、ファイルのはずがフォルダーになっています。中を確かめて別の場所に移してから、もう一度行ってください。元のファイルが要るときは、バックアップから戻してください。`,
  },
  {
    text: /ELOOP|too many levels of symbolic links/i,
    explain: (place) =>
      `${place}のリンクをたどると元に戻るので、開けません。リンクの先を確かめてから、もう一度行ってください。`,
  },
  {
    text: /ENAMETOOLONG|file name too long/i,
    explain: (place) => `${place}は名前が長すぎて使えません。短い名前のフォルダーを指定してください。`,
  },
  {
    text: /ENOENT|no such file or directory/i,
    explain: (place) =>
      `${place}が見つかりません。名前と、リンクの先やつないだディスクがあるかを確かめてから、もう一度行ってください。`,
  },
  {
    text: /EIO\b|(I\/O|input\/output) error|LEVEL_IO_ERROR|SQLITE_IOERR/i,
    explain: (place) => `${place}を読み書きできません。ディスクを確かめてから、もう一度行ってください。`,
  },
];

/** Of a file that is not there, or is not the file it should be. Inside a store these are damage: its own files name each other. */
const ABSENT = /ENOENT|no such file or directory|ENAMETOOLONG|file name too long/i;
/** Of sockets and processes, whose errors have the same codes. */
const NO_FILE = /^(listen|connect|bind|accept|kill|spawn)/;

/** True: a store could not open its files, and nothing is known about their bytes. */
export const isUnreachable = (error: unknown): boolean =>
  causeOf(error) !== null && !ABSENT.test(textOf(error));

/** Bytes. A file system keeps some blocks for itself: a disk with less free space than this is full. */
const NO_SPACE = 1024 ** 2;

/**
 * An error of the disk as one sentence for the operator; null: another error, a fault of the program.
 * @param folder the data folder, named where the error names no path; null: it is not known
 * @param freeBytes free space of the disk a folder is on
 */
export function explainDiskError(
  error: unknown,
  folder: string | null,
  freeBytes = freeBytesOf,
): DataFolderError | null {
  if (error instanceof DataFolderError) return error;
  const cause = causeOf(error);
  if (!cause) return null;
  const path = pathOf(error);
  if (path) return new DataFolderError(cause.explain(`「${path}」`));
  if (folder === null) return new DataFolderError(cause.explain('指定されたファイルかフォルダー'));
  // Temporary files may be on another disk.
  const isScratch = cause === CAUSES[0] && freeBytes(tmpdir()) < NO_SPACE && freeBytes(folder) >= NO_SPACE;
  const place = isScratch ? `受付の作業場所 (${tmpdir()})` : `受付の保存先 (${folder})`;
  return new DataFolderError(cause.explain(`${place} `));
}

function causeOf(error: unknown): Cause | null {
  if (NO_FILE.test((error as NodeJS.ErrnoException | null)?.syscall ?? '')) return null;
  const text = textOf(error);
  return CAUSES.find((cause) => cause.text.test(text)) ?? null;
}

/** The file an error is about. A copy or a rename that cannot write is about its target. */
function pathOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { path, dest, code } = error as NodeJS.ErrnoException & { dest?: string };
  if (dest && /ENOSPC|EDQUOT|EROFS|EISDIR|EEXIST|ENOTEMPTY/.test(code ?? '')) return dest;
  if (typeof path === 'string') return /ENOTDIR|EEXIST/.test(code ?? '') ? fileAbove(path) : path;
  const [, named] = /IO error: (?:lock )?(.+?): [A-Z]/.exec(error.message) ?? [];
  return named ?? pathOf(error.cause);
}

/** The file where a folder of the path should be; the path itself where no file is seen. */
function fileAbove(path: string): string {
  for (let above = path; dirname(above) !== above; above = dirname(above)) if (isFile(above)) return above;
  return path;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
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
