import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { type Host, startHost } from '../../host/host.ts';
import { buildWeb } from '../../infra/build-web.ts';
import { receiveUpload } from '../../shared/records/steps/receive-object.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import { NUMBER_NAMES } from '../../shared/records/views/numbers.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import { sumSummaries } from '../../shared/records/views/sum-summaries.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';

// Access: the API's own app, called with the claims that API Gateway would pass on.
const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-api-'));
let desk: Host;
let packet: PacketLine;
let upload: string;
let app: { request: (path: string, init: RequestInit, env: object) => Response | Promise<Response> };

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0, web: await buildWeb() });
  const client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(join(ROOT, 'samples/registry/mito.yaml')));
  const file = join(ROOT, 'samples/packets/mito-2024-04.zip');
  upload = await client.send({ name: 'mito-2024-04.zip', file }, '0870100013');
  [packet] = (await client.waitForAnswer(upload, async () => false)).packets as [PacketLine];
  await desk.waitUntilIdle();
  ({ app } = await import('../../functions/api/app.ts'));
}, 240_000);
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const OFFICE = { 'cognito:groups': '[office]', 'custom:office': '0870100013' };
const OTHER_OFFICE = { 'cognito:groups': '[office]', 'custom:office': '0870100999' };
const HOKATSU = { 'cognito:groups': '[hokatsu]', 'custom:city': 'mito', 'custom:areas': 'area-1' };
const OTHER_AREA = { ...HOKATSU, 'custom:areas': 'area-2' };
const CITY = { 'cognito:groups': '[city]', 'custom:city': 'mito' };
const OTHER_CITY = { 'cognito:groups': '[city]', 'custom:city': 'iwaki' };
const NO_ROLE = {};

type NumberList = { total: number; rows: { amount: number }[] };

async function json(path: string, claims: object): Promise<unknown> {
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  return (await app.request(path, {}, { event })).json();
}

async function status(path: string, claims: object, init: RequestInit = {}): Promise<number> {
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  return (await app.request(path, init, { event })).status;
}

describe('a registry', () => {
  const put = async (city: string, claims: object, registry: object) => {
    const event = { requestContext: { authorizer: { jwt: { claims } } } };
    const body = JSON.stringify(registry);
    const response = await app.request(`/registries/${city}`, { method: 'PUT', body }, { event });
    return { status: response.status, ...((await response.json()) as { message?: string }) };
  };

  it('of one city never takes the insurer number of another', async () => {
    const taken = await put('iwaki', OTHER_CITY, { city: 'iwaki', insurer_numbers: ['082016'] });
    expect(taken.status).toBe(400);
    expect(taken.message).toContain('082016 は水戸市の番号です');
  });

  it('of a city without rules is refused when it is imported', async () => {
    const operator = { 'cognito:groups': '[operator]' };
    const unknown = await put('hamamatsu', operator, { city: 'hamamatsu', insurer_numbers: ['221309'] });
    expect(unknown.status).toBe(400);
    expect(unknown.message).toContain('規則のある市ではありません');
  });
});

describe('an office', () => {
  it('sees its own upload, packet and notices, and those of no other office', async () => {
    for (const path of [
      `/uploads/${upload}`,
      `/packets/${packet.packet_id}`,
      `/notices/${packet.packet_id}`,
      `/notices/${upload}`,
    ]) {
      expect(await status(path, OFFICE), path).toBe(200);
      expect(await status(path, OTHER_OFFICE), path).toBe(403);
      expect(await status(path, NO_ROLE), path).toBe(403);
    }
  });

  it('finds its packets in one list, with the state of each, and as a table', async () => {
    const event = { requestContext: { authorizer: { jwt: { claims: OFFICE } } } };
    const list = await (await app.request('/packets', {}, { event })).json();
    expect(list).toMatchObject({ packets: [{ packet_id: packet.packet_id, state: 'accepted' }], next: null });
    const csv = await (await app.request('/packets/table?month=2024-04', {}, { event })).text();
    expect(csv.split('\r\n')[1]).toContain('受理');
    const other = { requestContext: { authorizer: { jwt: { claims: OTHER_OFFICE } } } };
    expect(await (await app.request('/packets', {}, { event: other })).json()).toMatchObject({ packets: [] });
  });

  it('completes and withdraws its own packets alone, with a reason', async () => {
    const post = (path: string, claims: object, body: object) =>
      status(path, claims, { method: 'POST', body: JSON.stringify(body) });
    const joins = { name: 'a.zip', joins: { packet_id: packet.packet_id } };
    expect(await post('/uploads', OTHER_OFFICE, joins)).toBe(403);
    expect(await post('/uploads', HOKATSU, joins)).toBe(403);
    expect(await post('/uploads', OFFICE, joins)).toBe(201);
    const withdraw = `/packets/${packet.packet_id}/withdraw`;
    const reason = '別の利用者の書類だったため';
    expect(await post(withdraw, OTHER_OFFICE, { reason })).toBe(403);
    expect(await post(withdraw, HOKATSU, { reason })).toBe(403);
    expect(await post(withdraw, OFFICE, { reason: ' ' })).toBe(400);
    expect(await status(`/packets/${packet.packet_id}/changes`, OTHER_OFFICE)).toBe(403);
  });

  it('sends under its own number, whatever number the request names', async () => {
    const body = JSON.stringify({ name: 'x.zip', office: '0870100999' });
    const event = { requestContext: { authorizer: { jwt: { claims: OFFICE } } } };
    const response = await app.request('/uploads', { method: 'POST', body }, { event });
    const { upload_id } = (await response.json()) as { upload_id: string };
    expect(await status(`/uploads/${upload_id}`, OFFICE)).toBe(200);
    expect(await status(`/uploads/${upload_id}`, OTHER_OFFICE)).toBe(403);
  });

  it('has no view of an area, a city, a queue or a registry', async () => {
    for (const path of [
      `/areas/mito/${packet.area}/${packet.service_month}`,
      '/cities/mito/all',
      '/review?city=mito&area=area-1',
      '/registries/mito',
    ])
      expect(await status(path, OFFICE), path).toBe(403);
  });
});

describe('a letter', () => {
  const get = async (path: string) => {
    const event = { requestContext: { authorizer: { jwt: { claims: OFFICE } } } };
    return app.request(path, {}, { event });
  };

  it('is a PDF, and its findings a table in either encoding', async () => {
    for (const id of [packet.packet_id, upload]) {
      const pdf = await get(`/notices/${id}?format=pdf`);
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      expect(
        Buffer.from(await pdf.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    const csv = await (await get(`/notices/${packet.packet_id}?format=csv`)).text();
    expect(csv.split('\r\n')[0]).toContain('受付番号,提出物,被保険者番号');
    const old = await get(`/notices/${packet.packet_id}?format=csv&encoding=cp932`);
    expect(new TextDecoder('shift_jis').decode(await old.arrayBuffer())).toContain('受付番号,提出物');
  });

  it('has no other form', async () => {
    for (const query of [
      `${upload}?format=csv`,
      `${upload}?format=xml`,
      `${packet.packet_id}?format=csv&encoding=x`,
    ])
      expect(await status(`/notices/${query}`, OFFICE), query).toBe(400);
  });
});

describe('a 包括', () => {
  it('sees its own area and not the next one', async () => {
    for (const path of [
      `/areas/mito/area-1/${packet.service_month}`,
      '/review?city=mito&area=area-1',
      `/packets/${packet.packet_id}`,
    ]) {
      expect(await status(path, HOKATSU), path).toBe(200);
      expect(await status(path, OTHER_AREA), path).toBe(403);
    }
  });

  it('does not import registries', async () => {
    expect(await status('/registries/mito', HOKATSU, { method: 'PUT', body: '{}' })).toBe(403);
  });
});

describe('a city', () => {
  it('sees all of its own and nothing of another', async () => {
    for (const path of [
      '/cities/mito/all',
      '/cities/mito/trend',
      `/cities/mito/${packet.service_month}/csv`,
      `/cities/mito/${packet.service_month}/list?of=cases&key=all`,
      `/areas/mito/area-1/${packet.service_month}`,
      '/registries/mito',
    ]) {
      expect(await status(path, CITY), path).toBe(200);
      expect(await status(path, OTHER_CITY), path).toBe(403);
    }
  });

  it('opens the list behind every number of a month, and the list adds up to the number', async () => {
    const month = packet.service_month!;
    const { summaries } = (await json(`/cities/mito/${month}`, CITY)) as { summaries: AreaSummary[] };
    expect(summaries).not.toHaveLength(0);
    for (const name of NUMBER_NAMES) {
      const sum = sumSummaries(summaries)[name];
      for (const [key, amount] of Object.entries(typeof sum === 'number' ? { all: sum } : sum)) {
        const query = new URLSearchParams({ of: name, key });
        const list = (await json(`/cities/mito/${month}/list?${query}`, CITY)) as NumberList;
        expect(list.total, `${name} ${key}`).toBe(amount);
        expect(
          list.rows.reduce((total, one) => total + one.amount, 0),
          `${name} ${key}`,
        ).toBe(amount);
      }
    }
  });

  it('gets 404 for a number that does not exist, and an empty list for a key without cases', async () => {
    const list = `/cities/mito/${packet.service_month}/list`;
    expect(await status(`${list}?of=constructor&key=all`, CITY)).toBe(404);
    expect(await json(`${list}?of=decisions&key=constructor`, CITY)).toMatchObject({ total: 0, rows: [] });
  });

  it('waives a rule of its own for a time, and learns why another cannot be waived', async () => {
    const post = async (body: object, claims = CITY, path = '/cities/mito/waivers') => {
      const event = { requestContext: { authorizer: { jwt: { claims } } } };
      const response = await app.request(path, { method: 'POST', body: JSON.stringify(body) }, { event });
      return { status: response.status, body: (await response.json()) as { id: string; message: string } };
    };
    const asked = {
      ...{ rule: 'MIT-R13', office: null, from: '2026-04-01', until: '2026-04-30' },
      ...{ approver: '高齢福祉課長', reason: '大雨のため' },
    };
    expect((await post(asked, OTHER_CITY)).status).toBe(403);
    expect((await post(asked, HOKATSU)).status).toBe(403);
    expect((await post({ ...asked, rule: 'NAT-101' })).body.message).toContain('国の決まり');
    expect((await post({ ...asked, until: '2026-03-31' })).body.message).toContain(
      '終わりの日: 終わりの日が始まり',
    );
    expect((await post({ ...asked, from: 'x', office: '1' })).body.message).toContain(
      '事業所: 事業所番号は10桁',
    );
    const { status: created, body } = await post(asked);
    expect(created).toBe(201);
    const end = await post({ reason: '復旧した' }, CITY, `/cities/mito/waivers/${body.id}/end`);
    expect(end.body).toMatchObject({ id: body.id, ended: { reason: '復旧した' } });
    expect(await json('/cities/mito/waivers', CITY)).toMatchObject({
      waivers: [{ id: body.id, state: 'ended' }],
    });
    expect(await status('/cities/mito/waivers', HOKATSU)).toBe(403);
    expect(await status('/cities/mito/rules?month=2024-05', CITY)).toBe(200);
    expect(await status('/cities/mito/rules?month=x', CITY)).toBe(400);
  });

  it('sees what an import would change, imports it, and finds the edition before it', async () => {
    const { offices, ...registry } = await loadRegistry(join(ROOT, 'samples/registry/mito.yaml'));
    const edited = { ...registry, offices: offices.slice(1) };
    const send = async (path: string, method: string, body: string) => {
      const event = { requestContext: { authorizer: { jwt: { claims: CITY } } } };
      const init = { method, body };
      const response = await app.request(`/registries/mito${path}`, init, { event });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    const preview = await send('/preview', 'POST', JSON.stringify(edited));
    expect(preview.body).toMatchObject({ changes: [{ list: 'offices', change: 'removed' }] });
    expect((await send(`?over=${'0'.repeat(12)}`, 'PUT', JSON.stringify(edited))).status).toBe(409);
    expect((await send(`?over=${preview.body.over}`, 'PUT', JSON.stringify(edited))).status).toBe(200);
    expect(await json('/registries/mito/editions', CITY)).toMatchObject({
      editions: [{}, { edition: preview.body.over }],
    });
    const before = `/registries/mito/editions/${preview.body.over}`;
    expect(await json(before, CITY)).toEqual({ ...registry, offices });
    expect(await status(before, HOKATSU)).toBe(403);
    const back = await send('', 'PUT', JSON.stringify({ ...registry, offices }));
    expect(back.body).toMatchObject({ edition: preview.body.over, changed: true });
    const yaml = await send(
      '/preview',
      'POST',
      JSON.stringify({ yaml: 'city: mito\nareas:\n  - key: a\n   name: b' }),
    );
    expect(yaml.body.message).toMatch(/4行目の.*YAMLの書き方/);
    const shape = await send(
      '/preview',
      'POST',
      JSON.stringify({ yaml: 'city: mito\nareas: [{ key: a, center: b }]' }),
    );
    expect(shape.body.message).toContain('圏域（areas）の1番目 name');
  });

  it('gets the faults of a registry it imports', async () => {
    expect(await status('/registries/mito', CITY, { method: 'PUT', body: '{"city":1}' })).toBe(400);
    expect(await status('/registries/mito', CITY, { method: 'PUT', body: '{"city":"iwaki"}' })).toBe(400);
  });
});

describe('the people of an area', () => {
  const ask = async (claims: object, path: string, body?: object) => {
    const event = { requestContext: { authorizer: { jwt: { claims } } } };
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const response = await app.request(path, init, { event });
    const answered = (await response.json()) as Record<string, unknown>;
    return { ...answered, status: response.status } as Record<string, unknown> & { status: number };
  };
  const MONTH = '2024-04';
  const NUMBER = '0000000101';
  let person: string;

  beforeAll(async () => {
    const found = await ask(HOKATSU, '/people/search', { city: 'mito', number: NUMBER });
    [{ person }] = found.people as [{ person: string }];
  });

  it('are listed, found and drawn by their 包括 and their city alone', async () => {
    const draw = { purpose: 'conference', month: MONTH, count: 1 };
    const routes: [path: string, body?: object][] = [
      [`/areas/mito/area-1/${MONTH}/people`],
      [`/people/mito/${person}`],
      ['/samples/mito/area-1'],
      ['/samples/mito/area-1', draw],
      ['/people/search', { city: 'mito', area: 'area-1', name: '見本' }],
    ];
    for (const [path, body] of routes) {
      for (const claims of [HOKATSU, CITY, { 'cognito:groups': '[operator]' }])
        expect((await ask(claims, path, body)).status, path).toBeLessThan(300);
      for (const claims of [OFFICE, OTHER_AREA, OTHER_CITY, NO_ROLE])
        expect((await ask(claims, path, body)).status, path).toBe(403);
    }
  });

  it('are found by number in the areas of the caller, and no one learns of the others', async () => {
    const byNumber = (claims: object) => ask(claims, '/people/search', { city: 'mito', number: NUMBER });
    expect(await byNumber(CITY)).toMatchObject({
      total: 1,
      people: [{ person, area: 'area-1', month: MONTH }],
    });
    expect(await byNumber(OTHER_AREA)).toMatchObject({ status: 200, total: 0 });
    for (const claims of [OFFICE, OTHER_CITY]) expect((await byNumber(claims)).status).toBe(403);
    expect((await ask(CITY, '/people/search', { city: 'mito', number: '1' })).status).toBe(400);
  });

  it('are in the list of their month with what the case says, and counted once', async () => {
    const list = await ask(HOKATSU, `/areas/mito/area-1/${MONTH}/people`);
    expect(list).toMatchObject({
      total: 1,
      filters: { all: 1, papers: 1, without: 0 },
      people: [{ person, insured_number: NUMBER, has_papers: true, certification: expect.any(String) }],
    });
    const later = await ask(HOKATSU, '/areas/mito/area-1/2024-06/people?filter=without');
    expect(later).toMatchObject({ total: 1, people: [{ person, month: MONTH, has_papers: false }] });
    expect((await ask(HOKATSU, `/areas/mito/area-1/${MONTH}/people?filter=none`)).status).toBe(400);
    expect((await ask(HOKATSU, '/areas/mito/area-1/unknown/people')).status).toBe(404);
  });

  it('are drawn by a seed that is recorded with what was drawn from', async () => {
    const draw = { purpose: 'conference', month: MONTH, count: 3, seed: 'seed-1' };
    const first = await ask(HOKATSU, '/samples/mito/area-1', draw);
    const again = await ask(CITY, '/samples/mito/area-1', draw);
    expect(first).toMatchObject({
      status: 201,
      seed: 'seed-1',
      pool: 1,
      drawn: [packet.packet_id],
      role: 'hokatsu',
    });
    expect(again).toMatchObject({ drawn: first.drawn, pool_digest: first.pool_digest });
    const { samples } = (await ask(HOKATSU, '/samples/mito/area-1')) as { samples?: { role: string }[] };
    expect(samples?.slice(0, 2).map(({ role }) => role)).toEqual(['city', 'hokatsu']);
    expect((await ask(HOKATSU, '/samples/mito/area-1', { ...draw, count: 0 })).status).toBe(400);
  });

  it('lists more samples than one answer holds', async () => {
    const list = '/samples/mito/area-3';
    const draw = { purpose: 'conference', month: MONTH, count: 1 };
    for (let n = 0; n < 201; n++) await ask(CITY, list, draw);
    type Page = { samples: { sample_id: string }[]; next: string | null };
    const first = (await ask(CITY, list)) as unknown as Page;
    const rest = (await ask(CITY, `${list}?after=${first.next}`)) as unknown as Page;
    expect([first.samples.length, rest.samples.length, rest.next]).toEqual([200, 1, null]);
    const ids = [...first.samples, ...rest.samples].map(({ sample_id }) => sample_id);
    expect(new Set(ids).size).toBe(201);
  });

  it('have their months on one line, and each packet beside the one of the month before', async () => {
    const file = join(ROOT, 'samples/packets/mito-2024-05.zip');
    const client = new ApiClient(desk);
    const id = await client.send({ name: 'mito-2024-05.zip', file }, '0870100013');
    const [next] = (await client.waitForAnswer(id, async () => false)).packets as [PacketLine];
    await desk.waitUntilIdle();
    const line = await ask(HOKATSU, `/people/mito/${person}`);
    const months = line.months as { month: string }[];
    expect([line.hidden, ...months.map(({ month }) => month)]).toEqual([0, '2024-05', MONTH]);
    for (const claims of [HOKATSU, OFFICE]) {
      const beside = await ask(claims, `/packets/${next.packet_id}/before`);
      expect(beside.before).toMatchObject({ packet_id: packet.packet_id, month: MONTH });
      const { facts } = beside.compared as { facts: { path: string; is_changed: boolean }[] };
      expect(facts.find(({ path }) => path === 'service_month')?.is_changed).toBe(true);
    }
    expect(await ask(HOKATSU, `/packets/${packet.packet_id}/before`)).toMatchObject({ before: null });
    expect((await ask(OTHER_OFFICE, `/packets/${next.packet_id}/before`)).status).toBe(403);
  });
});

describe('a desk with more uploads waiting than its limit', () => {
  const announce = (claims: object): Response | Promise<Response> =>
    app.request(
      '/uploads',
      { method: 'POST', body: JSON.stringify({ name: 'late.zip', office: '0870100013' }) },
      { event: { requestContext: { authorizer: { jwt: { claims } } } } },
    );

  it('refuses with Retry-After, stores nothing, and accepts uploads again once it has caught up', async () => {
    const { dependencies } = await import('../../functions/api/dependencies.ts');
    const known = await dependencies();
    const puts = vi.spyOn(known.store, 'putOnce');
    const waiting = vi.spyOn(known.backlog, 'tryAdmit').mockResolvedValue(false);
    const response = await announce(OFFICE);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe(String(known.busyRetrySeconds));
    const { message } = (await response.json()) as { message: string };
    for (const part of ['提出が集中', '受け付けていません', `${known.busyRetrySeconds} 秒`, '失われておらず'])
      expect(message).toContain(part);
    expect(puts).not.toHaveBeenCalled();
    expect((await announce(NO_ROLE)).status, 'the backlog is no answer to a caller without rights').toBe(403);
    waiting.mockResolvedValue(true);
    expect((await announce(OFFICE)).status).toBe(201);
    vi.restoreAllMocks();
  });

  it('gives bytes that have arrived and await their answers their number, and takes no second copy', async () => {
    const { dependencies } = await import('../../functions/api/dependencies.ts');
    const known = await dependencies();
    const send = async (digest = 'd'.repeat(64)) => {
      const init = { method: 'POST', body: JSON.stringify({ name: 'again.zip', digest }) };
      const event = { requestContext: { authorizer: { jwt: { claims: OFFICE } } } };
      return (await (await app.request('/uploads', init, { event })).json()) as Record<string, unknown>;
    };
    const { upload_id, url } = await send();
    expect(url).toBeTruthy();
    // Interrupted before the bytes arrived: the same number, and an address.
    expect(await send()).toMatchObject({ upload_id, url });
    await receiveUpload(known, {
      upload_id: String(upload_id),
      ...{ name: 'again.zip', sender: { kind: 'office', office: '0870100013' } },
      ...{ key: `uploads/${upload_id}/upload`, etag: 'e', size: 9, awaits_malware_scan: true },
    });
    expect(await send()).toEqual({ upload_id, received: true });
    // At the same moment, before any of them is stored: one number.
    const once = await Promise.all(Array.from({ length: 8 }, () => send('e'.repeat(64))));
    expect(new Set(once.map((answer) => answer.upload_id)).size).toBe(1);
  });

  it('counts waiting, running and newly announced uploads, and asks the queue once for many announcements', async () => {
    const { Backlog } = await import('../../functions/api/backlog.ts');
    const send = vi.fn(async () => ({
      Attributes: {
        ApproximateNumberOfMessages: '7',
        ApproximateNumberOfMessagesNotVisible: '2',
        ApproximateNumberOfMessagesDelayed: '1',
      },
    }));
    const backlog = new Backlog({ send } as unknown as SQSClient, 'http://queue');
    const announced = [0, 0, 1000].map((at) => backlog.tryAdmit(12, at));
    expect(await Promise.all(announced)).toEqual([true, true, false]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(await backlog.tryAdmit(12, 60_000)).toBe(true);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('accepts uploads when the queue does not answer', async () => {
    const { Backlog } = await import('../../functions/api/backlog.ts');
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const send = () => Promise.reject(new Error('no queue'));
    expect(await new Backlog({ send } as unknown as SQSClient, 'http://queue').tryAdmit(1)).toBe(true);
    vi.restoreAllMocks();
  });

  it('reads the number from a real queue', async () => {
    const { Backlog } = await import('../../functions/api/backlog.ts');
    const { sqsClient } = await import('../../functions/aws.ts');
    // a queue without a consumer
    const { deadUrl } = desk.queues.find((one) => one.stage === 'intake')!;
    for (let n = 0; n < 2; n++) desk.cloud.fauxqs.sendMessage(deadUrl.split('/').at(-1)!, '{}');
    expect(await new Backlog(sqsClient(), deadUrl).tryAdmit(2)).toBe(false);
    expect(await new Backlog(sqsClient(), deadUrl).tryAdmit(3)).toBe(true);
  });
});

describe('every caller', () => {
  it('gets the page and the sign-in settings, and no other file', async () => {
    for (const path of ['/', '/session', '/web/index.html'])
      expect(await status(path, NO_ROLE), path).toBe(200);
    for (const path of ['/web/..%2fpackage.json', '/web/nothing.js', '/web/app.ts'])
      expect(await status(path, NO_ROLE), path).toBe(404);
  });

  it('gets 404 for a number that does not exist', async () => {
    for (const path of ['/uploads/R20260101-AAAAAAAA', '/packets/none', '/notices/none'])
      expect(await status(path, { 'cognito:groups': '[operator]' }), path).toBe(404);
  });
});
