import { decodeStrictly, type Encoding } from '../../text/decode.ts';
import type { ZipEntry } from './zip-entry.ts';

/** How the names of an archive were read. `broken`: at least one name is neither UTF-8 nor CP932. */
export type NameDecoding = 'ascii' | 'utf-8' | 'cp932' | 'mixed' | 'broken' | 'file-system';

export interface DecodedNames {
  /** full names in the order of the entries, parts joined by `/`, composed (NFC) as macOS does not write them */
  names: string[];
  used: NameDecoding;
}

/**
 * Decodes the names of one archive. A ZIP without the UTF-8 flag does not tell the encoding of its names, so the archive
 * as a whole decides: all strictly UTF-8, else all strictly CP932 (what Windows in Japan writes).
 * Names are split after decoding, never before: the second byte of 表, ソ, 予 … is 0x5C, a backslash in ASCII.
 */
export function decodeNames(entries: ZipEntry[]): DecodedNames {
  const open = entries.filter(
    (e) => e.unicodeName === null && !(e.flaggedUtf8 && decodeStrictly('utf-8', e.nameRaw) !== null),
  );
  const isUtf8 = open.every((e) => decodeStrictly('utf-8', e.nameRaw) !== null) && !looksLikeKana(open);
  const isFlagged = entries.some((e) => (e.unicodeName !== null || e.flaggedUtf8) && !isAscii(e.nameRaw));
  const isCoded = open.some((e) => !isAscii(e.nameRaw));

  let isBroken = false;
  const decoded = entries.map((entry) => {
    if (entry.unicodeName !== null) return entry.unicodeName;
    const [first, second]: [Encoding, Encoding] =
      isUtf8 || (entry.flaggedUtf8 && !open.includes(entry)) ? ['utf-8', 'cp932'] : ['cp932', 'utf-8'];
    const name = decodeStrictly(first, entry.nameRaw) ?? decodeStrictly(second, entry.nameRaw);
    if (name !== null) return name;
    isBroken = true;
    return entry.nameRaw
      .toString('latin1')
      .replace(/[\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  });

  const hasSlash = decoded.some((name) => name.slice(0, -1).includes('/'));
  const names = decoded.map((name, i) => {
    // Windows cannot have a backslash in a name, so there it is a separator; elsewhere only if nothing else separates.
    const separates = entries[i]?.madeOnWindows || !hasSlash;
    return (separates ? name.replaceAll('\\', '/') : name).normalize('NFC');
  });
  const coded = isUtf8 ? 'utf-8' : 'cp932';
  const used = isBroken
    ? 'broken'
    : isCoded
      ? isFlagged && coded !== 'utf-8'
        ? 'mixed'
        : coded
      : isFlagged
        ? 'utf-8'
        : 'ascii';
  return { names, used };
}

const isAscii = (bytes: Buffer): boolean => bytes.every((byte) => byte < 0x80);

/**
 * Half-width kana in CP932 can be valid UTF-8 by accident (ﾐｿ = D0 BF = п). Names that are Japanese in CP932 and in no
 * way Japanese in UTF-8 are taken for CP932.
 */
function looksLikeKana(entries: ZipEntry[]): boolean {
  const coded = entries.filter((e) => !isAscii(e.nameRaw));
  return (
    coded.length > 0 &&
    coded.every((e) => {
      const asUtf8 = decodeStrictly('utf-8', e.nameRaw) ?? '';
      const asCp932 = decodeStrictly('cp932', e.nameRaw);
      return !JAPANESE.test(asUtf8) && asCp932 !== null && JAPANESE.test(asCp932);
    })
  );
}
const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;
