import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../samples/city/random.ts';
import { collectBytes } from '../../shared/packet/collect-bytes.ts';
import { DEFAULT_LIMITS } from '../../shared/packet/upload-limits.ts';
import { bufferSource } from '../../shared/packet/zip/byte-source.ts';
import { listZip } from '../../shared/packet/zip/list-zip.ts';
import { unpackEntry } from '../../shared/packet/zip/unpack-entry.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { isIn, myNumber } from '../builders/my-number.ts';
import { zip } from '../builders/zip.ts';
import { audit } from '../harness/audit.ts';
import { SHOWS_MY_NUMBER } from '../harness/desk.ts';
import { crashAtWrite } from '../harness/faults.ts';
import { quietly } from '../harness/quiet.ts';
import { run, type Scenario } from '../harness/run.ts';
import { SCENARIOS } from '../harness/scenarios.ts';
import { type BenchUpload, expected } from '../harness/uploads.ts';
import { INBOX, type World } from '../harness/world.ts';

// A desk that is killed around each of its writes in turn while it redacts files with a 個人番号.
const NUMBER = myNumber('48392057163');
const PICTURE = Buffer.concat([
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
    'base64',
  ),
  Buffer.from(SHOWS_MY_NUMBER),
]);
let registries: Registry[];
let uploads: BenchUpload[];

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  registries = [await loadRegistry(join(import.meta.dirname, '../../samples/registry/mito.yaml'))];
  const written = [
    { name: '甲/番号.txt', bytes: `個人番号 ${NUMBER}` },
    { name: '甲/票.csv', bytes: 'paper' },
  ];
  const pictured = [
    { name: '乙/写真.png', bytes: PICTURE },
    { name: '乙/票.csv', bytes: 'other paper' },
  ];
  const whole = zip([...written, ...pictured]);
  uploads = await Promise.all([
    expected('first.zip', whole, registries),
    // the packet with the picture is sent again before the picture is read, and so is everything else
    expected('picture.zip', zip(pictured), registries),
    expected('again.zip', whole, registries),
  ]);
});

/** Traces of the number that are left in the inbox, and other files that are missing from it. */
async function leftIn(world: World): Promise<string[]> {
  const left: string[] = [];
  for (const key of world.objects.keys(INBOX, '')) {
    const versions = world.objects.list(INBOX, key);
    if (versions.length !== 1) left.push(`${versions.length} versions`);
    for (const { body } of versions) {
      const source = bufferSource(body);
      const { entries } = await listZip(source, 100);
      const files = await Promise.all(
        entries.map((entry) => collectBytes(unpackEntry(source, entry, DEFAULT_LIMITS, { total: 0 }))),
      );
      if (files.some((file) => isIn(file, NUMBER))) left.push('the number');
      if (files.some((file) => file.includes(SHOWS_MY_NUMBER))) left.push('the picture');
      if (!files.some((file) => String(file).endsWith('paper'))) left.push('nothing else');
    }
  }
  return left;
}

async function tryOut(scenario: Scenario) {
  const { result } = await quietly(() =>
    run(scenario, uploads, registries, new Random(`my-number ${scenario.name}`)),
  );
  return { left: await leftIn(result.world), audit: audit(result), crashes: result.crashes };
}
const NOTHING = { lost: [], doubled: [], wrong: [], ledgers: [], left: [] };

describe('a desk that redacts what it may not keep', () => {
  it('keeps one version of each upload, without the number, when it is killed around its writes in turn', async () => {
    let tried = 0;
    // Every fourth write keeps the test short.
    for (let n = 1; n <= 75; n += 4) {
      const when = n % 3 === 0 ? 'crash before' : 'crash after';
      const {
        left,
        audit: found,
        crashes,
      } = await tryOut({
        name: `${when} write ${n}`,
        plan: () => crashAtWrite(n, when),
      });
      expect(left, `${when} write ${n}`).toEqual([]);
      expect(found, `${when} write ${n}`).toMatchObject(NOTHING);
      tried += crashes;
    }
    expect(tried).toBeGreaterThan(10);
  });

  // S3 stores an object whole or not at all; a half-written object is tried where the store allows it.
  it.each(SCENARIOS.filter(({ name }) => !/half|everything/.test(name)))(
    'does so with faults of kind: $name',
    async (scenario) => {
      const { left, audit: found } = await tryOut(scenario);
      expect(left).toEqual([]);
      expect(found).toMatchObject(NOTHING);
    },
  );
});
