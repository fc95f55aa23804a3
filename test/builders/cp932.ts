import iconv from 'iconv-lite';

/** Text as Windows in Japan writes it. Throws when CP932 lacks a character. */
export function cp932(text: string): Buffer {
  const bytes = iconv.encode(text, 'cp932');
  if (iconv.decode(bytes, 'cp932') !== text) throw new Error(`not in CP932: ${text}`);
  return bytes;
}
