import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpenedUpload, openUpload } from '../../../shared/packet/open-upload.ts';
import type { Packet } from '../../../shared/packet/packet.ts';
import { DEFAULT_LIMITS, type UploadLimits } from '../../../shared/packet/upload-limits.ts';
import { withFile, type ZipPart, zip, zipOf } from '../../builders/zip.ts';

interface Opened extends OpenedUpload {
  all: Packet[];
}

const open = (
  bytes: Uint8Array | string,
  limits?: Partial<UploadLimits>,
  name = 'upload.zip',
): Promise<Opened> =>
  withFile(name, bytes, async (source) => {
    const upload = await openUpload(source, { ...DEFAULT_LIMITS, ...limits });
    return { ...upload, all: await Array.fromAsync(upload.packets()) };
  });
const openParts = (parts: ZipPart[], limits?: Partial<UploadLimits>): Promise<Opened> =>
  open(zip(parts), limits);
const shape = (upload: Opened): Record<string, string[]> =>
  Object.fromEntries(upload.all.map((p) => [p.name, p.files.map((f) => f.path)]));
const codes = (from: { findings: { code: string; severity: string }[] }): string[] =>
  from.findings.map((f) => `${f.code} ${f.severity}`);
const first = (upload: Opened): Packet => upload.all[0] as Packet;
const UPYOBO = 'UPYOBO_4370100010_43_4300100015_46_20240705101500.CSV';

test('returns one packet for a ZIP without folders, named after the upload', async () => {
  const upload = await open(zipOf({ 'plan.pdf': 'a', 'log.pdf': 'b' }), {}, '見本花子.zip');
  expect(shape(upload)).toEqual({ 見本花子: ['plan.pdf', 'log.pdf'] });
  expect(upload.findings).toEqual([]);
});

test('returns the bytes, size and digest of each file', async () => {
  const upload = await open(zipOf({ 'a/plan.pdf': 'あいう', 'b/plan.pdf': 'x' }));
  const file = first(upload).files[0]!;
  expect(Buffer.from(await file.read()).toString()).toBe('あいう');
  expect(file.size).toBe(9);
  expect(file.digest).toBe(createHash('sha256').update('あいう').digest('hex'));
});

test.each<[string, string[], Record<string, string[]>]>([
  ['opens a single top folder', ['top/a/x', 'top/b/y'], { a: ['top/a/x'], b: ['top/b/y'] }],
  [
    'takes one person folder as the packet',
    ['2024-07/見本/x', '2024-07/見本/y'],
    { 見本: ['2024-07/見本/x', '2024-07/見本/y'] },
  ],
  ['keeps files and one subfolder together', ['x', 'old/y'], { upload: ['x', 'old/y'] }],
  [
    'takes a level with packet.json as one packet',
    ['packet.json', 'a/x', 'b/y'],
    { upload: ['packet.json', 'a/x', 'b/y'] },
  ],
  [
    'takes a level with a CSV of the standard as one packet',
    [UPYOBO, 'a/x', 'b/y'],
    { upload: [UPYOBO, 'a/x', 'b/y'] },
  ],
  [
    'goes down folders that hold only folders',
    ['o/7/a/x', 'o/7/b/y', 'o/8/a/z', 'p/q/r'],
    {
      'o/7/a': ['o/7/a/x'],
      'o/7/b': ['o/7/b/y'],
      'o/8/a': ['o/8/a/z'],
      'p/q': ['p/q/r'],
    },
  ],
  [
    'gives files beside several folders a packet of their own',
    ['list', 'a/x', 'b/y'],
    { upload: ['list'], a: ['a/x'], b: ['b/y'] },
  ],
  [
    'keeps everything below a person',
    ['a/x', 'a/old/y', 'a/new/z', 'b/w'],
    { a: ['a/x', 'a/old/y', 'a/new/z'], b: ['b/w'] },
  ],
  [
    'keeps document folders with their person',
    ['見本/計画書/x', '見本/02_経過記録/y', '別人/PDF/z'],
    {
      見本: ['見本/計画書/x', '見本/02_経過記録/y'],
      別人: ['別人/PDF/z'],
    },
  ],
  [
    'splits a folder whose folders are packets',
    ['7/list', '7/a/packet.json', '7/b/packet.json', '8/c'],
    {
      '7': ['7/list'],
      '7/a': ['7/a/packet.json'],
      '7/b': ['7/b/packet.json'],
      '8': ['8/c'],
    },
  ],
])('%s', async (_name, paths, expected) => {
  expect(shape(await openParts(paths.map((name) => ({ name, bytes: name }))))).toEqual(expected);
});

test('keeps the order of the ZIP', async () => {
  const upload = await openParts(['c/1', 'a/1', 'b/1', 'a/2'].map((name) => ({ name, bytes: name })));
  expect(upload.all.map((p) => p.name)).toEqual(['c', 'a', 'b']);
});

test('reads CP932 names, also those with 0x5C inside a character', async () => {
  const upload = await openParts(
    ['表・予定/ソ十能.pdf', '見本太郎/予定表.pdf'].map((name) => ({
      name,
      bytes: name,
      names: 'cp932' as const,
    })),
  );
  expect(upload.all.flatMap((p) => p.files.map((f) => f.path))).toEqual([
    '表・予定/ソ十能.pdf',
    '見本太郎/予定表.pdf',
  ]);
  expect(upload.names).toBe('cp932');
  expect(codes(upload)).toEqual(['F_ZIP_NAME info']);
  expect(upload.findings[0]?.message).toContain('表・予定/ソ十能.pdf');
});

test('reads unflagged UTF-8 names without a word', async () => {
  const upload = await openParts([{ name: '見本/計画.pdf', bytes: 'x', names: 'utf-8-unflagged' }]);
  expect(first(upload).files[0]?.path).toBe('見本/計画.pdf');
  expect(codes(upload)).toEqual([]);
});

test('composes the decomposed names of macOS', async () => {
  const upload = await openParts([{ name: 'ガ/ペ.pdf'.normalize('NFD'), bytes: 'x' }]);
  expect(first(upload).files[0]?.path).toBe('ガ/ペ.pdf');
});

test('takes backslashes for separators where Windows wrote them', async () => {
  const upload = await openParts([
    { name: '見本\\a.pdf', bytes: 'x' },
    { name: '別人\\b.pdf', bytes: 'y' },
  ]);
  expect(upload.all.map((p) => p.name)).toEqual(['見本', '別人']);
});

test('counts leftovers of macOS and Windows without a finding', async () => {
  const upload = await open(
    zipOf({
      '見本/x.pdf': 'x',
      '__MACOSX/見本/._x.pdf': 'm',
      '見本/.DS_Store': 'd',
      '見本/Thumbs.db': 't',
      'desktop.ini': 'i',
    }),
  );
  expect(shape(upload)).toEqual({ 見本: ['見本/x.pdf'] });
  expect(first(upload).rejected.map((r) => r.outcome)).toEqual(Array(4).fill('unsupported'));
  expect(first(upload).findings).toEqual([]);
});

test.each([
  '../evil.pdf',
  '/etc/evil.pdf',
  'C:/evil.pdf',
  '見本/../../evil.pdf',
  '見本/a\0.pdf',
  '..\\evil.pdf',
])('keeps %j out and says so', async (name) => {
  const upload = await openParts([
    { name: '見本/x.pdf', bytes: 'x' },
    { name, bytes: 'evil' },
  ]);
  expect(upload.all.flatMap((p) => p.files.map((f) => f.path))).toEqual(['見本/x.pdf']);
  expect(upload.all.flatMap((p) => p.rejected)).toMatchObject([{ outcome: 'quarantined' }]);
  expect(upload.all.flatMap(codes)).toEqual(['F_ZIP_UNSAFE_PATH error']);
});

test('does not read a link', async () => {
  const upload = await openParts([{ name: 'a.pdf', bytes: '/etc/passwd', symlink: true }]);
  expect(codes(first(upload))).toEqual(['F_ZIP_UNSAFE_PATH error']);
});

test('names encrypted files in one finding', async () => {
  const upload = await openParts([
    { name: 'a.pdf', bytes: 'a', encrypted: true },
    { name: 'b.pdf', bytes: 'b', encrypted: true },
    { name: 'c.pdf', bytes: 'c' },
  ]);
  expect(codes(first(upload))).toEqual(['F_ZIP_ENCRYPTED error']);
  expect(first(upload).findings[0]?.message).toContain('a.pdf、b.pdf');
  expect(first(upload).files.map((f) => f.path)).toEqual(['c.pdf']);
});

test('distinguishes two files of one name by their contents', async () => {
  const same = await openParts([
    { name: 'a.pdf', bytes: 'a' },
    { name: 'a.pdf', bytes: 'a' },
  ]);
  expect(codes(first(same))).toEqual(['F_ZIP_DUPLICATE_NAME info']);
  expect(first(same).rejected).toEqual([{ path: 'a.pdf', outcome: 'duplicate' }]);
  const other = await openParts([
    { name: 'a.pdf', bytes: 'a' },
    { name: 'a.pdf', bytes: 'b' },
  ]);
  expect(codes(first(other))).toEqual(['F_ZIP_DUPLICATE_NAME error']);
});

test('takes equal contents once', async () => {
  const upload = await open(zipOf({ 'a.pdf': 'x', 'b.pdf': 'x' }));
  expect(first(upload).files.map((f) => f.path)).toEqual(['a.pdf']);
  expect(first(upload).rejected).toEqual([{ path: 'b.pdf', outcome: 'duplicate' }]);
  expect(codes(first(upload))).toEqual(['F_FILE_DUPLICATE info']);
});

test('keeps 予定 and 実績 of a month that went as planned, though their bytes are the same', async () => {
  const [plan, used] = ['UPPLAN', 'UPJSK'].map(
    (type) => `${type}_202406_0870100013_43_0800100018_46_20240705103000.CSV`,
  ) as [string, string];
  const upload = await open(zipOf({ [plan]: 'x', [used]: 'x', '実績.csv': 'x', '説明.csv': 'x' }));
  expect(first(upload).files.map((f) => f.path)).toEqual([plan, used, '説明.csv']);
  expect(first(upload).rejected).toEqual([{ path: '実績.csv', outcome: 'duplicate' }]);
});

test('names an empty file', async () => {
  const upload = await open(zipOf({ 'a.pdf': '', 'b.pdf': 'x' }));
  expect(codes(first(upload))).toEqual(['F_FILE_EMPTY error']);
  expect(first(upload).findings[0]?.where.file).toBe('a.pdf');
});

test.each<[string, Uint8Array | string, string]>([
  ['a picture of a kind that is not read', '\0\0\0\x18ftypavif', 'AVIF'],
  ['a document of DocuWorks', Buffer.from('\x60\x0e\x82\x01', 'latin1'), 'DocuWorks'],
  ['the last part of a split ZIP', `${'\0'.repeat(40)}PK\x05\x06\x01\0${'\0'.repeat(16)}`, '分割'],
  ['one byte', 'P', '文字'],
])('says what it looks like when %s is no ZIP', async (_name, bytes, looks) => {
  const upload = await open(bytes, {}, 'sent.bin');
  expect(codes(upload)).toEqual(['F_ZIP_NOT_ZIP error']);
  expect(upload.findings[0]?.message).toContain('sent.bin');
  expect(upload.findings[0]?.message).toContain(looks);
  expect(upload.all).toEqual([]);
});

test('refuses a workbook that was renamed to a ZIP, and says what it is', async () => {
  const upload = await open(zipOf({ '[Content_Types].xml': '<x/>' }), {}, 'sent.zip');
  expect(codes(upload)).toEqual(['F_ZIP_NOT_ZIP error']);
  expect(upload.findings[0]?.message).toContain('Excel');
});

test.each<[string, string, Uint8Array | string]>([
  ['a PDF', '利用票.pdf', '%PDF-1.7 …'],
  ['a CSV', 'sent.bin', '"202407",431007,'],
  ['a picture of a phone', 'IMG_1.HEIC', '\0\0\0\x18ftypheic'],
  ['a workbook', '評価表.xlsx', zipOf({ '[Content_Types].xml': '<x/>', 'xl/workbook.xml': '<x/>' })],
  ['a CSV by its name', 'UPPLAN_202406_0870100013_43_0800100018_46_20240703101500.CSV', 'x'],
  ['a picture', '写真.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
])('takes %s that was sent as it is for an upload of one file', async (_what, name, bytes) => {
  const upload = await open(bytes, {}, name);
  expect(codes(upload)).toEqual([]);
  expect(upload.entries).toBe(1);
  expect(first(upload).files.map(({ path }) => path)).toEqual([name]);
});

test('returns an empty ZIP and an empty file as such', async () => {
  expect(codes(await open(zip([])))).toEqual(['F_ZIP_EMPTY error']);
  expect(codes(await open(zipOf({ '__MACOSX/._a': 'x', '__MACOSX/': '' })))).toEqual(['F_ZIP_EMPTY error']);
  expect(codes(await open(''))).toEqual(['F_ZIP_EMPTY error']);
});

test.each([false, true])('finds what is left of a ZIP that was cut off (streamed: %s)', async (streamed) => {
  const bytes = zip([
    { name: 'a/x.pdf', bytes: 'x'.repeat(500), streamed },
    {
      name: 'b/y.pdf',
      bytes: Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)),
      streamed,
    },
  ]);
  const upload = await open(bytes.subarray(0, bytes.length * 0.6));
  expect(codes(upload)).toEqual(['F_ZIP_DAMAGED error']);
  expect(first(upload).name).toBe('a');
  expect(first(upload).files.map((f) => f.path)).toEqual(['a/x.pdf']);
  expect(codes(first(upload))).toEqual(['F_ZIP_DAMAGED warn']);
  expect(upload.all[1]?.files).toEqual([]);
  expect(codes(upload.all[1]!)).toContain('F_ZIP_DAMAGED error');
});

test('returns the other files when one is damaged', async () => {
  const upload = await openParts([
    { name: 'a.pdf', bytes: 'a'.repeat(99), declared: { crc32: 1 } },
    { name: 'b.pdf', bytes: 'b', method: 99 },
    { name: 'c.pdf', bytes: 'c' },
  ]);
  expect(first(upload).files.map((f) => f.path)).toEqual(['c.pdf']);
  expect(codes(first(upload))).toEqual(['F_ZIP_DAMAGED error', 'F_ZIP_DAMAGED error']);
});

test('counts real bytes, whatever the ZIP declares', async () => {
  const upload = await openParts([{ name: 'a.pdf', bytes: 'a'.repeat(5000), declared: { size: 5 } }], {
    fileBytes: 1000,
  });
  expect(codes(first(upload))).toEqual(['F_FILE_TOO_LARGE error']);
  expect(first(upload).rejected).toEqual([{ path: 'a.pdf', outcome: 'quarantined' }]);
});

test('stops at the limits of ratio, total and number', async () => {
  const zeros = { name: 'a.pdf', bytes: new Uint8Array(100_000) };
  const bomb = await openParts([zeros], { ratio: 50, ratioFrom: 1000 });
  expect(codes(first(bomb))).toEqual(['F_ZIP_TOO_LARGE error']);
  const parts = ['a', 'b', 'c'].map((name) => ({ name: `${name}.pdf`, bytes: name.repeat(400) }));
  const total = await openParts(parts, { totalBytes: 900 });
  expect(first(total).files.map((f) => f.path)).toEqual(['a.pdf', 'b.pdf']);
  expect(codes(first(total))).toEqual(['F_ZIP_TOO_LARGE error']);
  const many = await openParts(parts, { files: 2 });
  expect(codes(many)).toEqual(['F_ZIP_TOO_LARGE error']);
  expect(many.all).toEqual([]);
});

test('opens a ZIP inside the ZIP as a folder, and no deeper', async () => {
  const inner = zipOf({ 'x.pdf': 'x' });
  const upload = await open(
    zipOf({ '見本.zip': inner, '別人.zip': zipOf({ 'y.pdf': 'y', 'deep.zip': inner }) }),
  );
  expect(shape(upload)).toEqual({ 見本: ['見本.zip/x.pdf'], 別人: ['別人.zip/y.pdf'] });
  expect(Buffer.from(await upload.all[0]!.files[0]!.read()).toString()).toBe('x');
  expect(codes(upload.all[1]!)).toEqual(['F_ZIP_NESTED error']);
});

test('names a ZIP inside that cannot be opened', async () => {
  const upload = await open(
    zipOf({ 'a.pdf': 'a', 'b.zip': 'PK\x03\x04 broken', 'c.zip': 'no zip', 'd.zip': zip([]) }),
  );
  expect(codes(first(upload)).sort()).toEqual(['F_ZIP_DAMAGED error', 'F_ZIP_EMPTY error']);
  expect(first(upload).files.map((f) => f.path)).toEqual(['a.pdf', 'c.zip']);
});

test('gives equal contents the same digest under another name, and other contents another', async () => {
  const a = await open(zipOf({ '見本/x': '1', '見本/y': '2' }), {}, 'a.zip');
  const b = await open(
    zipOf({ '再送/見本 花子/y': '2', '再送/見本 花子/x': '1', '再送/.DS_Store': '-' }),
    {},
    'b.zip',
  );
  const c = await open(zipOf({ '見本/x': '1', '見本/y': '3' }));
  expect(first(b).digest).toBe(first(a).digest);
  expect(first(c).digest).not.toBe(first(a).digest);
  expect(b.digest).not.toBe(a.digest);
});

test('opens a folder by the same rules, and does not follow links', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-test-'));
  try {
    const files = {
      '見本/x.pdf': 'x',
      '別人/y.pdf': 'y',
      '箱.zip': zipOf({ 'z.pdf': 'z' }),
      '別人/.DS_Store': 'd',
    };
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    symlinkSync('/etc/hostname', join(folder, '別人', 'link.pdf'));
    const upload = await openUpload({ name: 'folder', folder });
    const all = await Array.fromAsync(upload.packets());
    expect(shape({ ...upload, all })).toEqual({
      別人: ['別人/y.pdf'],
      箱: ['箱.zip/z.pdf'],
      見本: ['見本/x.pdf'],
    });
    expect(all.flatMap(codes)).toEqual(['F_ZIP_UNSAFE_PATH error']);
    expect(Buffer.from(await all[1]!.files[0]!.read()).toString()).toBe('z');
    const zipped = await open(zipOf({ '見本/x.pdf': 'x', 'o/p': '' }));
    expect(all.find((p) => p.name === '見本')?.digest).toBe(
      zipped.all.find((p) => p.name === '見本')?.digest,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('accounts for every entry, whatever the bytes are', async () => {
  const valid = zip([
    { name: '見本/x.pdf', bytes: 'xyz'.repeat(50) },
    { name: '別人/表.pdf', bytes: 'abc', names: 'cp932' },
    { name: 'b.zip', bytes: zipOf({ 'y.pdf': 'y' }) },
  ]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(valid.length),
      async (changes, cut) => {
        const bytes = Buffer.from(valid);
        for (const [at, value] of changes) bytes[at] = value;
        const upload = await open(bytes.subarray(0, cut % 3 === 0 ? cut : bytes.length));
        const accounted = upload.all.flatMap((p) => [...p.files, ...p.rejected]).length;
        expect(accounted > 0 || upload.findings.some((f) => f.severity === 'error')).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

test('tells of folders without a file', async () => {
  const upload = await open(zipOf({ '見本/': '', '見本/x.pdf': 'x', '別人/': '' }));
  expect(codes(upload)).toEqual(['F_ZIP_EMPTY info']);
  expect(upload.findings[0]?.message).toContain('別人/');
  expect(upload.findings[0]?.message).not.toContain('見本/');
});

test('tells once how names were read, however many ZIPs are inside', async () => {
  const inner = (name: string): Buffer => zip([{ name, bytes: name, names: 'cp932' }]);
  const upload = await open(zipOf({ 'a.zip': inner('表.pdf'), 'b.zip': inner('予定.pdf') }));
  expect(codes(upload)).toEqual(['F_ZIP_NAME info']);
  expect(upload.all.flatMap((p) => p.files.map((f) => f.path))).toEqual(['a.zip/表.pdf', 'b.zip/予定.pdf']);
});

test('reads a ZIP with bytes added behind it, and notes them', async () => {
  const upload = await open(Buffer.concat([zipOf({ 'a.pdf': 'a' }), Buffer.from('\r\n')]));
  expect(codes(upload)).toEqual(['F_ZIP_DAMAGED info']);
  expect(first(upload).files.map((f) => f.path)).toEqual(['a.pdf']);
});

test('refuses a list that folders fill before its last files', async () => {
  const folders = Array.from({ length: 5 }, (_, i) => ({ name: `${i}/`, bytes: '', method: 0 }));
  const upload = await openParts([...folders, { name: 'a/packet.json', bytes: '{}' }], { files: 3 });
  expect(codes(upload)).toContain('F_ZIP_TOO_LARGE error');
  expect(upload.all).toEqual([]);
});
