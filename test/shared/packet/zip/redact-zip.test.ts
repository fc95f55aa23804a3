import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { collectBytes } from '../../../../shared/packet/collect-bytes.ts';
import { openUpload } from '../../../../shared/packet/open-upload.ts';
import { DEFAULT_LIMITS } from '../../../../shared/packet/upload-limits.ts';
import type { Redaction, WithdrawnFile } from '../../../../shared/packet/withdrawn.ts';
import { bufferSource } from '../../../../shared/packet/zip/byte-source.ts';
import { listZip } from '../../../../shared/packet/zip/list-zip.ts';
import { redactZip } from '../../../../shared/packet/zip/redact-zip.ts';
import { unpackEntry } from '../../../../shared/packet/zip/unpack-entry.ts';
import { isIn, myNumber, wide } from '../../../builders/my-number.ts';
import { withFile, type ZipPart, zip } from '../../../builders/zip.ts';

const NUMBER = myNumber();
const CARRIER = `見本 花子\r\n個人番号 ${NUMBER}\r\n`;

async function redacted(bytes: Buffer, places: number[][], maskNames = false): Promise<Buffer> {
  const copy = await redactZip(bufferSource(bytes), {
    name: 'upload.zip',
    places,
    maskNames,
    limits: DEFAULT_LIMITS,
  });
  const read = await copy.read(0, copy.size);
  expect(Buffer.concat(await Array.fromAsync(copy.stream(0, copy.size))).equals(read)).toBe(true);
  return read;
}

/** Contents of every entry, in the order of the directory. */
async function contents(bytes: Buffer): Promise<Buffer[]> {
  const source = bufferSource(bytes);
  const { entries, damage } = await listZip(source, 1000);
  expect(damage).toBeNull();
  return Promise.all(
    entries.map((entry) => collectBytes(unpackEntry(source, entry, DEFAULT_LIMITS, { total: 0 }))),
  );
}

describe('a ZIP from which an entry is taken', () => {
  const parts: ZipPart[] = [
    { name: 'a/利用票.txt', bytes: 'first' },
    { name: 'a/一覧.txt', bytes: CARRIER, method: 0 },
    { name: 'b/計画書.txt', bytes: 'third '.repeat(500), streamed: true, names: 'cp932' },
  ];
  it.each([
    ['stored', parts],
    ['deflated', parts.map((part) => ({ ...part, method: 8 }))],
    ['streamed, sizes behind the data', parts.map((part) => ({ ...part, streamed: true }))],
  ])('keeps every other entry byte for byte: %s', async (_, these) => {
    const before = zip(these);
    const after = await redacted(before, [[1]]);
    expect(isIn(after, NUMBER)).toBe(false);
    expect(await contents(after)).toEqual([
      Buffer.from('first'),
      Buffer.alloc(0),
      Buffer.from('third '.repeat(500)),
    ]);
    expect(after).toHaveLength(before.length);
  });

  it('is changed no more when it is done again', async () => {
    const once = await redacted(zip(parts), [[1]]);
    expect((await redacted(once, [[1]])).equals(once)).toBe(true);
  });

  it('stays as damaged as it was', async () => {
    const whole = zip(parts);
    const cut = whole.subarray(0, whole.indexOf('PK\x01\x02', 0, 'latin1') + 30);
    const after = await redacted(cut, [[1]]);
    expect(isIn(after, NUMBER)).toBe(false);
    const [old, now] = await Promise.all([cut, after].map((b) => listZip(bufferSource(b), 1000)));
    expect(now!.damage).toEqual(old!.damage);
    expect(now!.entries.map(({ offset }) => offset)).toEqual(old!.entries.map(({ offset }) => offset));
  });

  it.each([
    ['deflated', 8],
    ['stored', 0],
  ])('inside another ZIP leaves the others of both: %s', async (_, method) => {
    const inner = zip(parts);
    const after = await redacted(
      zip([
        { name: 'x.txt', bytes: 'before' },
        { name: '内.zip', bytes: inner, method },
        { name: 'y.txt', bytes: 'behind' },
      ]),
      [[1, 1]],
    );
    const [x, nested, y] = await contents(after);
    expect([String(x), String(y)]).toEqual(['before', 'behind']);
    expect(isIn(nested!, NUMBER)).toBe(false);
    expect((await contents(nested!))[2]).toEqual(Buffer.from('third '.repeat(500)));
  });

  it('moves what follows where a nested ZIP needs more room than it had', async () => {
    // Words without end: the more memory for its tables, the smaller. What goes is one letter.
    let seed = 7;
    const words = Array.from({ length: 120_000 }, () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return `w${(seed >> 8) % 4099}`;
    }).join(' ');
    const inner = zip([
      { name: 'a.txt', bytes: 'a', method: 0 },
      { name: 'b.txt', bytes: words, method: 0 },
    ]);
    const packed = deflateRawSync(inner, { level: 9, memLevel: 9 });
    const outer = zip([
      { name: '内.zip', bytes: inner, packed },
      { name: 'y.txt', bytes: 'behind' },
    ]);
    const grown = await redacted(outer, [[0, 0]]);
    expect(grown.length).toBeGreaterThan(outer.length);
    const [nested, y] = await contents(grown);
    expect(String(y)).toBe('behind');
    const [a, b] = await contents(nested!);
    expect([String(a), String(b) === words]).toEqual(['', true]);
  });

  it.each([
    ['utf-8', NUMBER],
    ['cp932', NUMBER],
    ['utf-8', wide(NUMBER)],
    ['cp932', wide(NUMBER)],
  ] as const)('loses the number in a name written in %s', async (names, number) => {
    const after = await redacted(
      zip([
        { name: `花子/マイナンバー_${number}.txt`, bytes: 'x', names },
        { name: '花子/計画書.txt', bytes: 'y', names },
      ]),
      [[0]],
      true,
    );
    expect(isIn(after, NUMBER)).toBe(false);
    expect((await contents(after)).map(String)).toEqual(['', 'y']);
  });
});

describe('an upload from which files were taken', () => {
  const upload = zip([
    { name: '甲/一覧.txt', bytes: CARRIER },
    { name: '甲/一覧の写し.txt', bytes: CARRIER },
    { name: '甲/計画書.txt', bytes: 'plan' },
    {
      name: '乙/送付.zip',
      bytes: zip([
        { name: '丙/票.txt', bytes: 'p' },
        { name: '丙/番号.txt', bytes: CARRIER },
      ]),
    },
    { name: '乙/マイナンバー.txt', bytes: 'no number in this name' },
    { name: `丁/個人番号${NUMBER}/票.txt`, bytes: 'in a folder' },
  ]);
  const open = (bytes: Buffer, redaction?: Redaction) =>
    withFile('七月.zip', bytes, async (source) => {
      const opened = await openUpload({ ...source, ...(redaction && { redaction }) });
      return { opened, packets: await Array.fromAsync(opened.packets()) };
    });

  it('gives the same packets, before and after the copy took its place', async () => {
    const { opened, packets } = await open(upload);
    expect(opened.hasNumberedName).toBe(true);
    const read = { read_by: 'text', kind: null, title: null, pages: 0, rows: 0, place: {} } as const;
    const carrier = packets[0]!.files[0]!.digest;
    const files = packets
      .flatMap(({ entries }) => entries!)
      .filter(({ digest, isNumbered }) => digest === carrier || isNumbered)
      .map(({ at, digest, size }): WithdrawnFile => ({ at, digest, size, read: digest ? read : null }));
    expect(files.map(({ at }) => at)).toEqual([[0], [1], [3, 1], [5]]);
    const redaction: Redaction = { digest: opened.digest, files };
    const copy = await redacted(
      upload,
      files.map(({ at }) => at),
      true,
    );
    expect(isIn(copy, NUMBER)).toBe(false);
    const plain = (list: typeof packets) =>
      list.map(({ files, entries, ...packet }) => ({
        ...packet,
        entries: entries!.map(({ at, path }) => [at, path]),
        files: files.map(({ path, digest, size }) => [path, digest, size]),
      }));
    for (const bytes of [upload, copy]) {
      const again = await open(bytes, redaction);
      expect(plain(again.packets)).toEqual(plain(packets));
      expect(again.opened).toMatchObject({ digest: opened.digest, entries: opened.entries });
      expect(again.opened.findings).toEqual(opened.findings);
    }
    expect(JSON.stringify(packets)).not.toContain(NUMBER);
  });
});
