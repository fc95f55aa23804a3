import { closeSync, type Dirent, lstatSync, openSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * True: the path leads to something. Throws where that cannot be seen: a folder without rights is not an absent one, nor
 * is a link to a disk that is not mounted.
 */
export function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
    if (isLink || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}

/** Throws an error of opening a file again, but where the file is missing or is no file. */
export function requireAbsence(error: unknown): void {
  if (!/ENOENT|EISDIR|ENOTDIR/.test(String((error as NodeJS.ErrnoException).code))) throw error;
}

export const isFolder = (path: string): boolean => isThere(path) && statSync(path).isDirectory();

/** Names in a folder; empty: it is not there. Throws where it cannot be read. */
export const namesIn = (folder: string): string[] => (isThere(folder) ? readdirSync(folder) : []);

/** Files that systems leave in every folder that a person looks at. */
export const isLitter = (name: string): boolean =>
  /^(\.DS_Store|\._.*|\.directory|Thumbs\.db|ehthumbs\.db|desktop\.ini)$/i.test(basename(name));

export interface Entry {
  /** below the folder */
  name: string;
  kind: 'file' | 'folder' | 'other';
}

/**
 * Everything below a folder, also behind links: a part of the data may be on another disk. Empty: it is not there. Throws
 * where it cannot be read, and where a link leads back.
 */
export function entriesBelow(folder: string): Entry[] {
  return isThere(folder) ? walk(folder, '', [realpathSync(folder)]) : [];
}

function walk(folder: string, below: string, above: string[]): Entry[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((one) => {
    const name = join(below, one.name);
    const kind = kindOf(join(folder, name), one);
    if (kind !== 'folder') return [{ name, kind }];
    const real = one.isSymbolicLink() ? realpathSync(join(folder, name)) : null;
    if (real && above.includes(real)) throw linkThatLeadsBack(join(folder, name));
    return [{ name, kind }, ...walk(folder, name, real ? [...above, real] : above)];
  });
}

function kindOf(path: string, entry: Dirent): Entry['kind'] {
  try {
    const found = entry.isSymbolicLink() ? statSync(path) : entry;
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    requireAbsence(error);
    return 'other';
  }
}

const linkThatLeadsBack = (path: string): Error =>
  Object.assign(new Error(`link leads back: ${path}`), { code: 'ELOOP', path });

/** Throws EISDIR, with the path, which reading does not name. */
export function requireFile(path: string): void {
  if (isFolder(path)) throw Object.assign(new Error(`folder: ${path}`), { code: 'EISDIR', path });
}

const TABLE_FILE = /^(CURRENT|LOCK|MANIFEST-\d+|\d+\.(log|ldb))$/;

/** Throws the error of the system where a file of the tables cannot be opened: LevelDB calls that damage. */
export function requireOpenable(tables: string): void {
  for (const name of namesIn(tables).filter((one) => TABLE_FILE.test(one))) {
    const path = join(tables, name);
    requireFile(path);
    closeSync(openSync(path, 'r'));
  }
}

/** Files that a desk holds open besides its tables, with some to spare. */
const HANDLES = 100;

/** Throws EMFILE where so few files can be open at once that the stores would fail in the middle of their work. */
export function requireHandles(file: string): void {
  const handles: number[] = [];
  try {
    while (handles.length < HANDLES) handles.push(openSync(file, 'r'));
  } finally {
    handles.forEach(closeSync);
  }
}
