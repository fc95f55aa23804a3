/** First bytes (as latin1) at an offset, and what they say. */
const SIGNATURES: { at: number; bytes: string[]; what: string }[] = [
  { at: 0, bytes: ['%PDF-'], what: 'PDF' },
  { at: 0, bytes: ['\xff\xd8\xff'], what: 'JPEG画像' },
  { at: 0, bytes: ['\x89PNG'], what: 'PNG画像' },
  { at: 0, bytes: ['II*\0', 'MM\0*'], what: 'TIFF画像' },
  { at: 0, bytes: ['GIF8'], what: 'GIF画像' },
  { at: 0, bytes: ['BM'], what: 'BMP画像' },
  { at: 4, bytes: ['ftyphei', 'ftypmif', 'ftypmsf', 'ftyphev'], what: 'HEIC画像（iPhoneの写真）' },
  { at: 0, bytes: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'], what: 'ZIP、またはExcel・Word' },
  { at: 0, bytes: ['7z\xbc\xaf'], what: '7-Zip形式の圧縮ファイル' },
  { at: 0, bytes: ['Rar!'], what: 'RAR形式の圧縮ファイル' },
  { at: 2, bytes: ['-lh'], what: 'LZH形式の圧縮ファイル' },
  { at: 0, bytes: ['\x1f\x8b'], what: 'gzip形式の圧縮ファイル' },
  { at: 0, bytes: ['MZ'], what: '実行ファイル（自己解凍形式など）' },
  { at: 0, bytes: ['\xd0\xcf\x11\xe0'], what: '古い形式のExcel・Word' },
  { at: 0, bytes: ['{\\rtf'], what: 'RTF文書' },
  { at: 0, bytes: ['<!DOCTYPE', '<html', '<?xml', '\xef\xbb\xbf<?xml'], what: 'HTML・XML' },
];

/** What the first bytes of a file look like, in Japanese: to tell people what they sent instead of what was expected. */
export function describeFile(head: Uint8Array): string {
  const text = Buffer.from(head).toString('latin1');
  const known = SIGNATURES.find(({ at, bytes }) => bytes.some((b) => text.startsWith(b, at)));
  if (known) return known.what;
  if (text.includes('\0')) return '種類の分からないファイル';
  return /^"?\d{6}"?,/.test(text) ? 'CSVファイル' : '文字だけのファイル';
}
