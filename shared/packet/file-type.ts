import { isStandardCsvName } from './standard-csv-name.ts';

/** First bytes (as latin1) at an offset, and the name of the type for people. The first that fits counts. */
const SIGNATURES = {
  pdf: { at: 0, bytes: ['%PDF-'], name: 'PDF' },
  jpeg: { at: 0, bytes: ['\xff\xd8\xff'], name: 'JPEG画像' },
  png: { at: 0, bytes: ['\x89PNG'], name: 'PNG画像' },
  tiff: { at: 0, bytes: ['II*', 'MM\0*', 'II+\0', 'MM\0+'], name: 'TIFF画像' },
  gif: { at: 0, bytes: ['GIF8'], name: 'GIF画像' },
  bmp: { at: 0, bytes: ['BM'], name: 'BMP画像' },
  webp: { at: 8, bytes: ['WEBP'], name: 'WebP画像' },
  heic: {
    at: 4,
    bytes: ['ftyphei', 'ftypmif', 'ftypmsf', 'ftyphev'],
    name: 'HEIC画像（iPhoneの写真）',
  },
  zip: { at: 0, bytes: ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'], name: 'ZIP、またはExcel・Word' },
  '7z': { at: 0, bytes: ['7z\xbc\xaf'], name: '7-Zip形式の圧縮ファイル' },
  rar: { at: 0, bytes: ['Rar!'], name: 'RAR形式の圧縮ファイル' },
  lzh: { at: 2, bytes: ['-lh'], name: 'LZH形式の圧縮ファイル' },
  gzip: { at: 0, bytes: ['\x1f\x8b'], name: 'gzip形式の圧縮ファイル' },
  exe: { at: 0, bytes: ['MZ'], name: '実行ファイル（自己解凍形式など）' },
  ole: { at: 0, bytes: ['\xd0\xcf\x11\xe0'], name: '古い形式のExcel・Word' },
  rtf: { at: 0, bytes: ['{\\rtf'], name: 'RTF文書' },
  markup: { at: 0, bytes: ['<!DOCTYPE', '<html', '<?xml', '\xef\xbb\xbf<?xml'], name: 'HTML・XML' },
};

export type FileType = keyof typeof SIGNATURES;

/** Pictures that are read. */
export const PICTURES: ReadonlySet<FileType> = new Set<FileType>([
  'jpeg',
  'png',
  'tiff',
  'gif',
  'bmp',
  'webp',
  'heic',
]);

const TYPES = Object.keys(SIGNATURES) as FileType[];

/** The type of a file by its first bytes; null for text and for unknown types. */
export function fileType(head: Uint8Array): FileType | null {
  const text = latin1(head);
  return (
    TYPES.find((type) => SIGNATURES[type].bytes.some((b) => text.startsWith(b, SIGNATURES[type].at))) ?? null
  );
}

/** What a file looks like, in Japanese: it tells people what they sent instead of what was expected. */
export function describeFile(head: Uint8Array): string {
  const type = fileType(head);
  if (type) return SIGNATURES[type].name;
  const text = latin1(head);
  if (text.includes('\0')) return '種類の分からないファイル';
  return FIRST_CELL.test(text) ? 'CSVファイル' : '文字だけのファイル';
}

/** CSVバージョン, the first cell of every file of the standard, which quotes may be around. */
const FIRST_CELL = /^(?:\xef\xbb\xbf)?"?\d{6}"?,/;

/** A file of the standard by its name or its first cells (CSVバージョン, 保険者番号), which quotes may be around. */
export const isCsv = (name: string, head: Uint8Array): boolean =>
  !latin1(head).includes('\0') &&
  head.length > 0 &&
  (isStandardCsvName(name) || /^(?:\xef\xbb\xbf)?"?\d{6}"?,"?\d{5,6}"?,/.test(latin1(head)));

/** A signature is within the first bytes. */
const latin1 = (head: Uint8Array): string => Buffer.from(head.subarray(0, 64)).toString('latin1');
