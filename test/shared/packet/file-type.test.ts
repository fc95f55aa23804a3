import { expect, it } from 'vitest';
import { describeFile, fileType } from '../../../shared/packet/file-type.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

it.each([
  ['pdf', '%PDF-1.7'],
  ['jpeg', '\xff\xd8\xff\xe0'],
  ['tiff', 'MM\0*'],
  ['heic', '\0\0\0\x18ftypheic'],
  ['zip', 'PK\x03\x04'],
  ['lzh', '!!-lh5-'],
])('recognises %s by its first bytes', (type, head) => {
  expect(fileType(latin1(head))).toBe(type);
});

it.each(['', '申込書', 'x%PDF-', 'ftypheic'])(
  'returns null for text and for a signature elsewhere: %s',
  (text) => {
    expect(fileType(Buffer.from(text))).toBeNull();
  },
);

it.each([
  ['PNG画像', '\x89PNG\r\n'],
  ['種類の分からないファイル', 'a\0b'],
  ['CSVファイル', '"202407",99'],
  ['文字だけのファイル', 'memo'],
])('describes a file for the office as %s', (description, head) => {
  expect(describeFile(latin1(head))).toBe(description);
});
