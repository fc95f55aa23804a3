import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bufferSource, fileSource } from '../../../../shared/packet/zip/byte-source.ts';

const MIB = 1024 ** 2;
/** Larger than what is kept whole, and not a whole number of blocks. */
const bytes = randomBytes(9 * MIB + 123);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-bytes-'));
  writeFileSync(join(folder, 'large'), bytes);
  writeFileSync(join(folder, 'small'), bytes.subarray(0, 1000));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['a large file', () => fileSource(join(folder, 'large'))],
  ['bytes in memory', async () => bufferSource(bytes)],
])('%s', (_, open) => {
  it.each<[string, number, number]>([
    ['within a block', 10, 500],
    ['across two blocks', MIB - 7, 20],
    ['a whole block from within one', MIB / 2, MIB],
    ['more than a block', 3, 3 * MIB],
    ['the end, where there is less', bytes.length - 5, 50],
    ['nothing', 77, 0],
    ['behind the end', bytes.length + 5, 10],
  ])('gives %s', async (_what, start, length) => {
    const source = await open();
    const wanted = bytes.subarray(start, start + length);
    expect((await source.read(start, length)).equals(wanted)).toBe(true);
    const end = Math.min(start + length, bytes.length);
    expect((await buffer(source.stream(start, end))).equals(wanted)).toBe(true);
  });

  it('gives many parts at once, in any order', async () => {
    const source = await open();
    const starts = Array.from({ length: 200 }, (_, i) => (i * 7_919_993) % bytes.length);
    const parts = await Promise.all(starts.map((start) => source.read(start, 1000)));
    for (const [i, start] of starts.entries())
      expect(parts[i]!.equals(bytes.subarray(start, start + 1000))).toBe(true);
  });
});

it('knows the size of a small file as of a large one', async () => {
  expect((await fileSource(join(folder, 'small'))).size).toBe(1000);
  expect((await fileSource(join(folder, 'large'))).size).toBe(bytes.length);
});
