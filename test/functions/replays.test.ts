import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { dependencies } from '../../functions/replay/dependencies.ts';
import { runReplay } from '../../functions/replay/run-replay.ts';
import { type Host, startHost } from '../../host/host.ts';
import { putReplay, type ReplayChange, readReplay } from '../../shared/records/store/replay-store.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { cityClaims, OPERATOR_CLAIMS, officeClaims, signIn } from '../harness/sign-in.ts';

// A city edits a rule, and the desk says which stored verdicts would change; by the queue and function of the template.
const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-replays-'));
const CITY = cityClaims('mito');
const MONTHS = { from: '2024-01', until: '2024-12' };
const PACKETS = ['mito-2024-04', 'mito-2024-05-lacking', 'mito-2024-06'];
let desk: Host;
let api: Awaited<ReturnType<typeof signIn>>;
let yaml: string;

/** The rule by which a packet without papers is returned, as a hint only. */
const lenient = () => yaml.replace(/(code: F_DOC_MISSING\n\s+severity: )error/g, '$1warn');

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  await new ApiClient(desk).importRegistry(await loadRegistry(join(ROOT, 'samples/registry/mito.yaml')));
  api = await signIn(desk);
  for (const name of PACKETS)
    await api.send(
      officeClaims('0870100013'),
      `${name}.zip`,
      readFileSync(join(ROOT, `samples/packets/${name}.zip`)),
    );
  await desk.waitUntilIdle();
  yaml = String((await api.call(CITY, '/cities/mito/profile')).body.yaml);
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const post = (claims: object, path: string, body: object) =>
  api.call(claims, path, { method: 'POST', body: JSON.stringify(body) });
const verdicts = async () => {
  const { body } = await api.call(OPERATOR_CLAIMS, '/cities/mito/all');
  return body;
};

describe('a replay of edited rules', () => {
  it('is refused to others, for unsound rules, and for rules that are in force', async () => {
    const asked = { yaml: lenient(), ...MONTHS };
    for (const claims of [cityClaims('iwaki'), officeClaims('0870100013')])
      expect((await post(claims, '/cities/mito/replays', asked)).status).toBe(403);
    const wrong = async (text: string) => {
      const { status, body } = await post(CITY, '/cities/mito/replays', { ...MONTHS, yaml: text });
      expect(status).toBe(400);
      return body.message;
    };
    expect(await wrong(yaml)).toContain('いまの規則と同じです');
    expect(await wrong(yaml.replace('city: mito', 'city: iwaki'))).toContain('city: mito と書いてください');
    expect(await wrong(`${yaml}\n  - id: MIT-R99\n`)).toContain('mito.yaml に誤りがあります');
    expect(await wrong(': [')).toContain('行目');
    expect(await wrong(`${yaml}# ${'あ'.repeat(120_000)}`)).toContain('350 KB まで');
    const bomb = `${yaml}\nx0: &x0 [1,1,1,1,1,1,1,1,1,1]\n${[1, 2, 3, 4, 5, 6]
      .map(
        (n) =>
          `x${n}: &x${n} [${Array(10)
            .fill(`*x${n - 1}`)
            .join(',')}]`,
      )
      .join('\n')}\n`;
    expect(await wrong(bomb)).toContain('を読めません');
    const early = await post(CITY, '/cities/mito/replays', { ...asked, from: '2020-01', until: '2020-02' });
    expect(early.body.message).toContain('この期間に受け付けた書類がありません');
  });

  it('lists the verdicts that would change, and changes none', async () => {
    const before = await verdicts();
    const changed = await post(CITY, '/cities/mito/profile/changes', { yaml: lenient() });
    const rules = (changed.body.rules as { rule: string; change: string }[]).map(({ rule }) => rule);
    expect(rules.length).toBeGreaterThan(0);
    const begun = await post(CITY, '/cities/mito/replays', { yaml: lenient(), ...MONTHS });
    expect(begun.status).toBe(201);
    await desk.waitUntilIdle();
    const { body } = await api.call(CITY, `/cities/mito/replays/${begun.body.id}`);
    expect(body).toMatchObject({ state: 'done', total: PACKETS.length, done: PACKETS.length, unread: 0 });
    const changes = body.changes as ReplayChange[];
    expect(changes).toHaveLength(Number(body.changed));
    expect(changes).toContainEqual(
      expect.objectContaining({
        month: '2024-05',
        before: 'return',
        added: ['F_DOC_MISSING warn'],
        removed: ['F_DOC_MISSING error'],
      }),
    );
    for (const one of changes) expect(one.rules.some((rule) => rules.includes(rule))).toBe(true);
    expect(await verdicts()).toEqual(before);
    // No name and no number of a person is in it.
    for (const person of ['見本', '0000000101']) expect(JSON.stringify(body)).not.toContain(person);
    const list = await api.call(CITY, '/cities/mito/replays');
    expect(list.body.replays).toHaveLength(1);
    expect((await api.call(cityClaims('iwaki'), `/cities/mito/replays/${begun.body.id}`)).status).toBe(403);
    expect((await api.call(CITY, `/cities/mito/replays/${begun.body.id}/profile`)).body.yaml).toBe(lenient());
  });

  it('goes on where the time ended, counts each packet once, and ends where it is stopped', async () => {
    const deps = { ...(await dependencies()), timeBudgetMs: -1 };
    const sent: unknown[] = [];
    deps.queues = { send: async (...message: unknown[]) => void sent.push(message) } as never;
    const asked = { asked_at: new Date().toISOString(), asked_by: 'test', rules: [], ...MONTHS };
    await putReplay(deps.store, { city: 'mito', id: 'P1' }, asked, lenient());
    const of = { city: 'mito', id: 'P1' };
    const states: (string | number)[][] = [];
    for (let n = 0; n < 20; n++) {
      await runReplay(deps, of);
      const { state, done } = (await readReplay(deps.store, 'mito', 'P1'))!;
      states.push([state, done]);
      if (state === 'done') break;
    }
    expect(states.at(-1)).toEqual(['done', PACKETS.length]);
    expect(states.length).toBeGreaterThan(2);
    expect(sent).toHaveLength(states.length - 1);
    await putReplay(deps.store, { city: 'mito', id: 'P2' }, asked, lenient());
    expect((await post(CITY, '/cities/mito/replays/P2/stop', {})).body.state).toBe('stopped');
    await runReplay(deps, { city: 'mito', id: 'P2' });
    expect((await readReplay(deps.store, 'mito', 'P2'))!.done).toBe(0);
  });
});
