import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Random } from '../../samples/city/random.ts';
import { CENTERS, CITIES, OFFICES, SERVICES } from '../../samples/lib/cast.ts';
import type { SampleFile } from '../../samples/lib/csv/write-csv.ts';
import type { Case } from '../../samples/lib/model.ts';
import { coverSheet, csvFiles, folderOf } from '../../samples/lib/packet.ts';
import { person } from '../../samples/lib/people.ts';
import { writeZip } from '../../samples/lib/zip.ts';
import { type Sender, UNKNOWN_SENDER } from '../../shared/access/sender.ts';
import { decideUpload } from '../../shared/flow.ts';
import type { PacketPosition } from '../../shared/packet/position.ts';
import type { Registry } from '../../shared/registry/registry.ts';

/** The expected result of a packet, computed without storage or queues. */
interface ExpectedPacket {
  position: PacketPosition;
  packet_id: string;
  files: number;
  rows: number;
}
export interface BenchUpload {
  name: string;
  bytes: Uint8Array;
  packets: ExpectedPacket[];
  /** its key; another object may be put under the same key */
  key?: string;
}

/** A one-pixel picture: it cannot be read, so the packet goes to the OCR stage and is decided a second time. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/**
 * Uploads of small CSV packets of three cities: new ones and, at times, what offices really do: the same ZIP again,
 * a folder that was sent before in another ZIP, a correction, a file that is no ZIP, a packet with a picture.
 */
export async function makeUploads(
  random: Random,
  count: number,
  registries: Registry[],
  options: { most?: number; plain?: boolean; sender?: Sender } = {},
): Promise<BenchUpload[]> {
  const uploads: BenchUpload[] = [];
  const earlier: Case[] = [];
  let serial = random.int(1, 400_000) * 1000;
  for (let n = 0; n < count; n++) {
    const habit = options.plain ? 0 : random.next();
    const before = uploads.length > 0 ? random.pick(uploads) : null;
    if (before && habit > 0.93) {
      uploads.push({ ...before, name: `again-${n}.zip` });
      continue;
    }
    const entries: { path: string; bytes: Uint8Array }[] = [];
    for (let packets = random.int(1, options.most ?? 5); packets > 0; packets--) {
      const old = earlier.length > 0 && random.chance(options.plain ? 0 : 0.15) ? random.pick(earlier) : null;
      const one = old ?? monthOf(random, ++serial);
      // the same bytes again, or the same person's month with another day on it
      const stamp = old && random.chance(0.5) ? `2024072${random.int(0, 9)}090000` : '20240705090000';
      for (const { name, bytes } of filesOf(one, stamp, random))
        entries.push({ path: `${folderOf(one)}/${name}`, bytes });
      earlier.push(one);
    }
    const unique = [...new Map(entries.map((entry) => [entry.path, entry])).values()];
    const bytes = habit > 0.9 ? randomBytes(300) : await writeZip(unique);
    uploads.push(await expected(`upload-${n}.zip`, bytes, registries, options.sender));
  }
  return uploads;
}

function monthOf(random: Random, serial: number): Case {
  const place = random.pick([
    { city: CITIES.kumamoto, center: CENTERS.kumamoto1, office: OFFICES.kumamotoDesignated, at: '見本区' },
    { city: CITIES.kumamoto, center: CENTERS.kumamoto2, office: OFFICES.kumamotoDesignated, at: '例示区' },
    { city: CITIES.iwaki, center: CENTERS.iwaki1, office: OFFICES.iwakiDesignated, at: '見本区' },
    { city: CITIES.mito, center: CENTERS.mito1, office: OFFICES.mitoDesignated, at: '見本町' },
  ]);
  return monthAt(place, {
    serial,
    name: random.pick(['見本 花子', '見本 太郎', '例示 桜']),
    month: random.pick(['2024-06', '2024-07']),
  });
}

/** A month of a person with 訪問看護, planned and used as agreed. `at`: the town or ward of the address. */
export function monthAt(
  { city, center, office, at }: Pick<Case, 'city' | 'center' | 'office'> & { at: string },
  { serial, name, month }: { serial: number; name: string; month: string },
): Case {
  const nursing = SERVICES.nursing(city);
  return {
    city,
    center,
    office,
    person: person({
      city,
      serial,
      name,
      kana: 'ミホン',
      place: `${at}一丁目`,
      certDecided: '2024-03-08',
      certFrom: '2024-04-01',
      certTo: '2025-03-31',
    }),
    month,
    planKind: 1,
    commissioned: false,
    division: '21',
    planDate: '2024-03-22',
    firstPlanDate: '2023-10-02',
    planFrom: '2024-04-01',
    planTo: '2024-09-30',
    consentDate: '2024-03-22',
    planned: [nursing],
    used: [nursing],
  };
}

function filesOf(one: Case, stamp: string, random: Random): SampleFile[] {
  const sets = random.weighted([
    [6, ['kihon', 'plan', 'riyohyo', 'jisseki'] as const],
    [2, ['plan', 'riyohyo', 'jisseki'] as const],
    [1, ['riyohyo'] as const],
  ]);
  const picture = random.chance(0.12) ? [{ name: '利用票.png', bytes: PICTURE }] : [];
  const event = random.weighted([
    [2, 'continuing'],
    [1, 'plan_renewed'],
  ]);
  const cover = coverSheet(one, {
    event,
    new_user: false,
    transmission: 'careplan_data_renkei',
    consented: random.chance(0.8),
  });
  return [...csvFiles(one, stamp, [...sets]), ...picture, cover];
}

/** The same journey as the desk's, on a file, without faults. */
export async function expected(
  name: string,
  bytes: Uint8Array,
  registries: Registry[],
  // The world puts its objects past the API.
  sender: Sender = UNKNOWN_SENDER,
): Promise<BenchUpload> {
  const folder = await mkdtemp(join(tmpdir(), 'uketsuke-faults-'));
  try {
    const file = join(folder, name);
    await writeFile(file, bytes);
    const packets: ExpectedPacket[] = [];
    for await (const { packet_id, ledger } of decideUpload(
      { name, file },
      { registries, today: '2026-06-12', sender },
    ))
      packets.push({
        position: { packet: packets.length + 1, part: 0 },
        packet_id,
        files: ledger.files,
        rows: ledger.rows,
      });
    return { name, bytes, packets };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
