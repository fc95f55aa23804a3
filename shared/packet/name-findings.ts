import { type Finding, fileFinding } from '../findings/finding.ts';
import type { DecodedArchive } from './opening.ts';

/** How file names were decoded: one finding for the upload, not one for each ZIP in it. */
export function nameFindings(archives: DecodedArchive[]): Finding[] {
  const undecodable = archives.filter(({ used }) => used === 'broken');
  const cp932 = archives.filter(({ used }) => used === 'cp932' || used === 'mixed');
  return [...undecodableNames(undecodable), ...cp932Names(cp932)];
}

function undecodableNames(archives: DecodedArchive[]): Finding[] {
  const [first] = archives;
  if (!first) return [];
  return [
    fileFinding(
      'F_ZIP_NAME',
      'warn',
      { file: first.path },
      `${inArchives(first, archives.length)}ファイル名に、UTF-8でもShift_JIS（CP932）でも読めないものがあります（例: ${first.example}）。`,
      'ファイル名を付け直してZIPを作り直してください。',
    ),
  ];
}

function cp932Names(archives: DecodedArchive[]): Finding[] {
  const [first] = archives;
  if (!first) return [];
  return [
    fileFinding(
      'F_ZIP_NAME',
      'info',
      { file: first.path },
      `${inArchives(first, archives.length)}ファイル名をShift_JIS（CP932）として読みました（例: ${first.example}）。`,
      '読み方が正しければ、対応は不要です。',
    ),
  ];
}

const inArchives = (first: DecodedArchive, count: number): string =>
  `${first.path}${count > 1 ? ` ほか ${count - 1} 個のZIP` : ''} の中の`;
