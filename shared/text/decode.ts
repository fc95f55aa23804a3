import { isAscii, isUtf8 } from 'node:buffer';

/** Decoding of Japanese files: UTF-8, the CP932 that Windows programs still write, and what mail and UNIX left behind. */

export type Encoding = 'utf-8' | 'cp932' | 'iso-2022-jp' | 'euc-jp';

const STRICT = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  cp932: new TextDecoder('shift_jis', { fatal: true }),
  'iso-2022-jp': new TextDecoder('iso-2022-jp', { fatal: true }),
  'euc-jp': new TextDecoder('euc-jp', { fatal: true }),
} as const;
const LENIENT = {
  'utf-8': new TextDecoder('utf-8'),
  cp932: new TextDecoder('shift_jis'),
  'iso-2022-jp': new TextDecoder('iso-2022-jp'),
  'euc-jp': new TextDecoder('euc-jp'),
} as const;

/** The text of the bytes, or null where one of them is in no character of the encoding. */
export function decodeStrictly(encoding: Encoding, bytes: Uint8Array): string | null {
  try {
    return STRICT[encoding].decode(bytes);
  } catch (error) {
    if (isDecodingError(error)) return null;
    throw error;
  }
}

/** The text in the encoding found, with invalid bytes replaced; a BOM is left out. */
export const decodeJapanese = (bytes: Uint8Array): string => LENIENT[findEncoding(bytes)].decode(bytes);

/** A large file is asked about by its survey, its search for a 個人番号 and its reader. */
const found = new WeakMap<Uint8Array, Encoding>();

/** The encoding of a Japanese text, decided on all of its bytes. ASCII counts as CP932. */
export function findEncoding(bytes: Uint8Array): Encoding {
  const known = found.get(bytes);
  if (known) return known;
  const encoding = decideEncoding(bytes);
  found.set(bytes, encoding);
  return encoding;
}

function decideEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (isAscii(bytes)) return isIso2022(bytes) ? 'iso-2022-jp' : 'cp932';
  if (isUtf8(bytes)) return hasJapanese(STRICT['utf-8'].decode(bytes)) ? 'utf-8' : 'cp932';
  if (isMeant('utf-8', bytes)) return 'utf-8';
  return isEucJp(bytes) ? 'euc-jp' : 'cp932';
}

const hasJapanese = (text: string): boolean => /[\u3040-\u30ff\u4e00-\u9fff]/.test(text);

/** JIS X 0208, 0201 and half-width kana are switched on by these escape sequences; each text ends in ASCII. */
const isIso2022 = (bytes: Uint8Array): boolean =>
  ['\x1b$B', '\x1b$@', '\x1b(J', '\x1b(I'].some((sequence) =>
    Buffer.from(bytes).includes(sequence, 0, 'latin1'),
  );

/**
 * Most texts of EUC-JP are no valid CP932. The rest would read as rows of half-width kana: full-width kana, which nearly
 * every Japanese text has, settles it.
 */
function isEucJp(bytes: Uint8Array): boolean {
  if (decodeStrictly('cp932', bytes) === null) return isMeant('euc-jp', bytes);
  return !hasControls(bytes) && /[\u3040-\u30ff]/.test(decodeStrictly('euc-jp', bytes) ?? '');
}

/** Bytes that begin most characters of CP932. The decoder of EUC-JP takes them as control characters; no text has them. */
function hasControls(bytes: Uint8Array): boolean {
  for (const byte of bytes)
    if (byte >= 0x80 && byte < 0xa0 && byte !== SINGLE_SHIFT_2 && byte !== SINGLE_SHIFT_3) return true;
  return false;
}
const SINGLE_SHIFT_2 = 0x8e;
const SINGLE_SHIFT_3 = 0x8f;

/** Bytes that show in which encoding a text was meant. */
const SAMPLE = 256 * 1024;

/** The text has a few bad bytes at most: read in the encoding it has many more Japanese letters than replaced bytes. */
function isMeant(encoding: Encoding, bytes: Uint8Array): boolean {
  let [letters, replaced] = [0, 0];
  const text = LENIENT[encoding].decode(bytes.subarray(0, SAMPLE));
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) replaced++;
    else if ((code >= 0x3040 && code <= 0x30ff) || (code >= 0x4e00 && code <= 0x9fff)) letters++;
  }
  return letters > 4 * replaced;
}

/** A decoder throws a TypeError for invalid bytes, and only its code tells it from a mistake of the program. */
const isDecodingError = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
