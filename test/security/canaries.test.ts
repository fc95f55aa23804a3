import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { type Host, startHost } from '../../host/host.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { REGISTRIES } from '../hostile/lib/base-packets.ts';
import { CANARY, tracesIn } from './lib/canary.ts';
import { canaryUpload } from './lib/canary-upload.ts';

// One desk in this process, with the real handlers and queues; everything it writes and sends is captured and searched.
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-canary-'));
const logged: string[] = [];
const messages: string[] = [];
const restore: (() => void)[] = [];
let desk: Host;
let packets: Awaited<ReturnType<ApiClient['waitForAnswer']>>['packets'];

beforeAll(async () => {
  listen();
  delete process.env.UKETSUKE_LOG;
  desk = await startHost({ folder: join(folder, 'data'), port: 0 });
  const client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(REGISTRIES[0]!));
  const file = join(folder, 'upload.zip');
  writeFileSync(file, await canaryUpload());
  const id = await client.send({ name: `${CANARY.romaji}_${CANARY.number}_${CANARY.name}.zip`, file });
  ({ packets } = await client.waitForAnswer(id, async () => false));
  await desk.waitUntilIdle();
  await provoke();
});
afterAll(async () => {
  await desk?.stop();
  for (const one of restore) one();
  rmSync(folder, { recursive: true, force: true });
});

/** Captures what this process writes, and every message sent to or received from a queue. */
function listen(): void {
  for (const stream of [process.stderr, process.stdout]) {
    const write = stream.write;
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      logged.push(Buffer.from(chunk as string).toString());
      return write.call(stream, chunk as string, ...rest);
    }) as typeof write;
    restore.push(() => {
      stream.write = write;
    });
  }
  const send = SQSClient.prototype.send;
  SQSClient.prototype.send = async function (this: SQSClient, ...given: unknown[]) {
    const [{ input }] = given as [{ input: unknown }];
    messages.push(JSON.stringify(input));
    const answer = await (send as (...given: unknown[]) => Promise<unknown>).apply(this, given);
    messages.push(JSON.stringify(answer, (key, value) => (key === '$metadata' ? undefined : value)));
    return answer;
  } as typeof send;
  restore.push(() => {
    SQSClient.prototype.send = send;
  });
}

/** Requests and messages that no client sends, so that code fails while it handles the canary. */
async function provoke(): Promise<void> {
  const headers = { authorization: `Bearer ${desk.operatorToken}` };
  const ask = (path: string, init?: RequestInit) =>
    fetch(`${desk.url}${path}`, { ...init, headers }).then((answer) => answer.text());
  const name = encodeURIComponent(CANARY.name);
  await ask(`/packets/${name}?q=${name}`);
  await ask(`/uploads/${CANARY.romaji}`);
  await ask(`/areas/iwaki/${name}/${name}`);
  await ask(`/registries/${name}`, { method: 'PUT', body: `city: ${CANARY.name}\noffices: [` });
  await ask('/uploads', { method: 'POST', body: `{"name": "${CANARY.name}", "office": "${CANARY.text}"` });
  await ask('/uploads', { method: 'POST', body: JSON.stringify({ name: CANARY.name, office: CANARY.text }) });
  const bodies = [
    CANARY.name,
    JSON.stringify({ kind: CANARY.name }),
    JSON.stringify({ kind: 'packet', packet_id: CANARY.name }),
    JSON.stringify({ kind: 'receipt', upload_id: CANARY.number }),
    JSON.stringify({ kind: 'upload', upload_id: CANARY.text }),
    JSON.stringify({ Records: [{ s3: { object: { key: `uploads/${CANARY.name}/%E0%A4%A`, eTag: '' } } }] }),
  ];
  const handlers = ['intake', 'review', 'notify', 'summarise', 'ocr', 'sweep'];
  for (const stage of handlers) {
    const { handler } = (await import(`../../functions/${stage}/handler.ts`)) as {
      handler(event: SQSEvent): Promise<{ batchItemFailures: unknown[] }>;
    };
    for (const body of bodies)
      await handler({ Records: [{ messageId: 'a-message', body, attributes: {} }] } as unknown as SQSEvent);
  }
}

describe('the search itself', () => {
  it.each([
    ['as it is', `x ${CANARY.name} y`],
    ['without its blank', CANARY.name.replace(' ', '')],
    ['one part of it', CANARY.name.split(' ')[1]!],
    ['in an address', `/packets/${encodeURIComponent(CANARY.address)}`],
    [
      'escaped',
      JSON.stringify(CANARY.name).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`),
    ],
    ['in base64', Buffer.from(`{"name":"${CANARY.address}"}`).toString('base64')],
    ['its number', `uploads/${CANARY.number}.zip`],
    ['in capitals', CANARY.romaji.toUpperCase()],
  ])('finds the canary %s', (_, text) => {
    expect(tracesIn(text)).not.toEqual([]);
  });

  it('finds nothing in a line without it', () => {
    expect(
      tracesIn('{"level":"info","what":"upload finished","upload_id":"R20261122-7K3F9QXT","packets":7}'),
    ).toEqual([]);
  });
});

describe('a person whose packets were received', () => {
  it('was in them: the verdicts name the person', () => {
    expect(packets.length).toBeGreaterThanOrEqual(7);
    expect(new Set(packets.map((one) => one.decision))).toContain('return');
    expect(packets.some((one) => tracesIn(JSON.stringify(one)).includes('number'))).toBe(true);
  });

  it('is in no line of a log', () => {
    const lines = logged.filter((line) => line.startsWith('{"level"'));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.some((line) => line.includes('"level":"error"'))).toBe(true);
    expect(logged.filter((line) => tracesIn(line).length > 0)).toEqual([]);
  });

  it('is in no message of a queue, in no attribute and in no group', () => {
    const bodies = messages.filter((message) => message.includes('MessageBody'));
    for (const kind of ['ObjectCreated', 'packet_id', 'upload_id', 'summary'])
      expect(
        bodies.some((body) => body.includes(kind)),
        kind,
      ).toBe(true);
    expect(messages.filter((message) => tracesIn(message).length > 0)).toEqual([]);
  });
});

describe('a line of a log', () => {
  it('contains nothing but what is on the allow-list', () => {
    const allowed =
      /^(level|what|upload_id|packet_id|message_id|city|area|month|route|decision|edition|code|status|packets|repeated|cases|count|failed|bytes|ms)$/;
    for (const line of logged.filter((one) => one.startsWith('{"level"')))
      for (const key of Object.keys(JSON.parse(line))) expect(key).toMatch(allowed);
  });
});
