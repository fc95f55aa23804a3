import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSubmit } from '../../cli/submit.ts';

// `submit` against a busy desk: a server that first returns these answers, by path.
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-patience-'));
let server: Server;
let url: string;
interface FakeResponse {
  status: number;
  headers?: Record<string, string>;
  message?: string;
}
let responses: Record<string, FakeResponse[]>;
let sent: number;
let output = '';

beforeEach(async () => {
  responses = {};
  sent = 0;
  output = '';
  for (const stream of [process.stderr, process.stdout])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ['a.zip', 'b.zip']) writeFileSync(join(folder, name), name);
});
afterEach(async () => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  for await (const _ of request);
  const respond = (status: number, body: object, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  const next = responses[request.url!]?.shift();
  if (next) return respond(next.status, { message: next.message }, next.headers);
  if (request.url === '/uploads') return respond(201, { upload_id: 'R1', url: `${url}/inbox`, fields: {} });
  if (request.url !== '/inbox')
    return respond(200, { upload_id: 'R1', state: 'finished', packets: [], next: null });
  sent++;
  respond(204, {});
}

const submit = (...args: string[]): Promise<number> =>
  runSubmit(['--url', url, ...args, join(folder, 'a.zip'), join(folder, 'b.zip')]);

describe('submit, where the desk is busy', () => {
  it('waits for the time of Retry-After, reports it, and sends in the end', async () => {
    responses['/uploads'] = [
      { status: 503, headers: { 'retry-after': '1' }, message: '提出が集中しています。' },
      { status: 429, headers: { 'retry-after': '0' }, message: 'Too Many Requests' },
    ];
    const started = Date.now();
    expect(await submit()).toBe(0);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
    expect(sent).toBe(2);
    expect(output.match(/受付が混み合っています。\d+ 秒後にもう一度試します/g)).toHaveLength(2);
    expect(output).toContain('受付番号 R1　a.zip');
  });

  it('sends the file again where the inbox itself is busy', async () => {
    responses['/inbox'] = [{ status: 503, headers: { 'retry-after': '0' } }];
    expect(await submit()).toBe(0);
    expect(sent).toBe(2);
    expect(output).toContain('受付が混み合っています');
  });

  it('gives up after its time limit and reports what was not sent', async () => {
    responses['/uploads'] = Array.from({ length: 9 }, () => ({
      status: 503,
      headers: { 'retry-after': '30' },
      message: '提出が集中しているため、新しい受付を一時止めています。',
    }));
    expect(await submit('--patience', '2')).toBe(2);
    expect(sent).toBe(0);
    expect(output).toContain('「a.zip」は送っていません。提出が集中しているため');
    expect(output).toContain('このあとの 「b.zip」 も送っていません');
  });

  it('does not retry where that would not help', async () => {
    responses['/uploads'] = [
      { status: 507, message: '受付の保存先の空きが足りないため、受け付けていません。' },
    ];
    expect(await submit()).toBe(2);
    expect(responses['/uploads']).toHaveLength(0);
    expect(output).toContain('空きが足りない');
    expect(output).not.toContain('もう一度試します');
  });
});
