import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import { decideOpened, decideUpload } from '../../shared/flow.ts';
import { openUpload } from '../../shared/packet/open-upload.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { cp932 } from '../builders/cp932.ts';
import { zip } from '../builders/zip.ts';
import { basePackets, REGISTRIES } from '../hostile/lib/base-packets.ts';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../samples');

/** What samples/expected.json expects of a packet, written from the sources by hand. */
interface Expected {
  upload: string;
  /** null: the upload itself, or its only packet */
  packet: string | null;
  city: string | null;
  service_month: string | null;
  category: string | null;
  decision: string;
  payer: string | null;
  base_units: number | null;
  total_units?: number;
  yen?: number;
  missing_documents: string[] | null;
  findings: string[];
  why: string;
}
const expectations = JSON.parse(readFileSync(join(samples, 'expected.json'), 'utf8')) as Expected[];

describe('the journey over the sample packets', () => {
  let registries: Registry[];
  const verdicts = new Map<string, PacketVerdict[]>();

  beforeAll(async () => {
    const folder = join(samples, 'registry');
    registries = await Promise.all(readdirSync(folder).map((f) => loadRegistry(join(folder, f))));
    for (const upload of new Set(expectations.map((e) => e.upload))) {
      const list: PacketVerdict[] = [];
      const source = { name: upload, file: join(samples, 'packets', upload) };
      for await (const v of decideUpload(source, { registries, today: '2024-07-01', received: '2024-07-01' }))
        list.push(v);
      verdicts.set(upload, list);
    }
  });

  it.each(expectations.map((e) => [`${e.upload} ${e.packet ?? ''}`, e] as const))(
    'decides %s as its sources do',
    (_, e) => {
      const found = verdicts.get(e.upload)!;
      const v = e.packet ? found.find((x) => x.packet === e.packet) : found[0];
      expect(v, `packet ${e.packet} among ${found.map((x) => x.packet).join(', ')}`).toBeDefined();
      const codes = v!.findings.map((f) => f.code);
      const reported = JSON.stringify(
        v!.findings.map((f) => [f.code, f.severity, f.where.file, f.message]),
        null,
        1,
      );
      expect(v!.decision, reported).toBe(e.decision);
      expect(v!.city).toBe(e.city);
      if (e.service_month) expect(v!.service_month).toBe(e.service_month);
      if (e.category) expect(v!.category).toBe(e.category);
      if (e.payer) expect(v!.payer).toBe(e.payer);
      if (e.base_units !== null) expect(v!.base_units).toBe(e.base_units);
      if (e.total_units !== undefined) expect(v!.total_units).toBe(e.total_units);
      if (e.yen !== undefined) expect(v!.yen).toBe(e.yen);
      if (e.missing_documents)
        expect([...v!.missing_documents].sort()).toEqual([...e.missing_documents].sort());
      for (const code of e.findings) expect(codes).toContain(code);
      expect(v!.ledger.accounted).toBe(true);
    },
  );

  it('yields one verdict per packet and no other', () => {
    for (const [upload, list] of verdicts) {
      const wanted = expectations.filter((e) => e.upload === upload).length;
      expect(list.length, upload).toBe(wanted);
    }
  });

  it('gives every finding of law a citation, and every finding a remedy', () => {
    for (const v of [...verdicts.values()].flat()) {
      for (const f of v.findings) {
        expect(f.message.length, f.code).toBeGreaterThan(5);
        expect(f.remedy.length, f.code).toBeGreaterThan(3);
        if (f.rule) expect(f.citation?.place, f.code).toBeTruthy();
        else expect(f.code).toMatch(/^F_(FILE|CSV|PDF|ZIP|PACKET|FACT)_/);
      }
    }
  });
});

describe('packets that are read ahead', () => {
  const files = async (folder: string, number: string) => {
    const { files } = (await basePackets()).find(({ name }) => name === 'iwaki-direct')!;
    const own = (bytes: Buffer, encoding: string) =>
      new TextDecoder(encoding).decode(bytes).replaceAll('0000000201', number);
    return [...files].flatMap(([name, bytes]) => {
      const path = `${folder}/${name}`;
      if (name === 'packet.json') return { name: path, bytes: own(bytes, 'utf-8') };
      return name.endsWith('.CSV') ? { name: path, bytes: cp932(own(bytes, 'shift_jis')) } : [];
    });
  };

  it('ask for the records of a person after the packets before them were taken, of others at once', async () => {
    const [one, other] = ['0000009001', '0000009002'];
    const note = { name: '3_one/note.txt', bytes: 'sent again' };
    const parts = [
      ...(await files('1_one', one)),
      ...(await files('2_other', other)),
      ...(await files('3_one', one)),
      note,
    ];
    const folder = mkdtempSync(join(tmpdir(), 'ahead-'));
    const file = join(folder, 'month.zip');
    writeFileSync(file, zip(parts));
    const order: string[] = [];
    const context = {
      registries: [await loadRegistry(REGISTRIES[0]!)],
      today: '2024-07-01',
      historyOf: async ({ insured_number }: { insured_number: string }) => {
        order.push(`ask ${insured_number}`);
        return [];
      },
    };
    const opened = await openUpload({ name: 'month.zip', file });
    for await (const { verdict } of decideOpened(opened, context, { ahead: 2 }))
      order.push(`take ${verdict.insured_number}`);
    rmSync(folder, { recursive: true });
    expect(order.slice(0, 2)).toEqual([`ask ${one}`, `ask ${other}`]);
    expect(order.filter((step) => step.endsWith(one))).toEqual([
      `ask ${one}`,
      `take ${one}`,
      `ask ${one}`,
      `take ${one}`,
    ]);
    expect(order.filter((step) => step.startsWith('take'))).toEqual([
      `take ${one}`,
      `take ${other}`,
      `take ${one}`,
    ]);
  });
});
