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
 * so the end is checked here. Where a gateway dropped the mark alone, the place of the table before it still is whole.
 */
function isCutOff(data: Buffer): boolean {
  const end = data.lastIndexOf('%%EOF');
  if (end < 0) return !endsWithTable(data);
  const rest = data.subarray(end + 5);
  return rest.length > TAIL && /\d+ \d+ obj/.test(rest.subarray(0, 65_536).toString('latin1'));
}

/** The last line says where the table of objects begins, and it does begin there: nothing before was lost. */
function endsWithTable(data: Buffer): boolean {
  const tail = data.subarray(-TAIL).toString('latin1');
  const last = /startxref\s+(\d{1,12})\s*(?:%%?E?O?)?\s*$/.exec(tail);
  if (!last) return false;
  const table = data.subarray(Number(last[1]), Number(last[1]) + 64).toString('latin1');
  return /^\s*(?:xref\s|\d+\s+\d+\s+obj)/.test(table);
}
