import { describeFile, fileType } from '../file-type.ts';
import type { ByteSource } from './byte-source.ts';
import type { ZipEnd } from './zip-end.ts';
import type { ZipEntry } from './zip-entry.ts';
import { countRecords, layoutOf, type Placed } from './zip-layout.ts';

/** Bytes of a ZIP that belong to no file of its list. */
export interface UnreadPart {
  /** where they are and what they are, in Japanese, without a full stop */
  what: string;
  /** why they are not read, in Japanese, before 「ため」; absent: the list does not name them */
  why?: string;
  /** they hold documents that no one has read: a ZIP, or contents under the name of a folder */
  mayHoldDocuments: boolean;
}

/** Most bytes of a part that are searched for a ZIP. */
const SEARCHED = 1024 ** 2;
/** Headers of local entries and the end of a directory (APPNOTE 4.3.7, 4.3.16). */
const SIGNATURES = ['PK\x03\x04', 'PK\x05\x06'];
/** Gaps that are named one by one. */
const NAMED = 5;

/**
 * What a ZIP holds beside the files of its list: bytes before the first of them, between them, around the directory or
 * behind the end, records the end does not count, a ZIP in the comment, contents under the name of a folder. A person who
 * opens the file with another program may see them.
 * @param directoryLength bytes of the records that were listed
 */
export async function findUnreadParts(
  source: ByteSource,
  entries: ZipEntry[],
  end: ZipEnd,
  directoryLength: number,
): Promise<UnreadPart[]> {
  const uncounted = await countRecords(source, end.directory + directoryLength, end.start);
  return [
    // The files of records that are not counted would be gaps as well.
    ...(uncounted > 0
      ? [uncountedRecords(uncounted, entries.length)]
      : await findGaps(source, layoutOf(entries, end, directoryLength))),
    ...(await zipInComment(source, end)),
    ...foldersWithContents(entries),
  ];
}

async function findGaps(source: ByteSource, layout: Placed[]): Promise<UnreadPart[]> {
  const parts: UnreadPart[] = [];
  let gaps = 0;
  let last: { label: string | null; to: number } = { label: null, to: 0 };
  for (const [i, placed] of [...layout, { from: source.size, label: '' }].entries()) {
    const part = placed.from > last.to ? await lookAt(source, last, placed.from) : null;
    if (part && ++gaps <= NAMED) parts.push(part);
    const to = i < layout.length ? await layout[i]!.end(source, layout[i + 1]?.from ?? source.size) : 0;
    if (to > last.to) last = { label: placed.label, to };
  }
  if (gaps > NAMED)
    parts.push({ what: `ほか ${gaps - NAMED} か所にも、データが付いています`, mayHoldDocuments: true });
  return parts;
}

/** The bytes between what has a known use; null: zeros, as programs fill room with them. */
async function lookAt(
  source: ByteSource,
  before: { label: string | null; to: number },
  to: number,
): Promise<UnreadPart | null> {
  const from = await firstByte(source, before.to, to);
  if (from === null) return null;
  const bytes = await source.read(from, Math.min(to - from, SEARCHED));
  const isDocument = holdsZip(bytes) || fileType(bytes) !== null;
  const size = `${(to - before.to).toLocaleString('ja-JP')} バイトのデータ`;
  const found = holdsZip(bytes) ? '別のZIP' : isDocument ? `${describeFile(bytes)}（${size}）` : size;
  const isInside = before.label !== null && to < source.size;
  const where = before.label === null ? '先頭' : isInside ? insideOf(before.label, from) : '末尾';
  // Gateways add bytes around a ZIP, and none within it.
  return { what: `${where}に、${found}が付いています`, mayHoldDocuments: isDocument || isInside };
}

const insideOf = (label: string, from: number): string =>
  `${label}の後ろ（先頭から ${from.toLocaleString('ja-JP')} バイト目）`;

async function firstByte(source: ByteSource, from: number, to: number): Promise<number | null> {
  for (let at = from; at < to; at += SEARCHED) {
    const found = (await source.read(at, Math.min(to - at, SEARCHED))).findIndex((byte) => byte !== 0);
    if (found >= 0) return at + found;
  }
  return null;
}

const uncountedRecords = (count: number, counted: number): UnreadPart => ({
  what: `目録に、末尾に書かれた件数（${counted} 件）に入らない項目が ${count} 件あります`,
  why: '件数に入っていない',
  mayHoldDocuments: true,
});

async function zipInComment(source: ByteSource, { end, commentLength }: ZipEnd): Promise<UnreadPart[]> {
  const comment = await source.read(end - commentLength, commentLength);
  return holdsZip(comment)
    ? [{ what: 'コメントの中に、別のZIPが書かれています', mayHoldDocuments: true }]
    : [];
}

function foldersWithContents(entries: ZipEntry[]): UnreadPart[] {
  const count = entries.filter(
    ({ nameRaw, compressedSize, unpackedSize }) =>
      nameRaw.at(-1) === SLASH && compressedSize > 0 && unpackedSize > 0,
  ).length;
  return count === 0
    ? []
    : [
        {
          what: `フォルダーとして書かれた項目${count > 1 ? `${count}件` : ''}に、中身のデータがあります`,
          mayHoldDocuments: true,
        },
      ];
}
const SLASH = '/'.charCodeAt(0);

const holdsZip = (bytes: Buffer): boolean =>
  SIGNATURES.some((signature) => bytes.includes(signature, 0, 'latin1'));
