import iconv from 'iconv-lite';

/** Text as Windows in Japan writes it. Throws when CP932 lacks a character. */
export function cp932(text: string): Buffer {
  const bytes = iconv.encode(text, 'cp932');
  if (iconv.decode(bytes, 'cp932') !== text) throw new Error(`not in CP932: ${text}`);
  return bytes;
}

/** Text as mail writes it: JIS X 0208 between escape sequences. */
export const iso2022jp = (text: string): Buffer =>
  Buffer.concat(
    text.split(/([^\0-\x7f]+)/).map((part, i) => {
      if (i % 2 === 0) return Buffer.from(part, 'latin1');
      const wide = iconv.encode(part, 'EUC-JP').map((byte) => byte & 0x7f);
      return Buffer.concat([Buffer.from('\x1b$B', 'latin1'), wide, Buffer.from('\x1b(B', 'latin1')]);
    }),
  );
