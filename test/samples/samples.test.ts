import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { generateSamples } from '../../samples/generate.ts';
import { LAYOUTS } from '../../samples/lib/csv/layouts/index.ts';
import { csvFileName } from '../../samples/lib/csv/sending.ts';
import { encodeCp932, writeCsv } from '../../samples/lib/csv/write-csv.ts';
import { insurerNumber, officeNumber } from '../../samples/lib/numbers.ts';
import { FINDING_CODES } from '../../shared/findings/finding-codes.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
const expected: { upload: string; packet: string | null; findings: string[] }[] = JSON.parse(
  await readFile(join(SAMPLES, 'expected.json'), 'utf8'),
);

/** Contents of a ZIP, by the raw bytes of their names; a file that is no ZIP is its own single content. */
async function contentsOf(file: string): Promise<Record<string, string>> {
  const bytes = await readFile(file);
  if (bytes.readUInt16LE(0) !== 0x4b50) return { '(file)': digest(bytes) };
  const zip = await fromBufferPromise(bytes, { decodeStrings: false });
  const contents: Record<string, string> = {};
  for await (const entry of zip.eachEntry()) {
    const name = Buffer.from(entry.fileNameRaw).toString('hex');
    contents[name] = digest(await buffer(await zip.openReadStreamPromise(entry)));
  }
  return contents;
}
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the generator', () => {
  let again: string;
  beforeAll(async () => {
    again = await mkdtemp(join(tmpdir(), 'samples-'));
    await generateSamples(again);
  });
  afterAll(() => rm(again, { recursive: true }));

  test('reproduces the committed packets, byte for byte inside the ZIPs', async () => {
    const names = (await readdir(join(SAMPLES, 'packets'))).sort();
    expect((await readdir(join(again, 'packets'))).sort()).toEqual(names);
    for (const name of names)
      expect(await contentsOf(join(again, 'packets', name)), name).toEqual(
        await contentsOf(join(SAMPLES, 'packets', name)),
      );
  });

  test('reproduces the committed registries, and the desk loads them', async () => {
    for (const name of await readdir(join(SAMPLES, 'registry'))) {
      const file = join(again, 'registry', name);
      expect(await readFile(file, 'utf8'), name).toBe(
        await readFile(join(SAMPLES, 'registry', name), 'utf8'),
      );
      expect(`${(await loadRegistry(file)).city}.yaml`).toBe(name);
    }
  });
});

describe('the expected verdicts', () => {
  test('name every packet of every upload, and nothing else', async () => {
    for (const name of await readdir(join(SAMPLES, 'packets'))) {
      const expectedPackets = expected.filter((e) => e.upload === name).map((e) => e.packet);
      expect(expectedPackets.sort(), name).toEqual((await packetsOf(join(SAMPLES, 'packets', name))).sort());
    }
    const uploads = await readdir(join(SAMPLES, 'packets'));
    expect([...new Set(expected.map((e) => e.upload))].sort()).toEqual(uploads.sort());
  });

  test('use finding codes that exist', () => {
    expect(expected.flatMap((e) => e.findings).filter((code) => !(code in FINDING_CODES))).toEqual([]);
  });

  test('equal the table of the README', async () => {
    const readme = await readFile(join(SAMPLES, 'README.md'), 'utf8');
    for (const { upload } of expected) expect(readme).toContain(`\`${upload}\``);
  });

  async function packetsOf(file: string): Promise<(string | null)[]> {
    const names = Object.keys(await contentsOf(file));
    const folders = names
      .filter((name) => /^[0-9a-f]+$/.test(name))
      .map((name) => decodeName(Buffer.from(name, 'hex')))
      .map((path) => (path.includes('/') ? (path.split('/')[0] ?? null) : null));
    return folders.length === 0 ? [null] : [...new Set(folders)];
  }
  function decodeName(raw: Buffer): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(raw);
    } catch {
      return new TextDecoder('shift_jis', { fatal: true }).decode(raw);
    }
  }
});

describe('numbers', () => {
  // 0170201115 is the worked example of 資料13, 122192 that of the 保険者番号 rule
  test('carry the check digit of the published rule', () => {
    expect(officeNumber('01', '7', '02', 111)).toBe('0170201115');
    expect(insurerNumber('12219')).toBe('122192');
    expect(insurerNumber('43100')).toBe('431007');
  });
});

describe('CSV', () => {
  test('has the number of columns of the standard', () => {
    const counts = Object.fromEntries(
      Object.entries(LAYOUTS).map(([type, columns]) => [type, columns.length]),
    );
    expect(counts).toEqual({
      UPKIHON: 71,
      UPKIHON_SUB1: 7,
      UPKIHON_SUB2: 11,
      UPYOBO: 57,
      UPYOBO_SUB: 17,
      UPPLAN: 25,
      UPSIKYU: 37,
      UPHOSOKU: 63,
    });
  });

  test('quotes free text only, doubles quotes and ends rows with CRLF in CP932', () => {
    const bytes = writeCsv('UPKIHON_SUB1', [
      { 被保険者番号: '0000000101', 時間: '6:00', 本人の生活状況: '起床"表"' },
    ]);
    expect(new TextDecoder('shift_jis').decode(bytes)).toBe(',,0000000101,,"6:00","起床""表""",\r\n');
  });

  test('refuses a column the layout lacks and a character CP932 lacks', () => {
    expect(() => writeCsv('UPYOBO', [{ 氏名: '見本' }])).toThrow('UPYOBO has no column 氏名');
    expect(() => encodeCp932('𠮷')).toThrow('CP932 has no character for 𠮷');
  });

  test('names files as the standard does', () => {
    const sending = {
      from: '0770100014',
      fromKind: '43',
      to: '0700100019',
      toKind: '46',
      stamp: '20240701100000',
    };
    expect(csvFileName('UPPLAN', sending, '2024-06')).toBe(
      'UPPLAN_202406_0770100014_43_0700100019_46_20240701100000.CSV',
    );
    expect(csvFileName('UPYOBO_SUB', sending)).toBe(
      'UPYOBO_SUB_0770100014_43_0700100019_46_20240701100000.CSV',
    );
  });
});
