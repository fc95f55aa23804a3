import { describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { withFile, zip, zipOf } from '../../builders/zip.ts';

const decide = (bytes: Uint8Array): Promise<PacketVerdict[]> =>
  withFile('upload.zip', bytes, (source) =>
    Array.fromAsync(decideUpload(source, { registries: [], today: '2024-10-05' })),
  );
const partsOf = (verdicts: PacketVerdict[]) =>
  verdicts
    .flatMap((v) => v.findings)
    .filter(({ message }) => message.includes('読み取っていません') && message.includes('目録に'))
    .map(({ code, severity, message }) => ({ code, severity, message }));

const first = () => zipOf({ '見本/packet.json': '{"event":"new"}' });
const second = () => zipOf({ '別人/packet.json': '{"event":"claim"}' });

/** The offsets of a ZIP, moved for bytes put before it, as self-extracting archives have them. */
function moved(bytes: Buffer, by: number): Buffer {
  const copy = Buffer.from(bytes);
  for (
    let at = copy.indexOf('PK\x01\x02', 0, 'latin1');
    at >= 0;
    at = copy.indexOf('PK\x01\x02', at + 4, 'latin1')
  )
    copy.writeUInt32LE(copy.readUInt32LE(at + 42) + by, at + 42);
  const end = copy.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  copy.writeUInt32LE(copy.readUInt32LE(end + 16) + by, end + 16);
  return copy;
}

/** The same ZIP with a comment. */
function commented(bytes: Buffer, comment: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16LE(comment.length, copy.length - 2);
  return Buffer.concat([copy, comment]);
}

describe('what a ZIP holds beside its files', () => {
  it.each([
    [
      'a second ZIP behind the first, which only other programs open',
      Buffer.concat([first(), moved(second(), first().length)]),
      '先頭に、別のZIPが',
    ],
    [
      'a ZIP before the first file',
      Buffer.concat([second(), moved(first(), second().length)]),
      '先頭に、別のZIPが',
    ],
    [
      'a ZIP in the comment',
      commented(first(), Buffer.concat([Buffer.from('x'), second().subarray(0, 60)])),
      'コメントの中に、別のZIPが',
    ],
    [
      'contents under the name of a folder',
      zip([
        { name: '見本/', bytes: '隠れた書類' },
        { name: '見本/a.csv', bytes: 'x' },
      ]),
      'フォルダーとして書かれた項目に、中身のデータが',
    ],
  ])('goes to a person: %s', async (_, bytes, sentence) => {
    const verdicts = await decide(bytes);
    const [part] = partsOf(verdicts);
    expect(part).toMatchObject({ code: 'F_ZIP_DAMAGED', severity: 'warn' });
    expect(part!.message).toContain(sentence);
    expect(verdicts.every(({ decision }) => decision !== 'accept')).toBe(true);
    expect(verdicts.every(({ ledger }) => ledger.accounted)).toBe(true);
  });

  it('goes to a person or is refused where the second ZIP was only put behind', async () => {
    const verdicts = await decide(Buffer.concat([first(), second()]));
    expect(verdicts.flatMap((v) => v.findings.map((f) => f.code))).toContain('F_ZIP_DAMAGED');
    expect(verdicts.every(({ decision }) => decision !== 'accept')).toBe(true);
  });

  it('is a note where a gateway added bytes behind the end', async () => {
    const [part] = partsOf(await decide(Buffer.concat([first(), Buffer.from('\r\n--boundary--\r\n')])));
    expect(part).toMatchObject({ severity: 'info' });
    expect(part!.message).toContain('末尾に、16 バイトのデータが');
  });

  it.each([
    ['an ordinary one', first()],
    ['one padded with zeros', Buffer.concat([first(), Buffer.alloc(512)])],
    [
      'one with folders and a comment',
      commented(
        zip([
          { name: '見本/', bytes: '', method: 0 },
          { name: '見本/a.csv', bytes: 'x' },
        ]),
        Buffer.from('6月分'),
      ),
    ],
    [
      'one with folders that are packed',
      zip([
        { name: '見本/', bytes: '' },
        { name: '見本/a.csv', bytes: 'x' },
      ]),
    ],
  ])('is nothing in %s', async (_, bytes) => {
    expect(partsOf(await decide(bytes))).toEqual([]);
  });

  it('is found in a ZIP inside the ZIP as well, with its path', async () => {
    const nested = Buffer.concat([second(), moved(first(), second().length)]);
    const [part] = partsOf(await decide(zip([{ name: '中.zip', bytes: nested, method: 0 }])));
    expect(part!.message).toContain('中.zip の先頭に');
  });
});
