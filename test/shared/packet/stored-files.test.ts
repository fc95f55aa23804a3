import { expect, test } from 'vitest';
import { collectBytes } from '../../../shared/packet/collect-bytes.ts';
import type { SplitFile } from '../../../shared/packet/packet.ts';
import { fileNumber, storedFiles } from '../../../shared/packet/stored-files.ts';
import { bufferSource } from '../../../shared/packet/zip/byte-source.ts';
import { zip } from '../../builders/zip.ts';

const INNER = zip([{ name: 'plan.pdf', bytes: 'inner' }]);
const UPLOAD = zip([
  { name: '一郎/plan.pdf', bytes: 'first' },
  { name: '一郎/.DS_Store', bytes: 'x' },
  { name: '二郎/plan.pdf', bytes: 'second' },
  { name: '二郎/card.jpg', bytes: 'removed' },
  { name: '三郎/all.zip', bytes: INNER },
]);
const stored = (packet: number, files: SplitFile[] | null = null) =>
  storedFiles(
    {
      name: 'month.zip',
      bytes: bufferSource(UPLOAD),
      redaction: { digest: 'd', files: [{ at: [3], digest: 'x', size: 7, read: null }] },
    },
    { packet, files },
  );

test('lists the files of one packet by their number in the upload, without leftovers', async () => {
  expect((await stored(1)).map((entry) => [fileNumber(entry), entry.path])).toEqual([['0', '一郎/plan.pdf']]);
  expect((await stored(2)).map(fileNumber)).toEqual(['2', '3']);
  expect(await stored(9)).toEqual([]);
});

test('finds a packet that was split out of the upload by its files, and of each its part', async () => {
  const rows = { encoding: 'ascii', spans: [{ row: 2, count: 1, byte: 1, size: 3 }] };
  const stray = { persons: 1, isShared: true };
  const entries = await stored(9, [
    { path: '一郎/plan.pdf', rows },
    { path: '二郎/plan.pdf', pages: [{ from: 2, to: 3 }] },
    { path: '二郎/plan.pdf', pages: [{ from: 4, to: 4 }], stray },
    { path: 'gone.pdf' },
  ]);
  expect(entries.map(fileNumber)).toEqual(['0', '2']);
  expect((await collectBytes(entries[0]!.bytes(true))).toString()).toBe('irs');
  expect(entries[1]!.part?.pages).toEqual([{ from: 2, to: 3 }]);
});

test('lists a document that was sent as it is', async () => {
  const lone = { name: '利用票.pdf', bytes: bufferSource(Buffer.from('%PDF-1.7 x')), redaction: null };
  const entries = await storedFiles(lone, { packet: 1, files: null });
  expect(entries.map(({ path, declaredSize }) => [path, declaredSize])).toEqual([['利用票.pdf', 10]]);
  expect((await collectBytes(entries[0]!.bytes(true))).toString()).toBe('%PDF-1.7 x');
});

test('unpacks the file that is asked for, also out of a nested ZIP', async () => {
  const [second] = await stored(2);
  expect((await collectBytes(second!.bytes(true))).toString()).toBe('second');
  const [nested] = await stored(3);
  expect(fileNumber(nested!)).toBe('4.0');
  expect((await collectBytes(nested!.bytes(true))).toString()).toBe('inner');
});

test('marks a file that was removed for its 個人番号', async () => {
  const [plan, card] = await stored(2);
  expect(plan?.withdrawn).toBeUndefined();
  expect(card?.withdrawn).toBeDefined();
});
