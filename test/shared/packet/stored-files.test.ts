import { expect, test } from 'vitest';
import { collectBytes } from '../../../shared/packet/collect-bytes.ts';
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
const stored = (packet: number) =>
  storedFiles(
    {
      name: 'month.zip',
      bytes: bufferSource(UPLOAD),
      redaction: { digest: 'd', files: [{ at: [3], digest: 'x', size: 7, read: null }] },
    },
    packet,
  );

test('lists the files of one packet by their number in the upload, without leftovers', async () => {
  expect((await stored(1)).map((entry) => [fileNumber(entry), entry.path])).toEqual([['0', '一郎/plan.pdf']]);
  expect((await stored(2)).map(fileNumber)).toEqual(['2', '3']);
  expect(await stored(9)).toEqual([]);
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
