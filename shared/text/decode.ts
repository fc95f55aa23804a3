/** Decoding of Japanese files: UTF-8, or the CP932 that Windows programs still write. */

export type Encoding = 'utf-8' | 'cp932';

const STRICT = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  cp932: new TextDecoder('shift_jis', { fatal: true }),
} as const;
const LENIENT_CP932 = new TextDecoder('shift_jis');

/** The text of the bytes, or null where one of them is in no character of the encoding. */
export function decodeStrictly(encoding: Encoding, bytes: Uint8Array): string | null {
  try {
    return STRICT[encoding].decode(bytes);
  } catch (error) {
    if (isDecodingError(error)) return null;
    throw error;
  }
}

/** UTF-8 (with or without BOM) where the bytes are valid, else CP932 with invalid bytes replaced. */
export const decodeJapanese = (bytes: Uint8Array): string =>
  decodeStrictly('utf-8', bytes) ?? LENIENT_CP932.decode(bytes);

/** A decoder throws a TypeError for invalid bytes, and only its code tells it from a mistake of the program. */
const isDecodingError = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
