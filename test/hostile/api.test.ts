import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SQSEvent } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Host, startHost } from '../../host/host.ts';
import { API_ROUTES } from '../../infra/api-routes.ts';

// Requests and messages that no client of the desk sends, to a running desk.

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-hostile-api-'));
let desk: Host;
beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  // Every refused message is an error in the log; there are hundreds.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  desk = await startHost({ folder: join(folder, 'data'), port: 0 });
});
afterAll(async () => {
  await desk?.stop();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const seed = Number(process.env.HOSTILE_SEED ?? 1);
const deep = (open: string, close: string): string => `${open.repeat(50_000)}${close.repeat(50_000)}`;
const BODIES = [
  '',
  '{',
  'null',
  '[]',
  '"x"',
  '1e999',
  '{"name":1}',
  '{"name":""}',
  deep('[', ']'),
  deep('{"name":', '}'),
  `{"name":"${'x'.repeat(1_000_000)}"}`,
  '{"__proto__":{"polluted":true}}',
  '{"name":"../../x","office":"4370100010"}',
  '{"city":"iwaki","offices":[{"number":"0770100014","name":null}]}',
  '{"city":"iwaki","areas":"x"}',
  '\ufeff{}',
  '\0',
  '<xml/>',
  'name=x&office=y',
  '{"name":"a","digest":"../../../etc/passwd"}',
  '{"name":"\\ud800"}',
];
const PIECES = [
  'uploads',
  'packets',
  'notices',
  'areas',
  'cities',
  'review',
  'registries',
  'web',
  'trail',
  'session',
  'operate',
  'redrive',
  'iwaki',
  '2024-06',
  '..',
  '%2e%2e',
  '%',
  '%ff',
  '%00',
  '%E0%A4%A',
  '__proto__',
  'R20241001-ABCDEFGH',
  'a'.repeat(2000),
  "'",
  '*',
  '#',
  '?x=1',
  '?office=*',
  '?after=packet%23',
  '?format=text',
];

const path = fc.array(fc.constantFrom(...PIECES), { maxLength: 5 }).map((pieces) => `/${pieces.join('/')}`);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS');
const body = fc.oneof(fc.constantFrom(...BODIES), fc.json(), fc.string({ unit: 'binary', maxLength: 300 }));

/** The raw path: `fetch` would normalize it first. */
function ask(to: { method: string; path: string; body: string }): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(desk.url);
  const bytes = Buffer.from(['GET', 'OPTIONS'].includes(to.method) ? '' : to.body);
  const headers = { 'content-length': bytes.length, authorization: `Bearer ${desk.operatorToken}` };
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, method: to.method, path: to.path, headers, timeout: 120_000 },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    sent.on('error', reject);
    sent.on('timeout', () => sent.destroy(new Error('no answer')));
    sent.end(bytes);
  });
}

describe('the API', () => {
  it('answers every request with a message, refuses what is wrong, and reveals nothing of its internals', async () => {
    await fc.assert(
      fc.asyncProperty(method, path, body, async (how, where, what) => {
        const { status, text } = await ask({ method: how, path: where, body: what });
        expect(status, `${how} ${where}`).toBeLessThan(500);
        expect(text).not.toMatch(/at .+\.ts:\d+|node_modules|Error:/);
      }),
      { seed, numRuns: 250, endOnFailure: true },
    );
  });

  const LONG = 'a'.repeat(2100);
  const ODD = [
    LONG,
    `${'ん'.repeat(700)}`,
    '__proto__',
    'constructor',
    '%00',
    '%2e%2e',
    '%2F',
    '%',
    '%ff',
    '..',
    '//',
    '',
    ' ',
    '#',
  ];
  type PathOf = (id: string) => string;
  const SOUND: Record<string, string> = {
    ...{ id: 'R20241001-ABCDEFGH', file: '1', act: 'close', rule: 'IWK-R01', list: 'offices' },
    ...{ city: 'iwaki', area: 'area-1', month: '2024-06', person: 'p'.repeat(23), edition: '0'.repeat(12) },
  };
  /** Every part of every route, with sound values in the others. */
  const PARTS = API_ROUTES.flatMap(({ method, path }) =>
    [...path.matchAll(/\{\w+\}/g)].map(([part]): [string, PathOf] => [
      method,
      (id) => path.replace(part, () => id).replace(/\{(\w+)\}/g, (_, name: string) => SOUND[name]!),
    ]),
  );
  const ROUTES: [method: string, path: PathOf][] = [
    ...PARTS,
    ['GET', (id) => `/uploads/R20241001-ABCDEFGH?after=${id}`],
    ['GET', (id) => `/uploads?office=${id}`],
    ['GET', (id) => `/uploads?after=${id}`],
    ['GET', (id) => `/cities/iwaki/rules?month=${id}`],
    ['GET', (id) => `/cities/iwaki/2024-06/list?of=${id}&key=all`],
    ['GET', (id) => `/cities/iwaki/2024-06/list?of=cases&key=all&area=${id}`],
    ['GET', (id) => `/cities/iwaki/2024-06/list?of=cases&key=all&after=${id}`],
    ['GET', (id) => `/review?city=${id}&area=area-1`],
    ['GET', (id) => `/review?city=iwaki&area=${id}`],
    ['GET', (id) => `/review?city=iwaki&area=area-1&until=${id}`],
    ['GET', (id) => `/review?city=iwaki&area=area-1&after=${id}`],
    ['GET', (id) => `/web/x.${id}`],
    ['POST', (id) => `/operate/${id}`],
    ['POST', (id) => `/operate/case/${id}`],
    ['POST', (id) => `/operate/redrive/${id}`],
    ['GET', (id) => `/${id}`],
    ['GET', (id) => id],
  ];

  it.each(ROUTES.map(([how, pathOf]) => ({ how, route: pathOf('{id}'), pathOf })))(
    'answers an odd id with a sentence and never with a fault: $how $route',
    async ({ how, pathOf }) => {
      for (const id of ODD) {
        const path = encodeURI(pathOf(id)).replaceAll('%25', '%') || '/';
        const { status, text } = await ask({
          method: how,
          path: path.startsWith('/') ? path : `/${path}`,
          body: '{}',
        });
        expect(status, `${how} ${path.slice(0, 80)}`).toBeLessThan(500);
        if (status >= 400 && status !== 413 && status !== 431)
          expect(text, `${how} ${path.slice(0, 80)}`).toMatch(/[ぁ-ん]/);
      }
    },
    60_000,
  );

  it('refuses every body that is neither an announcement nor a registry', async () => {
    for (const what of BODIES) {
      const put = await ask({ method: 'PUT', path: '/registries/iwaki', body: what });
      expect(put.status, what.slice(0, 60)).toBe(400);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('every stage', () => {
  it.each(['intake', 'review', 'notify', 'summarise', 'ocr', 'sweep'])(
    'returns a malformed message to its queue: %s',
    async (stage) => {
      const { handler } = (await import(`../../functions/${stage}/handler.ts`)) as {
        handler(event: SQSEvent): Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
      };
      const Records = BODIES.map((text, i) => ({ messageId: `m${i}`, body: text, attributes: {} }));
      const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent);
      expect(batchItemFailures.map((one) => one.itemIdentifier)).toEqual(Records.map((one) => one.messageId));
    },
    60_000,
  );
});
