import type { Random } from '../../samples/city/random.ts';
import { CENTERS, CITIES, OFFICES } from '../../samples/lib/cast.ts';
import type { Case } from '../../samples/lib/model.ts';
import { coverSheet, csvFiles, folderOf } from '../../samples/lib/packet.ts';
import { writeZip } from '../../samples/lib/zip.ts';
import type { Sender } from '../../shared/access/sender.ts';
import type { Registry } from '../../shared/registry/registry.ts';
import { type BenchUpload, expected, monthAt } from './uploads.ts';

/** A second office of the city, in no sample. */
export const SECOND_OFFICE = {
  ...OFFICES.mitoDesignated,
  number: '0870100021',
  name: '水戸例示居宅介護支援事業所',
};

/** 水戸's registry with the second office. */
export const withSecondOffice = (registry: Registry): Registry => ({
  ...registry,
  offices: [
    ...registry.offices,
    { ...registry.offices[0]!, number: SECOND_OFFICE.number, name: SECOND_OFFICE.name },
  ],
});

/** Pairs of uploads of the same person and month by two offices; each is accepted where it comes alone. */
export async function makePairs(
  random: Random,
  count: number,
  registries: Registry[],
): Promise<[BenchUpload, BenchUpload][]> {
  const pairs: [BenchUpload, BenchUpload][] = [];
  const first = random.int(1, 400_000) * 1000;
  for (let n = 0; n < count; n++) {
    const [a, b] = await Promise.all(
      [OFFICES.mitoDesignated, SECOND_OFFICE].map(async (office) => {
        const one = { ...monthOf(first + n), office };
        const files = csvFiles(one, '20240705090000', ['kihon', 'plan', 'riyohyo', 'jisseki']);
        const cover = coverSheet(one, { event: 'continuing', new_user: false });
        const bytes = await writeZip(
          [...files, cover].map((file) => ({ path: `${folderOf(one)}/${file.name}`, bytes: file.bytes })),
        );
        const sender: Sender = { kind: 'office', office: office.number };
        const upload = await expected(`${office.number}-${n}.zip`, bytes, registries, sender);
        return { ...upload, key: `uploads/${office.number}/${n}.zip` };
      }),
    );
    pairs.push([a!, b!]);
  }
  return pairs;
}

const monthOf = (serial: number): Case =>
  monthAt(
    { city: CITIES.mito, center: CENTERS.mito1, office: OFFICES.mitoDesignated, at: '見本町' },
    { serial, name: '見本 花子', month: '2024-06' },
  );
