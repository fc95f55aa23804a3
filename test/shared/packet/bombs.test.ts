import { describe, expect, it } from 'vitest';
import { decideUpload } from '../../../shared/flow.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import { DEFAULT_LIMITS } from '../../../shared/packet/upload-limits.ts';
import { mostUnpacked } from '../../../shared/packet/zip/unpack-entry.ts';
import { bombIn } from '../../../shared/packet/zip/zip-bomb.ts';
import type { ZipEntry } from '../../../shared/packet/zip/zip-entry.ts';
import { withPacket } from '../../../shared/split/find-packet.ts';
import { flatBomb, overlappingBomb, quotedBomb } from '../../builders/bombs.ts';
import { withFile, zip } from '../../builders/zip.ts';

/** The upload decided from end to end. What it costs in seconds is measured by bench/hostile.ts. */
const verdictsOf = (bytes: Uint8Array) =>
  withFile('bomb.zip', bytes, (source) =>
    Array.fromAsync(decideUpload(source, { registries: [], today: '2024-10-05' })),
  );
const codesOf = (verdicts: { findings: { code: string }[] }[]) => [
  ...new Set(verdicts.flatMap((v) => v.findings.map((f) => f.code))),
];

describe('a ZIP made to cost its reader', () => {
  it.each([
    ['entries that share their data (120 KB)', () => overlappingBomb(2000), 'F_ZIP_DAMAGED', '重なって'],
    ['entries that quote each other (120 KB)', () => quotedBomb(1000), 'F_ZIP_DAMAGED', '重なって'],
    ['3.4 MB of entries that declare 3.3 GB', () => flatBomb(410, true), 'F_ZIP_TOO_LARGE', '全体の圧縮率'],
  ])('is refused by its list alone: %s', async (_, make, code, sentence) => {
    const verdicts = await verdictsOf(make());
    expect(codesOf(verdicts)).toEqual([code]);
    expect(verdicts).toHaveLength(1);
    expect(verdicts[0]).toMatchObject({ decision: 'return', ledger: { accounted: true } });
    expect(verdicts[0]!.findings[0]!.message).toContain(sentence);
  });

  it('is refused by its list where it grows by more than a reader may be held, below the ratio', () => {
    const entry = (n: number) =>
      ({ offset: n * 300_000, compressedSize: 250_000, unpackedSize: 10 * 1024 ** 2 }) as ZipEntry;
    const list = (count: number) => Array.from({ length: count }, (_, n) => entry(n));
    // A ratio of 35; a third of it is an ordinary upload.
    expect(bombIn(list(330), 330 * 300_000, DEFAULT_LIMITS)).toMatchObject({
      code: 'F_ZIP_TOO_LARGE',
      reason: expect.stringContaining('2 GB を超えて大きくなる'),
    });
    expect(bombIn(list(110), 110 * 300_000, DEFAULT_LIMITS)).toBeNull();
    const packed = 99 * 1024 ** 2;
    expect(mostUnpacked(DEFAULT_LIMITS, packed)).toBe(packed + DEFAULT_LIMITS.growthBytes);
    // Scans hardly grow: two gigabytes of them are read.
    expect(mostUnpacked(DEFAULT_LIMITS, 2 * 1024 ** 3)).toBe(4 * 1024 ** 3);
  });

  it('is refused as a whole where it is inside another ZIP', async () => {
    const verdicts = await verdictsOf(zip([{ name: '見本/中.zip', bytes: overlappingBomb(50), method: 0 }]));
    expect(codesOf(verdicts)).toContain('F_ZIP_DAMAGED');
    expect(verdicts.map(({ decision }) => decision)).toEqual(['return']);
  });

  it('whose directory is cut off after the overlap is refused all the same', async () => {
    const bytes = overlappingBomb(50);
    bytes.writeUInt16LE(60, bytes.length - 12);
    const verdicts = await verdictsOf(bytes);
    expect(verdicts.every(({ decision }) => decision === 'return')).toBe(true);
  });

  it('that declares less than comes out is unpacked up to the ratio of the whole, and no file after it', async () => {
    const verdicts = await verdictsOf(flatBomb(100, false));
    expect(codesOf(verdicts)).toContain('F_ZIP_TOO_LARGE');
    expect(verdicts.at(-1)!.findings[0]!.message).toContain('展開した合計が上限（この送付物では');
  });

  it('is not unpacked again by the stage that reads pictures', async () => {
    await withFile('bomb.zip', overlappingBomb(2000), async (source) => {
      expect(await withPacket(source, 'x', async (packet) => packet)).toBeNull();
      expect((await openUpload(source)).entries).toBe(0);
    });
  });
});

describe('an ordinary ZIP', () => {
  it('of many blank scans is read, though it is packed well', async () => {
    const blank = Buffer.alloc(3 * 1024 ** 2, 0xff);
    const verdicts = await verdictsOf(
      zip(
        Array.from({ length: 8 }, (_, i) => ({
          name: `見本/${i}.bmp`,
          bytes: Buffer.concat([Buffer.from([i]), blank]),
        })),
      ),
    );
    expect(codesOf(verdicts)).not.toContain('F_ZIP_TOO_LARGE');
  });

  it('whose entries are in another order than its directory is read', async () => {
    const bytes = zip([
      { name: 'a.csv', bytes: 'x' },
      { name: 'b.csv', bytes: 'yy' },
    ]);
    // The two records of the directory change places.
    const start = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    const second = bytes.indexOf('PK\x01\x02', start + 4, 'latin1');
    const end = bytes.indexOf('PK\x05\x06', 0, 'latin1');
    const turned = Buffer.concat([
      bytes.subarray(0, start),
      bytes.subarray(second, end),
      bytes.subarray(start, second),
      bytes.subarray(end),
    ]);
    const verdicts = await verdictsOf(turned);
    expect(codesOf(verdicts)).not.toContain('F_ZIP_DAMAGED');
  });
});
