import { expect, test } from 'vitest';
import type { ReadDocument } from '../../../shared/documents/document.ts';
import { readDocuments } from '../../../shared/documents/read-documents.ts';
import { csvName, packetFile, upyobo, upyoboSub } from '../../builders/csv.ts';

const read = (files: Record<string, Uint8Array | string>): Promise<ReadDocument[]> =>
  readDocuments({
    name: '見本',
    digest: '',
    findings: [],
    rejected: [],
    files: Object.entries(files).map(([path, bytes]) => packetFile(path, bytes)),
  });
const codes = (documents: ReadDocument[]): string[] =>
  documents.flatMap((d) => d.findings.map((f) => `${f.code} ${f.severity}`));
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]);

test('leaves packet.json to others', async () => {
  expect(await read({ 'a/packet.json': '{}' })).toEqual([]);
});

test('asks a person to look at a picture', async () => {
  const documents = await read({
    'scan.jpg': JPEG,
    'scan.png': Buffer.from('\x89PNG\r\n', 'latin1'),
    'scan.tif': 'II*\0',
  });
  expect(codes(documents)).toEqual(Array(3).fill('F_FILE_IMAGE review'));
  expect(documents[0]).toMatchObject({
    kind: null,
    read_by: 'none',
    outcome: 'used',
    pages: { from: 1, to: 1 },
  });
  expect(documents[0]?.findings[0]?.message).toContain('scan.jpg');
});

test('tells that a file shows further pictures in turn', async () => {
  const control = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x08acTL\0\0\0\x03\0\0\0\0\0\0\0\0', 'latin1');
  const [document] = await read({ '動く.png': control });
  expect(codes([document!])).toEqual(['F_FILE_IMAGE review', 'F_FILE_UNKNOWN warn']);
  expect(document?.findings[1]?.message).toContain('ほかの2枚は読み取れません');
});

test('takes the family picture of the standard without a finding', async () => {
  const documents = await read({ 'UPKIHON_IMAGE_4370100010_43_4300100015_46_20240705101500_0001.jpg': JPEG });
  expect(codes(documents)).toEqual([]);
  expect(documents[0]?.title).toBe('UPKIHON_IMAGE');
});

test.each<[string, Uint8Array | string, string]>([
  ['計画書.docx', 'PK\x03\x04', 'Word'],
  ['計画書.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'Excel'],
  ['写真.avif', '\0\0\0\x18ftypavif', 'AVIF'],
  ['memo.txt', 'メモ', '文字'],
  ['箱.csv', 'PK\x03\x04', 'Word'],
])('names %s, what it looks like and what to do', async (path, bytes, looks) => {
  const [document] = await read({ [path]: bytes });
  expect(document).toMatchObject({ outcome: 'unsupported', kind: null, read_by: 'none' });
  expect(codes([document!])).toEqual(['F_FILE_UNKNOWN warn']);
  expect(document?.findings[0]?.message).toContain(path);
  expect(document?.findings[0]?.message).toContain(looks);
  expect(document?.findings[0]?.remedy).toMatch(/送り直してください/);
});

test('recognises a CSV of the standard by its contents', async () => {
  const documents = await read({ 'export.txt': upyobo(), 'export-sub.dat': upyoboSub() });
  expect(documents.map((d) => d.title)).toEqual(['UPYOBO', 'UPYOBO_SUB']);
});

test('keeps the order of the packet and reads each file once', async () => {
  let reads = 0;
  const plan = packetFile(csvName('UPYOBO'), upyobo());
  const sub = packetFile(csvName('UPYOBO_SUB'), upyoboSub());
  const counted = [sub, plan].map((file) => ({
    ...file,
    read: () => {
      reads++;
      return file.read();
    },
  }));
  const documents = await readDocuments({ name: '', digest: '', findings: [], rejected: [], files: counted });
  expect(documents.map((d) => d.title)).toEqual(['UPYOBO_SUB', 'UPYOBO']);
  expect(reads).toBe(2);
});

test('throws when a file cannot be fetched any more, so that the work is done again', async () => {
  const file = { ...packetFile('a.csv', ''), read: () => Promise.reject(new Error('disk')) };
  await expect(
    readDocuments({ name: '', digest: '', findings: [], rejected: [], files: [file] }),
  ).rejects.toThrow('disk');
});
