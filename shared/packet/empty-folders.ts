import { printedPath } from './printed-path.ts';
import { isJunk } from './upload-entry.ts';

/** The folders among the names of one archive that hold no file, also not in a folder below. */
export function findEmptyFolders(names: string[]): string[] {
  const filled = new Set(names.filter((name) => !name.endsWith('/')).flatMap(foldersAbove));
  return names
    .filter((name) => name.endsWith('/') && !filled.has(name) && !isJunk(name.split('/')))
    .map(printedPath);
}

/** `a/b/c.pdf`: `a/`, `a/b/`. */
function foldersAbove(name: string): string[] {
  const folders: string[] = [];
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1))
    folders.push(name.slice(0, slash + 1));
  return folders;
}
