import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../samples/city/random.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { audit } from '../harness/audit.ts';
import { dieAtWrite } from '../harness/faults.ts';
import { quietly } from '../harness/quiet.ts';
import { run, type Scenario } from '../harness/run.ts';
import { SCENARIOS, unguarded } from '../harness/scenarios.ts';
import { type BenchUpload, makeUploads } from '../harness/uploads.ts';

// A short version of bench/faults.ts: fewer uploads, the same faults, the same audit.
const SEED = 'faults-1';
const registry = (city: string) => join(import.meta.dirname, `../../samples/registry/${city}.yaml`);
let registries: Registry[];
let uploads: BenchUpload[];
let few: BenchUpload[];

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  registries = await Promise.all(['kumamoto', 'mito', 'iwaki'].map((city) => loadRegistry(registry(city))));
  const random = new Random(SEED);
  uploads = await makeUploads(random.fork('uploads'), 14, registries, { most: 4 });
  few = await makeUploads(random.fork('few'), 1, registries, { most: 2, plain: true });
});

async function tryOut(scenario: Scenario, sent: BenchUpload[]) {
  const { result, log } = await quietly(() =>
    run(scenario, sent, registries, new Random(`${SEED} ${scenario.name}`)),
  );
  return { ...audit(result), deaths: result.deaths, log };
}
const NOTHING = { lost: [], doubled: [], wrong: [], ledgers: [], left: [] };

describe('with its guards', () => {
  it.each(SCENARIOS)('loses nothing and doubles nothing: $name', async (scenario) => {
    const { log, ...found } = await tryOut(scenario, uploads);
    expect(found).toMatchObject(NOTHING);
    // Everybody in these packets is called so: no failure may say it.
    expect(log.join('')).not.toMatch(/見本|例示|ミホン/);
  });

  it('loses nothing and doubles nothing when it dies before or after each write in turn', async () => {
    let tried = 0;
    for (let n = 1; ; n++) {
      const scenario = (when: 'die before' | 'die after'): Scenario => ({
        name: `${when} write ${n}`,
        plan: () => dieAtWrite(n, when),
      });
      const after = await tryOut(scenario('die after'), few);
      expect(after, `die after write ${n}`).toMatchObject(NOTHING);
      if (after.deaths === 0) break;
      if (n % 6 === 0) expect(await tryOut(scenario('die before'), few)).toMatchObject(NOTHING);
      tried++;
    }
    // announced nothing, received, verdict, decision, case, messages, line, answer, notice … of every packet
    expect(tried).toBeGreaterThan(20);
  });
});

describe('without its guards', () => {
  it('is seen to lose: outboxes are not kept', async () => {
    const { lost, wrong } = await tryOut(unguarded(named('killed')), uploads);
    expect(lost.length + wrong.length).toBeGreaterThan(0);
    expect(lost.length).toBeGreaterThan(0);
  });

  it('is seen to double and to miscount: conditions are not looked at, summaries are counted up', async () => {
    const { doubled, wrong } = await tryOut(unguarded(named('delivered')), uploads);
    expect(doubled.length).toBeGreaterThan(0);
    expect(wrong.filter((one) => one.startsWith('summary')).length).toBeGreaterThan(0);
  });
});

const named = (begins: string): Scenario => SCENARIOS.find(({ name }) => name.startsWith(begins))!;
