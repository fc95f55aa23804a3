import { describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { decideUpload } from '../../../shared/flow.ts';
import { withFile, zip, zipOf } from '../../builders/zip.ts';

const decide = (bytes: Uint8Array): Promise<PacketVerdict[]> =>
  withFile('upload.zip', bytes, (source) =>
    Array.fromAsync(decideUpload(source, { registries: [], today: '2024-10-05' })),
  );
const messagesOf = (verdicts: PacketVerdict[]): string =>
  verdicts.flatMap((v) => v.findings.map(({ message }) => message)).join('\n');
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

/** Bytes put into a ZIP, with the offsets of everything behind them. */
function inserted(bytes: Buffer, at: number, what: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const end = copy.length - 22;
  const start = copy.readUInt32LE(end + 16);
  if (at <= start) copy.writeUInt32LE(start + what.length, end + 16);
  for (let record = start; record < end; ) {
    const offset = copy.readUInt32LE(record + 42);
    if (offset >= at) copy.writeUInt32LE(offset + what.length, record + 42);
    record += 46 + [28, 30, 32].reduce((sum, field) => sum + copy.readUInt16LE(record + field), 0);
  }
  return Buffer.concat([copy.subarray(0, at), what, copy.subarray(at)]);
}

/** Where a ZIP has its directory, and the second of its entries. */
const placesIn = (bytes: Buffer) => ({
  directory: bytes.readUInt32LE(bytes.length - 6),
  end: bytes.length - 22,
  second: bytes.indexOf('PK\x03\x04', 4, 'latin1'),
});

const two = () =>
  zip([
    { name: '見本/packet.json', bytes: '{"event":"new"}', method: 0 },
    { name: '見本/b.txt', bytes: 'b'.repeat(50), method: 0 },
  ]);

/** A ZIP that counts fewer entries than it lists. */
function counting(bytes: Buffer, count: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16LE(count, copy.length - 14);
  copy.writeUInt16LE(count, copy.length - 12);
  return copy;
}

const END = { signature: Buffer.from('PK\x07\x08', 'latin1'), none: Buffer.alloc(0) };

/** An entry with a data descriptor, of four or of eight bytes for a size, behind a signature or without one. */
function described(signature: Buffer, isWide: boolean, bytes = 'b'.repeat(50)): Buffer {
  const whole = zip([
    { name: '見本/a.txt', bytes, method: 0, streamed: true },
    { name: '見本/b.txt', bytes: 'x', method: 0 },
  ]);
  const at = placesIn(whole).second - 16;
  const values = whole.subarray(at + 4, at + 16);
  const size = values.subarray(4, 8);
  const sizes = isWide ? Buffer.concat([size, Buffer.alloc(4), size, Buffer.alloc(4)]) : values.subarray(4);
  const descriptor = Buffer.concat([signature, values.subarray(0, 4), sizes]);
  const plain = inserted(whole, at + 16, descriptor);
  // The one of 16 bytes is taken out again.
  const { directory } = placesIn(plain);
  const cut = Buffer.concat([plain.subarray(0, at), plain.subarray(at + 16)]);
  const end = cut.length - 22;
  cut.writeUInt32LE(directory - 16, end + 16);
  for (let r = directory - 16; r < end; ) {
    const offset = cut.readUInt32LE(r + 42);
    if (offset > 0) cut.writeUInt32LE(offset - 16, r + 42);
    r += 46 + [28, 30, 32].reduce((sum, field) => sum + cut.readUInt16LE(r + field), 0);
  }
  return cut;
}

/** The records of ZIP64 before the end record, which itself counts nothing. */
function as64(bytes: Buffer): Buffer {
  const { directory, end } = placesIn(bytes);
  const record = Buffer.alloc(56);
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  for (const field of [24, 32]) record.writeBigUInt64LE(BigInt(bytes.readUInt16LE(end + 10)), field);
  record.writeBigUInt64LE(BigInt(end - directory), 40);
  record.writeBigUInt64LE(BigInt(directory), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(end), 8);
  locator.writeUInt32LE(1, 16);
  const last = Buffer.from(bytes.subarray(end));
  last.fill(0xff, 8, 20);
  return Buffer.concat([bytes.subarray(0, end), record, locator, last]);
}

/** A list in the reverse order of the bytes. */
function reversed(bytes: Buffer): Buffer {
  const { directory, end } = placesIn(bytes);
  const second = bytes.indexOf('PK\x01\x02', directory + 4, 'latin1');
  return Buffer.concat([
    bytes.subarray(0, directory),
    bytes.subarray(second, end),
    bytes.subarray(directory, second),
    bytes.subarray(end),
  ]);
}

/** A local extra field of zeros, as programs align data with. */
function aligned(bytes: Buffer): Buffer {
  const copy = inserted(bytes, 30 + bytes.readUInt16LE(26), Buffer.alloc(9));
  copy.writeUInt16LE(9, 28);
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

  it.each([
    [
      'a ZIP between two files',
      (z: Buffer) => inserted(z, placesIn(z).second, second()),
      '1番目の項目の後ろ（',
      '別のZIP',
    ],
    [
      'a ZIP between files and list',
      (z: Buffer) => inserted(z, placesIn(z).directory, second()),
      '2番目の項目の後ろ（',
      '別のZIP',
    ],
    [
      'a ZIP behind the list',
      (z: Buffer) => inserted(z, placesIn(z).end, second()),
      '目録の後ろ（',
      '別のZIP',
    ],
    [
      'bytes behind the list',
      (z: Buffer) => inserted(z, placesIn(z).end, Buffer.alloc(3000, 'x')),
      '目録の後ろ（',
      '3,000 バイトのデータ',
    ],
    [
      'a PDF between two files',
      (z: Buffer) => inserted(z, placesIn(z).second, Buffer.from('%PDF-1.7 x')),
      '1番目の項目の後ろ（',
      'PDF',
    ],
    [
      'a ZIP behind zeros',
      (z: Buffer) => inserted(z, placesIn(z).second, Buffer.concat([Buffer.alloc(2 ** 21), second()])),
      '1番目の項目の後ろ（',
      '別のZIP',
    ],
    [
      'a ZIP behind a data descriptor',
      () => {
        const z = described(END.signature, false);
        return inserted(z, placesIn(z).second, second());
      },
      '1番目の項目の後ろ（',
      '別のZIP',
    ],
    [
      'a ZIP behind the records of ZIP64',
      (z: Buffer) => {
        const y = as64(z);
        return Buffer.concat([y.subarray(0, -42), second(), y.subarray(-42)]);
      },
      '末尾の記録（ZIP64）の後ろ（',
      '別のZIP',
    ],
    ['two ZIPs of one layout', (z: Buffer) => Buffer.concat([z, z]), '目録の後ろ（', '別のZIP'],
    ['a ZIP of one layout as the comment', (z: Buffer) => commented(z, z), '目録の後ろ（', '別のZIP'],
    ['a PDF behind the end', (z: Buffer) => Buffer.concat([z, Buffer.from('%PDF-1.7 x')]), '末尾に、', 'PDF'],
    [
      'files that are not counted',
      (z: Buffer) => counting(z, 1),
      '末尾に書かれた件数（1 件）',
      '項目が 1 件',
    ],
  ])('tells the place of %s', async (_, spoil, place, what) => {
    const verdicts = await decide(spoil(two()));
    const message = messagesOf(verdicts);
    expect(message).toContain(place);
    expect(message).toContain(what);
    expect(verdicts.every(({ decision }) => decision !== 'accept')).toBe(true);
    expect(verdicts.flatMap((v) => v.findings).filter(({ code }) => code === 'F_ZIP_DAMAGED')).toEqual([
      expect.objectContaining({ severity: 'warn', remedy: expect.stringContaining('作り直して') }),
    ]);
  });

  it('names the first of many places', async () => {
    const bytes = 'x'.repeat(5);
    const files = Array.from({ length: 9 }, (_, i) => ({
      name: `見本/${i}.txt`,
      bytes,
      packed: Buffer.from(bytes),
      method: 0,
    }));
    const many = Buffer.from(zip(files));
    // Each file is listed as shorter than it is.
    for (let r = placesIn(many).directory; r < placesIn(many).end; r += 46 + many.readUInt16LE(r + 28))
      many.writeUInt32LE(3, r + 20);
    expect(messagesOf(await decide(many))).toContain('ほか 4 か所');
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
    ['one without any file', Buffer.concat([zip([])])],
    ['one whose list has another order', reversed(two())],
    ['one of ZIP64', as64(two())],
    ['one with aligned data', aligned(two())],
    ['a descriptor of 12 bytes', described(END.none, false)],
    ['a descriptor of 16 bytes', described(END.signature, false)],
    ['a descriptor of 20 bytes', described(END.none, true)],
    ['a descriptor of 24 bytes', described(END.signature, true)],
    ['a descriptor of 24 bytes behind no data', described(END.signature, true, '')],
    [
      'one with a digital signature',
      inserted(two(), placesIn(two()).end, Buffer.from('PK\x05\x05\x03\x00abc', 'latin1')),
    ],
  ])('is nothing in %s', async (_, bytes) => {
    expect(partsOf(await decide(bytes))).toEqual([]);
  });

  it.each([
    ['between its files', (z: Buffer) => inserted(z, placesIn(z).second, second())],
    ['that is not counted', (z: Buffer) => counting(z, 1)],
  ])('is found in a ZIP inside the ZIP: a part %s', async (_, spoil) => {
    const [part] = partsOf(await decide(zip([{ name: '中.zip', bytes: spoil(two()), method: 0 }])));
    expect(part).toMatchObject({ severity: 'warn' });
    expect(part!.message).toMatch(/^中\.zip の/);
  });

  it('is found in a ZIP inside the ZIP as well, with its path', async () => {
    const nested = Buffer.concat([second(), moved(first(), second().length)]);
    const [part] = partsOf(await decide(zip([{ name: '中.zip', bytes: nested, method: 0 }])));
    expect(part!.message).toContain('中.zip の先頭に');
  });
});
