import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync, inflateSync } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient, type UploadStatus } from '../../cli/api-client.ts';
import { backup } from '../../host/backup.ts';
import { type Host, startHost } from '../../host/host.ts';
import { newPage } from '../../samples/lib/page.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { closeOcrReader } from '../../shared/documents/ocr/ocr-file-isolated.ts';
import { collectBytes } from '../../shared/packet/collect-bytes.ts';
import { SCRATCH } from '../../shared/packet/scratch-folder.ts';
import { DEFAULT_LIMITS } from '../../shared/packet/upload-limits.ts';
import { bufferSource } from '../../shared/packet/zip/byte-source.ts';
import { listZip } from '../../shared/packet/zip/list-zip.ts';
import { unpackEntry } from '../../shared/packet/zip/unpack-entry.ts';
import { uploadKey } from '../../shared/records/events/upload-id.ts';
import { objectVersions } from '../../shared/records/store/object-versions.ts';
import { TABLES, type TableName } from '../../shared/records/store/tables.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { scanned, toPng } from '../builders/a-scan.ts';
import { cp932 } from '../builders/cp932.ts';
import { openDeskFolder } from '../builders/desk-folder.ts';
import { isIn, myNumber, wide } from '../builders/my-number.ts';
import { embeddedPdf } from '../builders/pdf.ts';
import { type ZipPart, zip } from '../builders/zip.ts';
import { basePackets, REGISTRIES } from '../hostile/lib/base-packets.ts';

// One desk with real queues and stores is sent a 個人番号 in every shape; then every byte it keeps is searched for it.
// No two adjacent digits are equal, so that no compression of repeats splits the number.
const NUMBER = myNumber('48392057163');
const sources = mkdtempSync(join(tmpdir(), 'my-number-'));
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-my-number-'));
const data = join(folder, 'data');
const logged: string[] = [];
const { write } = process.stderr;
let desk: Host;
let client: ApiClient;
let parts: ZipPart[];
let carriers: Buffer[];
let first: UploadStatus;
let again: UploadStatus;
let other: UploadStatus;
let big: UploadStatus;
const large = randomBytes(9 * 1024 ** 2);

const isCarrier = ({ name }: ZipPart): boolean => /番号/.test(name);

beforeAll(async () => {
  process.stderr.write = ((chunk: string) => Boolean(logged.push(String(chunk)))) as typeof write;
  parts = await allShapes();
  // The nested ZIP stays, without the one file in it.
  carriers = parts
    .filter((part) => isCarrier(part) && !part.name.endsWith('.zip'))
    .map(({ bytes }) => Buffer.from(bytes!));
  desk = await startHost({ folder: data, port: 0 });
  client = new ApiClient(desk);
  for (const file of REGISTRIES) await client.importRegistry(await loadRegistry(file));
  // The last three are sent before the pictures of the first are read.
  const whole = zip(parts);
  const ids = [
    await send(`マイナンバー${NUMBER}.zip`, whole),
    await send('同じもの.zip', whole),
    await send('画像だけ.zip', zip(parts.filter(({ name }) => name.startsWith('丁')))),
    // more than one part of a multipart upload
    await send('大きい.zip', zip([{ name: '大/写真.bin', bytes: large, method: 0 }, parts.find(isCarrier)!])),
  ];
  const answered = (id: string) => client.waitForAnswer(id, async () => false);
  first = await answered(ids[0]!);
  again = await answered(ids[1]!);
  other = await answered(ids[2]!);
  big = await answered(ids[3]!);
  await desk.waitUntilIdle();
});
afterAll(async () => {
  process.stderr.write = write;
  closeOcrReader();
  await desk?.stop();
  for (const one of [folder, sources]) rmSync(one, { recursive: true, force: true });
});

async function send(name: string, bytes: Buffer): Promise<string> {
  const file = join(sources, 'upload.zip');
  writeFileSync(file, bytes);
  return client.send({ name, file });
}

/** Real papers, and beside them files with the number: in a name, in text, CSV, PDF, JSON, a picture, a ZIP. */
async function allShapes(): Promise<ZipPart[]> {
  const base = (await basePackets()).find(({ name }) => name === 'iwaki-commissioned')!;
  const good = (person: string): ZipPart[] =>
    [...base.files].map(([name, bytes]) => ({ name: `${person}/${name}`, bytes }));
  const labelled = (label: string, number = NUMBER) => `${label}　${number}`;
  const pdf = await embeddedPdf([
    ['介護予防サービス・支援計画書', '利用者名 見本 花子'],
    ['届出書', labelled('個人番号', wide(NUMBER))],
    ['利用票', '令和6年6月分'],
  ]);
  const page = newPage();
  for (const [i, line] of ['介護保険被保険者証', labelled('個人番号'), '氏名　見本　花子'].entries())
    page.marks.push({ kind: 'text', x: 60, y: 60 + i * 40, size: 14, text: line, bold: false, grey: 0 });
  const rows = `被保険者番号,氏名,個人番号\r\n0000000101,見本　花子,${NUMBER}\r\n`;
  return [
    ...good('甲'),
    { name: '甲/番号一覧.csv', bytes: cp932(rows), names: 'cp932' },
    { name: '甲/番号メモ.txt', bytes: labelled('マイナンバー', wide(NUMBER)) },
    { name: '甲/番号の写し.txt', bytes: labelled('マイナンバー', wide(NUMBER)) },
    { name: '甲/番号のある束.pdf', bytes: pdf },
    { name: '甲/番号/packet.json', bytes: JSON.stringify({ name: '見本 花子', my_number: NUMBER }) },
    {
      name: '乙/番号.zip',
      bytes: zip([
        ...good('丙'),
        { name: '丙/番号.csv', bytes: cp932(rows) },
        { name: '戊/票.txt', bytes: 'ok' },
      ]),
    },
    ...good('乙'),
    { name: `己/個人番号${NUMBER}.txt`, bytes: 'in the name alone' },
    ...good('己'),
    ...good('丁'),
    { name: '丁/番号.png', bytes: toPng(scanned(page, 200)) },
  ];
}

/** Every file below a folder. One that another process removes meanwhile (its scratch folder) holds nothing. */
function filesIn(below: string): string[] {
  const entries = unlessRemoved(() => readdirSync(below, { recursive: true, withFileTypes: true })) ?? [];
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}
function unlessRemoved<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Where the number occurs in these bytes: plain, in packed data, or as a piece of a file that contains it. */
async function found(bytes: Buffer): Promise<string | null> {
  if (isIn(bytes, NUMBER)) return 'as it is';
  for (const carrier of carriers) {
    // A picture and a packed page contain no letters: the search uses a piece from their middle.
    const piece = carrier.subarray(carrier.length >> 1, (carrier.length >> 1) + 40);
    if (piece.length === 40 && bytes.includes(piece)) return 'as a file';
  }
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    const unpacked = attempt(() => inflateSync(bytes.subarray(at + 7)));
    if (unpacked && isIn(unpacked, NUMBER)) return 'in a page';
  }
  for (let at = bytes.indexOf('PK\x03\x04'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4)) {
    if (at + 30 > bytes.length) break;
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    const unpacked = attempt(() => inflateRawSync(bytes.subarray(start)));
    const deeper = unpacked && (await found(unpacked));
    if (deeper) return `packed, ${deeper}`;
  }
  return null;
}
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

async function everywhere(below: string): Promise<string[]> {
  const places: string[] = [];
  for (const file of filesIn(below)) {
    const bytes = unlessRemoved(() => readFileSync(file)) ?? Buffer.alloc(0);
    const how = isIn(Buffer.from(file), NUMBER) ? 'in the name' : await found(bytes);
    if (how) places.push(`${file.slice(below.length)}: ${how}`);
  }
  return places;
}

async function unpacked(bytes: Buffer): Promise<Buffer[]> {
  const source = bufferSource(bytes);
  const { entries } = await listZip(source, 1000);
  return Promise.all(
    entries.map((entry) => collectBytes(unpackEntry(source, entry, DEFAULT_LIMITS, { total: 0 }))),
  );
}

describe('the search itself', () => {
  it.each([
    ['a file of the upload', () => zip(parts)],
    ['a ZIP in it', () => Buffer.from(parts.find(({ name }) => name === '乙/番号.zip')!.bytes!)],
    ['a picture', () => Buffer.concat([Buffer.from('x'), carriers.at(-1)!])],
    ['full-width letters of CP932', () => cp932(wide(NUMBER))],
  ])('finds the number in %s', async (_, bytes) => {
    expect(await found(bytes())).not.toBeNull();
  });
});

describe('an upload with a 個人番号 in it', () => {
  it('is answered: each packet names the file, and that it is not stored', async () => {
    expect(first.packets).toHaveLength(4);
    const reportedFiles: string[] = [];
    for (const { packet_id } of first.packets) {
      const { verdict } = await client.get<{ verdict: PacketVerdict }>(`/packets/${packet_id}`);
      expect(verdict.ledger.accounted).toBe(true);
      for (const { code, message, where, also = [] } of verdict.findings)
        if (code === 'F_FILE_MYNUMBER') {
          expect(message).toContain('受付に残しません');
          reportedFiles.push(...[where, ...also].map(({ file }) => file!));
        }
    }
    expect(reportedFiles.map((file) => file.replace(/^.*\//, '')).sort()).toEqual(
      [
        '番号.png',
        '番号.csv',
        '番号メモ.txt',
        '番号一覧.csv',
        '番号のある束.pdf',
        'packet.json',
        '個人番号************.txt',
      ].sort(),
    );
    const { text } = await client.get<{ text: string }>(`/notices/${first.packets[0]!.packet_id}`);
    expect(text).toContain('送られたZIPから取り除き、受付に残しません');
    expect((await desk.countPending()).dead).toBe(0);
  });

  it('is kept as one version without those files, and every other file byte for byte', async () => {
    for (const { upload_id } of [first, again, other, big]) {
      const versions = await Array.fromAsync(
        objectVersions(desk.cloud.s3, process.env.INBOX!, uploadKey(upload_id)),
      );
      expect(versions).toHaveLength(1);
    }
    const keptOf = async ({ upload_id }: UploadStatus) => {
      const of = { Bucket: process.env.INBOX, Key: uploadKey(upload_id) };
      const { Body } = await desk.cloud.s3.send(new GetObjectCommand(of));
      return unpacked(Buffer.from(await Body!.transformToByteArray()));
    };
    const [picture, carrier] = await keptOf(big);
    expect([picture!.equals(large), carrier!.length]).toEqual([true, 0]);
    const kept = await keptOf(first);
    for (const [i, part] of parts.entries())
      if (part.name === '乙/番号.zip') {
        const inner = await unpacked(kept[i]!);
        expect(inner.filter(({ length }) => length === 0)).toHaveLength(1);
        expect(String(inner.at(-1))).toBe('ok');
      } else if (isCarrier(part)) expect(kept[i], part.name).toHaveLength(0);
      else expect(kept[i]!.equals(Buffer.from(part.bytes!)), part.name).toBe(true);
  });

  it('was decided again when its picture was read, and so was the same packet in another upload', async () => {
    const runs = await Promise.all(
      [first, other].map(async ({ upload_id }) => {
        const { packets } = await client.get<{ packets: PacketLine[] }>(`/uploads/${upload_id}`);
        return packets.filter(({ packet }) => /丁|画像だけ/.test(packet));
      }),
    );
    // Only the pictures tell of the number: the answer before they were read was another.
    for (const line of runs.flat())
      expect(line).toMatchObject({ decision: 'return', first_finding: { code: 'F_FILE_MYNUMBER' } });
    expect(runs.flat().length).toBeGreaterThanOrEqual(1);
  });

  it('gives the same packets as before when it is replayed', async () => {
    const { packets } = await client.get<{ packets: PacketLine[] }>(`/uploads/${again.upload_id}`);
    expect(packets.map(({ packet_id }) => packet_id).sort()).toEqual(
      first.packets.map(({ packet_id }) => packet_id).sort(),
    );
  });

  it('leaves the number in no log, table, queue, object or copy of the desk', async () => {
    expect(logged.filter((line) => isIn(Buffer.from(line), NUMBER))).toEqual([]);
    await desk.stop();
    const open = await openDeskFolder(data);
    for (const table of Object.keys(TABLES) as TableName[])
      for (const item of await open.all<object>(table))
        expect(isIn(Buffer.from(JSON.stringify(item)), NUMBER), JSON.stringify(item)).toBe(false);
    await open.close();
    expect(await everywhere(data)).toEqual([]);
    await backup(data, join(folder, 'copy'));
    expect(await everywhere(join(folder, 'copy'))).toEqual([]);
    // Other tests send the number too, in processes of their own at the same time.
    const scratch = readdirSync(tmpdir()).filter((name) => name.startsWith(`${SCRATCH}${process.pid}-`));
    for (const name of scratch) expect(await everywhere(join(tmpdir(), name))).toEqual([]);
  });
});
