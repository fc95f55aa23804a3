import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import type { TroubledIdentity } from '../../../shared/packet/troubled-identity.ts';
import { DEFAULT_LIMITS, type UploadLimits } from '../../../shared/packet/upload-limits.ts';
import type { Redaction } from '../../../shared/packet/withdrawn.ts';
import { bufferSource } from '../../../shared/packet/zip/byte-source.ts';
import { redactZip } from '../../../shared/packet/zip/redact-zip.ts';
import { withPacket } from '../../../shared/split/find-packet.ts';
import { myNumber } from '../../builders/my-number.ts';
import { withFile, type ZipPart, zip } from '../../builders/zip.ts';

interface How {
  name?: string;
  limits?: Partial<UploadLimits>;
  identity?: TroubledIdentity;
  redaction?: Redaction;
}

const digestsOf = (
  bytes: Uint8Array | string,
  { name = 'upload.zip', limits, identity, redaction }: How = {},
): Promise<string[]> =>
  withFile(name, bytes, async (source) => {
    const all = { ...DEFAULT_LIMITS, ...limits };
    const upload = await openUpload({ ...source, redaction: redaction ?? null }, all, identity);
    return (await Array.fromAsync(upload.packets())).map(({ digest }) => digest);
  });

/** Papers of two persons by the names that care software gives, none of which can be read. */
const locked = (person: string, bytes: string): ZipPart => ({
  ...{ name: `${person}/UPKIHON.CSV`, bytes, method: 0, encrypted: true },
});
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a packet of files that cannot be read', () => {
  it.each<[string, ZipPart[], ZipPart[]]>([
    ['with a password', [locked('佐藤', 'AAAA')], [locked('鈴木', 'BBBB')]],
    ['with a password, of equal bytes', [locked('佐藤', 'AAAA')], [locked('鈴木', 'AAAA')]],
    ['with a password, of one folder', [locked('佐藤', 'AAAA')], [locked('佐藤', 'BBBB')]],
    [
      'out of the folder',
      [{ name: '../佐藤/x.csv', bytes: 'AAAA' }],
      [{ name: '../佐藤/x.csv', bytes: 'BBBB' }],
    ],
    ['from the root', [{ name: '/佐藤/x.csv', bytes: 'AAAA' }], [{ name: '/田中/x.csv', bytes: 'AAAA' }]],
    [
      'that are links',
      [{ name: '佐藤/x', bytes: '../a', symlink: true }],
      [{ name: '鈴木/x', bytes: '../a', symlink: true }],
    ],
    [
      'that are packed in an unknown way',
      [{ name: '佐藤/x.csv', bytes: 'AAAA', method: 9 }],
      [{ name: '佐藤/x.csv', bytes: 'BBBB', method: 9 }],
    ],
    [
      'that are damaged',
      [{ name: '佐藤/x.csv', bytes: 'AAAA', declared: { crc32: 1 } }],
      [{ name: '佐藤/x.csv', bytes: 'BBBB', declared: { crc32: 1 } }],
    ],
    [
      'of which one alone has other bytes',
      [{ name: '佐藤/a.csv', bytes: 'a' }, locked('佐藤', 'AAAA')],
      [{ name: '佐藤/a.csv', bytes: 'a' }, locked('佐藤', 'BBBB')],
    ],
  ])('is another one than that of other files: %s', async (_, one, other) => {
    const [first, again, second] = await Promise.all([one, one, other].map((parts) => digestsOf(zip(parts))));
    expect(again).toEqual(first);
    expect(second).not.toEqual(first);
  });

  it('is one for each person of a ZIP', async () => {
    const digests = await digestsOf(zip([locked('佐藤', 'AAAA'), locked('鈴木', 'AAAA')]));
    expect(new Set(digests).size).toBe(2);
  });

  it('is told apart inside a ZIP of the ZIP', async () => {
    const nested = (bytes: string) =>
      zip([{ name: '中.zip', bytes: zip([locked('佐藤', bytes)]), method: 0 }]);
    expect(await digestsOf(nested('AAAA'))).not.toEqual(await digestsOf(nested('BBBB')));
  });

  it('is told apart where one file was sent that is too large, whatever its name', async () => {
    const limits = { fileBytes: 10 };
    const large = (end: string) => `%PDF-1.7 ${'x'.repeat(20)}${end}`;
    const first = await digestsOf(large('a'), { name: 'scan.pdf', limits });
    expect(await digestsOf(large('a'), { name: 'scan.pdf', limits })).toEqual(first);
    expect(await digestsOf(large('b'), { name: 'scan.pdf', limits })).not.toEqual(first);
  });

  it('stays the same when a file with a 個人番号 in its name is removed, and keeps nothing of its bytes', async () => {
    const number = myNumber();
    const bytes = zip([
      { name: `佐藤/マイナンバー_${number}.csv`, bytes: 'AAAA', method: 0 },
      locked('佐藤', 'BBBB'),
      { name: '佐藤/a.csv', bytes: 'a' },
    ]);
    const files = [{ at: [0], digest: null, size: 0, read: null }];
    const places = files.map(({ at }) => at);
    const copy = await redactZip(bufferSource(bytes), {
      ...{ name: 'upload.zip', places, maskNames: true, limits: DEFAULT_LIMITS },
    });
    const removed = await copy.read(0, copy.size);
    const redaction = { digest: '0', files };
    for (const identity of ['name', 'contents'] as const)
      expect(await digestsOf(removed, { redaction, identity })).toEqual(await digestsOf(bytes, { identity }));
  });

  it('is found by its digest of before as well', async () => {
    const bytes = zip([{ name: '佐藤/a.csv', bytes: 'a' }, locked('佐藤', 'AAAA')]);
    const before = sha([`UPKIHON.CSV\0F_ZIP_ENCRYPTED`, `a.csv\0${sha('a')}`].join('\n'));
    expect(await digestsOf(bytes, { identity: 'name' })).toEqual([before]);
    const [now] = await digestsOf(bytes);
    const found = await withFile('upload.zip', bytes, (source) =>
      Promise.all(
        [before, now!].map((digest) => withPacket(source, digest, async (packet) => packet.digest)),
      ),
    );
    expect(found).toEqual([before, now]);
  });

  it('changes nothing for a packet of files that can be read', async () => {
    const digests = await digestsOf(
      zip([
        { name: '佐藤/a.csv', bytes: 'a' },
        { name: '佐藤/空.csv', bytes: '' },
      ]),
    );
    expect(digests).toEqual([sha([`a.csv\0${sha('a')}`, `空.csv\0${sha('')}`].join('\n'))]);
  });
});
