/** What the bytes of a PDF tell, before an engine opens it. */

/** Why the bytes are no complete PDF, in Japanese; null when nothing is wrong so far. */
export function findBreakage(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'ファイルが空（0バイト）です。';
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!hasPdfHeader(bytes)) return 'PDFのファイルではありません（先頭に %PDF がありません）。';
  return isCutOff(data) ? 'ファイルが途中で切れています。送信や保存が途中で終わったおそれがあります。' : null;
}

/** Readers of PDF search the header within the first kilobyte. */
const HEADER_WITHIN = 1024;
export const hasPdfHeader = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(HEADER_WITHIN, bytes.length)).includes('%PDF-');

/** What may follow the end mark: blanks, a signature's padding; an object there means that a later part was cut. */
const TAIL = 2048;

/**
 * A PDF ends with %%EOF. pdfjs repairs a cut file in silence and leaves out the missing pages,
 * so the end is checked here.
 */
function isCutOff(data: Buffer): boolean {
  const end = data.lastIndexOf('%%EOF');
  if (end < 0) return true;
  const rest = data.subarray(end + 5);
  return rest.length > TAIL && /\d+ \d+ obj/.test(rest.subarray(0, 65_536).toString('latin1'));
}

/** True when other files travel inside this one. */
export const holdsFiles = (bytes: Uint8Array): boolean => holdsName(bytes, '/EmbeddedFile');

/** The type of a stream, whole: not /ImageB or /EmbeddedFiles. */
function holdsName(bytes: Uint8Array, name: string): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = data.indexOf(name); at >= 0; at = data.indexOf(name, at + name.length))
    if (!/[A-Za-z]/.test(String.fromCharCode(data[at + name.length] ?? 0))) return true;
  return false;
}
