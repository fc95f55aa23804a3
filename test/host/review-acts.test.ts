import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { type Host, startHost } from '../../host/host.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';

// What the 包括 does with an item, from the first claim to the last confirmation, on the running desk.

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-acts-'));
let desk: Host;
let client: ApiClient;
let app: { request: (path: string, init: RequestInit, env: object) => Response | Promise<Response> };

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  client = new ApiClient(desk);
  for (const city of ['kumamoto', 'mito'])
    await client.importRegistry(await loadRegistry(join(ROOT, `samples/registry/${city}.yaml`)));
  ({ app } = await import('../../functions/api/app.ts'));
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const hokatsu = (city: string, sub: string, name: string) => ({
  'cognito:groups': '[hokatsu]',
  ...{ sub, name, 'custom:city': city, 'custom:areas': 'area-1' },
});
const HANAKO = hokatsu('kumamoto', 'h1', '包括 花子');
const JIRO = hokatsu('kumamoto', 'h2', '包括 次郎');
const MITO = hokatsu('mito', 'h3', '包括 三子');
const officeOf = (number: string) => ({
  'cognito:groups': '[office]',
  sub: number,
  'custom:office': number,
});

// biome-ignore lint/suspicious/noExplicitAny: the answer of any route
type Answer = { status: number; body: any };

async function ask(path: string, claims: object, input?: object): Promise<Answer> {
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const init = input ? { method: 'POST', body: JSON.stringify(input) } : {};
  const response = await app.request(path, init, { event });
  return { status: response.status, body: await response.json() };
}

async function send(sample: string, office: string): Promise<PacketLine[]> {
  const file = join(ROOT, `samples/packets/${sample}.zip`);
  const id = await client.send({ name: `${sample}.zip`, file }, office);
  const { packets } = await client.waitForAnswer(id, async () => false);
  await desk.waitUntilIdle();
  return packets;
}
const queueOf = async (claims: { 'custom:city': string }) =>
  (await ask(`/review?city=${claims['custom:city']}&area=area-1`, claims)).body;

describe('an original that arrives by hand', () => {
  it('is recorded, becomes a fact, and the packet is decided again', async () => {
    const [packet] = await send('mito-2024-05-plan-as-data', '0870100013');
    expect(packet?.decision).toBe('review');
    const path = `/review/${packet!.packet_id}`;
    const { body: before } = await ask(path, MITO);
    expect(before).toMatchObject({
      may_act: true,
      item: { kind: 'review', receivable: [{ key: 'care_plan_original' }] },
    });
    expect(before.sentences[0]).toMatchObject({ citation: { place: expect.any(String) } });
    for (const [input, status] of [
      [{ document: 'care_plan_original', on: '2999-01-01' }, 400],
      [{ document: 'hokensho', on: '2024-06-05' }, 400],
      [{ document: 'care_plan_original', on: '2024-06-05' }, 202],
    ] as const)
      expect((await ask(`${path}/received`, MITO, input)).status).toBe(status);
    await desk.waitUntilIdle();
    const { body } = await ask(`/packets/${packet!.packet_id}`, officeOf('0870100013'));
    expect(body.verdict).toMatchObject({ decision: 'accept', missing_documents: [] });
    expect((await queueOf(MITO)).items).toEqual([]);
    const { history } = (await ask(path, MITO)).body;
    expect(history).toMatchObject([
      { what: 'decided', because: 'answers', decision: 'accept' },
      { what: 'review.received', by: '包括 三子', reason: '2024-06-05' },
      { what: 'decided', decision: 'review' },
    ]);
    // A correction of the month is judged with the original that is there.
    await client.operate('rebuild', { by: '係' });
    expect((await ask(path, MITO)).body.history).toEqual(history);
  });
});

describe('a plan a 包括 advises on', () => {
  it('waits for the final plan, reaches the office as a letter, and is confirmed by no one else meanwhile', async () => {
    const [packet] = await send('kumamoto-renewal', '4370100010');
    const path = `/review/${packet!.packet_id}`;
    expect((await queueOf(HANAKO)).items).toMatchObject([
      { kind: 'involvement', packet_id: packet!.packet_id },
    ]);
    const { body: item } = await ask(path, HANAKO);
    const viewpoints = item.item.checklist.filter(({ rule }: { rule: string }) => rule === 'KMM-R14');
    expect(viewpoints).toHaveLength(5);

    expect((await ask(`${path}/claim`, HANAKO, {})).status).toBe(200);
    const taken = await ask(`${path}/claim`, JIRO, {});
    expect(taken.status).toBe(409);
    expect(taken.body.message).toMatch(/包括 花子 さんが 令和.*から担当しています/);
    expect((await ask(`${path}/close`, JIRO, { decision: 'confirmed' })).status).toBe(409);
    expect((await queueOf(JIRO)).items[0].holder).toMatchObject({ by_name: '包括 花子' });

    const tick = { line: `KMM-R14 ${viewpoints[1].question}`, answer: 'no' };
    expect((await ask(`${path}/tick`, HANAKO, tick)).status).toBe(200);
    for (const line of ['constructor', '__proto__', 'KMM-R14', `${tick.line} `])
      expect((await ask(`${path}/tick`, HANAKO, { line, answer: 'yes' })).status, line).toBe(400);
    const reading = {
      kind: 'reading',
      digest: '0'.repeat(64),
      field: 'insured_number',
      read: '*',
      value: '*',
    };
    const finding = { kind: 'finding', key: 'f'.repeat(32), holds: true, remember: true };
    for (const [act, input] of [
      ['answer', { answers: [reading] }],
      ['answer', { answers: [finding] }],
      ['hand-over', { to: 'h9' }],
    ] as const)
      expect((await ask(`${path}/${act}`, HANAKO, input)).status, act).toBe(400);
    const advice = { decision: 'advised', reason: '目標を、本人の言葉で具体的に書いてください。' };
    const { body: preview } = await ask(`${path}/preview`, HANAKO, advice);
    expect(preview).toMatchObject({ kind: 'advice', letter: { title: '助言のお知らせ' } });
    expect((await ask(`${path}/close`, HANAKO, advice)).body).toMatchObject({ state: 'open' });
    await desk.waitUntilIdle();

    const waiting = await queueOf(HANAKO);
    expect(waiting.items).toMatchObject([{ waits_for: '助言を反映させた確定後のケアプラン等' }]);
    expect(waiting.counts.parts).toEqual({ waiting: 1 });
    const letter = await ask(`/notices/${packet!.packet_id}.3`, officeOf('4370100010'));
    expect(letter.body.text).toContain(advice.reason);
    expect(letter.body.text).toContain('見本居宅介護支援事業所　御中');
    expect((await ask(`/notices/${packet!.packet_id}.3`, officeOf('4370100028'))).status).toBe(403);
    // The advice is a fact: the rules ask for the final plan from now on.
    const { body: advised } = await ask(`/packets/${packet!.packet_id}`, HANAKO);
    expect(advised.verdict.deadlines.map(({ what }: { what: string }) => what)).toContain(
      'ささえりあからの連絡（助言がある場合）',
    );

    const final = { document: 'shien_keikakusho_final', on: '2024-06-05' };
    expect((await ask(`${path}/received`, HANAKO, final)).status).toBe(202);
    await desk.waitUntilIdle();
    expect((await ask(`${path}/close`, HANAKO, { decision: 'confirmed' })).body).toMatchObject({
      state: 'closed',
    });
    await desk.waitUntilIdle();
    expect((await queueOf(HANAKO)).items).toEqual([]);
    const kept = (await ask(path, HANAKO)).body;
    await client.operate('rebuild', { by: '係' });
    expect((await ask(path, HANAKO)).body).toEqual(kept);
  });
});

describe('the end of a review', () => {
  it('returned is a 不備通知書 with the reason, and the case is returned in the numbers', async () => {
    const packets = await send('kumamoto-bulk', '4370100010');
    const accepted = packets.find(({ decision, area }) => decision === 'accept' && area === 'area-1')!;
    const path = `/review/${accepted.packet_id}`;
    const end = { decision: 'returned', reason: '目標の期間が前の計画のままです' };
    const { body: preview } = await ask(`${path}/preview`, HANAKO, end);
    expect(preview).toMatchObject({ kind: 'notice', decision: 'return' });
    expect((await ask(`${path}/close`, HANAKO, end)).body).toMatchObject({ state: 'closed' });
    await desk.waitUntilIdle();
    const { body: notice } = await ask(`/notices/${accepted.packet_id}`, officeOf('4370100010'));
    expect(notice.text).toContain('不備通知書');
    expect(notice.text).toContain(end.reason);
    const { body: upload } = await ask(`/uploads/${accepted.receipt}`, officeOf('4370100010'));
    const line = upload.packets.find(({ packet_id }: PacketLine) => packet_id === accepted.packet_id);
    expect(line).toMatchObject({ decision: 'return', first_finding: { code: 'F_PACKET_REVIEW_RETURNED' } });
  });
});

describe('a file that carries a 個人番号 by eye', () => {
  it('is removed from the upload, and the packet goes back', async () => {
    const { items } = await queueOf(HANAKO);
    const asked = items.find(({ decision }: { decision: string }) => decision === 'review');
    const path = `/review/${asked.packet_id}`;
    const { item } = (await ask(path, HANAKO)).body;
    const { digest, file } = item.documents[0];
    expect((await ask(`${path}/remove-file`, HANAKO, { digest: 'f'.repeat(64) })).status).toBe(400);
    expect((await ask(`${path}/remove-file`, HANAKO, { digest })).status).toBe(202);
    await desk.waitUntilIdle();
    const { body: removed } = await ask(`/packets/${asked.packet_id}`, HANAKO);
    const codes = removed.verdict.findings.map(({ code }: { code: string }) => code);
    expect(codes, file).toContain('F_FILE_MYNUMBER');
    expect(removed.verdict.decision).toBe('return');
    const { history } = (await ask(path, HANAKO)).body;
    expect(history[1]).toMatchObject({ what: 'review.file_removed', by: '包括 花子' });
  });
});
