import type { ByteSource } from './byte-source.ts';
import type { ZipEntry } from './zip-entry.ts';

/** Bytes of a ZIP that belong to no file of its list. */
export interface UnreadPart {
  /** where they are and what they are, in Japanese, without a full stop */
  what: string;
  /** they hold documents that no one has read: a ZIP, or contents under the name of a folder */
  mayHoldDocuments: boolean;
}

/** Most bytes of a part that are searched for a ZIP. */
const SEARCHED = 1024 ** 2;
/** Headers of local entries and the end of a directory (APPNOTE 4.3.7, 4.3.16). */
const SIGNATURES = ['PK\x03\x04', 'PK\x05\x06'];

/**
 * What a ZIP holds beside the files of its list: bytes before the first of them or behind the end, a ZIP in the comment,
 * contents under the name of a folder. A person who opens the file with another program may see them.
 * @param end where the ZIP ends, its comment included
 * @param commentLength bytes of the comment before `end`
 */
export async function findUnreadParts(
  source: ByteSource,
  entries: ZipEntry[],
  { end, commentLength }: { end: number; commentLength: number },
): Promise<UnreadPart[]> {
  const parts: UnreadPart[] = [];
  const first = entries.reduce((least, { offset }) => Math.min(least, offset), source.size);
  const look = async (where: string, from: number, to: number): Promise<void> => {
    if (to <= from) return;
    const bytes = await source.read(from, Math.min(to - from, SEARCHED));
    if (bytes.every((byte) => byte === 0)) return;
    const hasZip = SIGNATURES.some((signature) => bytes.includes(signature, 0, 'latin1'));
    parts.push({
      what: `${where}に、${hasZip ? '別のZIP' : `${(to - from).toLocaleString('ja-JP')} バイトのデータ`}が付いています`,
      mayHoldDocuments: hasZip,
    });
  };
  if (entries.length > 0) await look('先頭', 0, first);
  await look('末尾', end, source.size);
  const commentStart = end - commentLength;
  if (commentLength > 0) {
    const comment = await source.read(commentStart, commentLength);
    if (SIGNATURES.some((signature) => comment.includes(signature, 0, 'latin1')))
      parts.push({ what: 'コメントの中に、別のZIPが書かれています', mayHoldDocuments: true });
  }
  const folders = entries.filter(
    ({ nameRaw, compressedSize }) => nameRaw.at(-1) === SLASH && compressedSize > 0,
  );
  const withContents = folders.filter(({ unpackedSize }) => unpackedSize > 0);
  if (withContents.length > 0)
    parts.push({
      what: `フォルダーとして書かれた項目${withContents.length > 1 ? `${withContents.length}件` : ''}に、中身のデータがあります`,
      mayHoldDocuments: true,
    });
  return parts;
}

const SLASH = '/'.charCodeAt(0);
