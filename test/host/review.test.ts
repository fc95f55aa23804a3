import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { runReview } from '../../cli/review.ts';
import { runStatus } from '../../cli/status.ts';
import { type Host, startHost } from '../../host/host.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';

// Reviews are ended by the people in charge, over the API and by the command line; lists are whole.

const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-review-'));
let desk: Host;
let client: ApiClient;
let app: { request: (path: string, init: RequestInit, env: object) => Response | Promise<Response> };

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(join(ROOT, 'samples/registry/kumamoto.yaml')));
  ({ app } = await import('../../functions/api/app.ts'));
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const HOKATSU = {
  'cognito:groups': '[hokatsu]',
  sub: 'h1',
  'custom:city': 'kumamoto',
  'custom:areas': 'area-1',
};
const OTHER_AREA = { ...HOKATSU, 'custom:areas': 'area-2' };
const CITY = { 'cognito:groups': '[city]', sub: 'c1', 'custom:city': 'kumamoto' };
const OFFICE = { 'cognito:groups': '[office]', sub: 'o1', 'custom:office': '4370100010' };
const OPERATOR = { 'cognito:groups': '[operator]', sub: 'op' };

async function ask(path: string, claims: object, body?: object) {
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await app.request(path, init, { event });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const printed = async (run: () => Promise<number>) => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const code = await run();
  const text = write.mock.calls.map(([one]) => String(one)).join('');
  write.mockRestore();
  return { code, text };
};

/** Packets of one sample that wait for the 包括: new and renewed plans of a designated office. */
async function waiting(sample: string): Promise<PacketLine[]> {
  const file = join(ROOT, `samples/packets/${sample}.zip`);
  const id = await client.send({ name: `${sample}.zip`, file }, '4370100010');
  const { packets } = await client.waitForAnswer(id, async () => false);
  await desk.waitUntilIdle();
  return packets.filter(({ decision, area }) => decision !== 'return' && area === 'area-1');
}

describe('the end of a review', () => {
  it('is entered by the 包括 of its area, shrinks the queue and the numbers, and lets the case be erased', async () => {
    const [one] = await waiting('kumamoto-bulk');
    const path = `/review/${one!.packet_id}/close`;
    const end = { decision: 'confirmed', reason: '訪問の記録も確かめた' };
    for (const claims of [OTHER_AREA, CITY, OFFICE, {}])
      expect((await ask(path, claims, end)).status).toBe(403);
    for (const [body, sentence] of [
      [{}, '確認の結果'],
      [{ decision: 'banana' }, '確認済'],
      [{ decision: 'returned' }, '理由'],
      [{ ...end, reason: 'x'.repeat(501) }, '500字まで'],
      [{ ...end, reason: '\u001b[2J' }, '理由'],
      [{ ...end, other: 1 }, '「other」という項目はありません。ここに書けるのは decision、reason'],
    ] as const) {
      const refused = await ask(path, HOKATSU, body);
      expect(refused.status).toBe(400);
      expect(String(refused.body.message)).toContain(sentence);
    }
    const queue = async () =>
      (await ask('/review?city=kumamoto&area=area-1', HOKATSU)).body.items as ReviewItem[];
    const before = await queue();
    expect(before.map(({ packet_id }) => packet_id)).toContain(one!.packet_id);

    expect((await ask(path, HOKATSU, end)).body).toMatchObject({ state: 'closed', ...end });
    const after = await queue();
    expect(after).toHaveLength(before.length - 1);
    const second = await ask(path, OPERATOR, { decision: 'confirmed' });
    expect(second.status).toBe(409);
    expect(second.body.message).toContain('すでに終わっています（確認済）');
    await desk.waitUntilIdle();
    const { summaries } = (await ask(`/cities/kumamoto/${one!.service_month}`, CITY)).body as {
      summaries: AreaSummary[];
    };
    expect(summaries.find(({ area }) => area === 'area-1')?.reviews).toBe(after.length);

    // The office learns the result, not who it was.
    const packet = (await ask(`/packets/${one!.packet_id}`, OFFICE)).body;
    expect(packet).toMatchObject({ review_state: 'closed', review: end });
    expect(JSON.stringify(packet.review)).not.toContain('h1');
    const trail = (await ask(`/packets/${one!.packet_id}/trail`, CITY)).body.trail as { what: string }[];
    expect(trail.map(({ what }) => what)).toContain('POST /review/:id/close');

    const of = { case: one!.packet_id, by: '係', reason: '期限' };
    const { plan } = await client.operate<{ plan: { why_kept: string[] } }>('case/erase', of);
    expect(plan.why_kept.join()).not.toContain('確認待ち');

    const rebuilt = await client.operate<{ reviews: number }>('rebuild', { by: '係' });
    expect(rebuilt.reviews).toBeGreaterThan(0);
    expect(await queue()).toEqual(after);
  });

  it('is entered by the operator on the command line', async () => {
    const [one] = await waiting('kumamoto-renewal');
    const where = ['--data', folder, '--by', '係 一郎'];
    const list = await printed(() => runReview(['list', '--city', 'kumamoto', '--area', 'area-1', ...where]));
    expect(list.text).toContain(one!.packet_id);
    const close = ['close', one!.packet_id, '--decision', 'confirmed', ...where];
    expect(await printed(() => runReview(close))).toMatchObject({ code: 0 });
    const { items } = (await ask('/review?city=kumamoto&area=area-1', HOKATSU)).body as {
      items: ReviewItem[];
    };
    expect(items.map(({ packet_id }) => packet_id)).not.toContain(one!.packet_id);
    const { dependencies } = await import('../../functions/api/dependencies.ts');
    const item = await (await dependencies()).store.get<ReviewItem>('reviews', { packet_id: one!.packet_id });
    expect(item?.closed).toMatchObject({ by: '係 一郎', role: 'operator', decision: 'confirmed' });
  });
});

describe('a list', () => {
  it('of more than a page says that more follows, and brings every item once', async () => {
    const { dependencies } = await import('../../functions/api/dependencies.ts');
    const { store } = await dependencies();
    const names = Array.from({ length: 450 }, (_, n) => `p${String(n).padStart(4, '0')}`);
    for (const packet_id of names) {
      // Many items of one day: the cursor must not skip or repeat any.
      await store.put('reviews', { packet_id, queue: 'kumamoto#area-9', due: `2026-06-01#${packet_id}` });
      const line = {
        part: 'upload',
        office: '0870100999',
        received_at: '2026-06-01T00:00:00Z',
        state: 'finished',
      };
      await store.put('submissions', { ...line, upload_id: packet_id, name: `${packet_id}.zip` });
    }
    for (const [path, key, id] of [
      ['/review?city=kumamoto&area=area-9', 'items', 'packet_id'],
      ['/uploads?office=0870100999', 'uploads', 'upload_id'],
    ] as const) {
      const seen: unknown[] = [];
      let pages = 0;
      for (let next: string | null = ''; next !== null; pages++) {
        const { body } = await ask(`${path}${next && `&after=${encodeURIComponent(next)}`}`, OPERATOR);
        seen.push(...(body[key] as Record<string, unknown>[]).map((one) => one[id]));
        next = body.next as string | null;
      }
      expect(pages, path).toBe(3);
      expect(seen.toSorted(), path).toEqual(names);
    }
  });

  it.each(['x', '%00', 'W10', Buffer.from('{"due":"x"}').toString('base64url'), 'a'.repeat(5000)])(
    'refuses the cursor %.20s with a sentence',
    async (cursor) => {
      for (const path of [
        '/review?city=kumamoto&area=area-1&',
        '/uploads?',
        '/areas/kumamoto/area-1/2024-05?',
      ]) {
        const { status, body } = await ask(`${path}after=${cursor}`, OPERATOR);
        expect(status, path).toBe(400);
        expect(body.message, path).toContain('一覧の初めから');
      }
    },
  );

  it('is paged through by the command line', async () => {
    const { dependencies } = await import('../../functions/api/dependencies.ts');
    const { store } = await dependencies();
    for (let n = 0; n < 230; n++) {
      const received_at = `2026-05-01T00:00:${String(n % 60).padStart(2, '0')}Z`;
      const line = { part: 'upload', office: '_unknown', received_at, state: 'finished', name: 'x.zip' };
      await store.put('submissions', { ...line, upload_id: `R20260501-${String(n).padStart(8, '0')}` });
    }
    const { text } = await printed(() => runStatus(['--data', folder]));
    expect(text.match(/R20260501-/g)).toHaveLength(230);
  });
});
