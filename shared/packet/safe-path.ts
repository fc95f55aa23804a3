import { hasControl } from '../text/printable.ts';

export interface SafePath {
  /** the parts of the path, resolved so that they cannot leave the upload */
  parts: string[];
  /** why the path as written is dangerous, in Japanese; null when it is not */
  danger: string | null;
}

/** Characters of a whole path. No common system writes longer ones. */
export const LONGEST_PATH = 1000;

/** Splits a path of an archive, and detects one that leaves the archive. No file is ever written under these names. */
export function safePath(path: string): SafePath {
  const isAbsolute = /^(?:[/\\]|[A-Za-z]:)/.test(path);
  const climbs = path.split(/[/\\]/).includes('..');
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  const danger = hasControl(path)
    ? '名前に制御文字が含まれています'
    : path.length > LONGEST_PATH
      ? `名前が長すぎます（上限 ${LONGEST_PATH.toLocaleString('ja-JP')} 文字）`
      : climbs
        ? '名前に上のフォルダーへ出る「..」が含まれています'
        : isAbsolute
          ? '名前がドライブまたは最上位のフォルダーから書かれています'
          : null;
  return { parts, danger };
}
