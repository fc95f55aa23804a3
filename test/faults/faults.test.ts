import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../samples/city/random.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { audit } from '../harness/audit.ts';
import { crashAtWrite } from '../harness/faults.ts';
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

async function tryOut(scenario: Scenario, sent: BenchUpload[], given?: AbortSignal) {
  const { result, log } = await quietly(() =>
    run(scenario, sent, registries, new Random(`${SEED} ${scenario.name}`), given),
  );
  return { ...audit(result), crashes: result.crashes, log };
}
const NOTHING = { lost: [], doubled: [], wrong: [], ledgers: [], left: [] };

describe('with its guards', () => {
  it.for(SCENARIOS)('loses nothing and doubles nothing: $name', async (scenario, { signal }) => {
    const { log, ...found } = await tryOut(scenario, uploads, signal);
    expect(found).toMatchObject(NOTHING);
    // Every person in these packets has this name: no failure may contain it.
    expect(log.join('')).not.toMatch(/見本|例示|ミホン/);
  });

  it('loses nothing and doubles nothing when it is killed around its writes in turn', async () => {
    let tried = 0;
    // Every second write keeps the test short.
    for (let n = 1; ; n += 2) {
      const scenario = (when: 'crash before' | 'crash after'): Scenario => ({
        name: `${when} write ${n}`,
        plan: () => crashAtWrite(n, when),
      });
      const after = await tryOut(scenario('crash after'), few);
      expect(after, `crash after write ${n}`).toMatchObject(NOTHING);
      if (after.crashes === 0) break;
      if (n % 6 === 1) expect(await tryOut(scenario('crash before'), few)).toMatchObject(NOTHING);
      tried++;
    }
    // announced nothing, received, verdict, decision, case, messages, line, answer, notice … of every packet
    expect(tried).toBeGreaterThan(10);
  });
});

describe('without its guards', () => {
  it('loses work, as the audit reports: nothing that must follow is stored', async () => {
    const { lost, wrong } = await tryOut(unguarded(named('killed')), uploads);
    expect(lost.length + wrong.length).toBeGreaterThan(0);
    expect(lost.length).toBeGreaterThan(0);
  });

  it('doubles and miscounts, as the audit reports: conditions are ignored, summaries are incremented', async () => {
    const { doubled, wrong } = await tryOut(unguarded(named('delivered')), uploads);
    expect(doubled.length).toBeGreaterThan(0);
    expect(wrong.filter((one) => one.startsWith('summary')).length).toBeGreaterThan(0);
  });
});

const named = (begins: string): Scenario => SCENARIOS.find(({ name }) => name.startsWith(begins))!;
