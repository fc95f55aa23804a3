import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runSubmit } from '../../cli/submit.ts';

// `submit` against a desk that is busy: a server that first gives these answers, by the path that is asked.
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-patience-'));
let server: Server;
let url: string;
interface Says {
  status: number;
  headers?: Record<string, string>;
  message?: string;
}
let says: Record<string, Says[]>;
let sent: number;
let heard = '';

beforeEach(async () => {
  says = {};
  sent = 0;
  heard = '';
  for (const stream of [process.stderr, process.stdout])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      heard += String(text);
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
  const give = (status: number, body: object, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
  const said = says[request.url!]?.shift();
  if (said) return give(said.status, { message: said.message }, said.headers);
  if (request.url === '/uploads') return give(201, { upload_id: 'R1', url: `${url}/inbox`, fields: {} });
  if (request.url !== '/inbox')
    return give(200, { upload_id: 'R1', state: 'finished', packets: [], next: null });
  sent++;
  give(204, {});
}

const submit = (...args: string[]): Promise<number> =>
  runSubmit(['--url', url, ...args, join(folder, 'a.zip'), join(folder, 'b.zip')]);

describe('submit, where the desk is busy', () => {
  it('waits as long as it is told, says so, and sends in the end', async () => {
    says['/uploads'] = [
      { status: 503, headers: { 'retry-after': '1' }, message: '提出が集中しています。' },
      { status: 429, headers: { 'retry-after': '0' }, message: 'Too Many Requests' },
    ];
    const started = Date.now();
    expect(await submit()).toBe(0);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
    expect(sent).toBe(2);
    expect(heard.match(/受付が混み合っています。\d+ 秒後にもう一度試します/g)).toHaveLength(2);
    expect(heard).toContain('受付番号 R1　a.zip');
  });

  it('sends the file again where the inbox itself is busy', async () => {
    says['/inbox'] = [{ status: 503, headers: { 'retry-after': '0' } }];
    expect(await submit()).toBe(0);
    expect(sent).toBe(2);
    expect(heard).toContain('受付が混み合っています');
  });

  it('gives up after its time with a word about what was not sent', async () => {
    says['/uploads'] = Array.from({ length: 9 }, () => ({
      status: 503,
      headers: { 'retry-after': '30' },
      message: '提出が集中しているため、新しい受付を一時止めています。',
    }));
    expect(await submit('--patience', '2')).toBe(2);
    expect(sent).toBe(0);
    expect(heard).toContain('「a.zip」は送っていません。提出が集中しているため');
    expect(heard).toContain('このあとの 「b.zip」 も送っていません');
  });

  it('does not ask again where that would not help', async () => {
    says['/uploads'] = [{ status: 507, message: '受付の保存先の空きが足りないため、受け付けていません。' }];
    expect(await submit()).toBe(2);
    expect(says['/uploads']).toHaveLength(0);
    expect(heard).toContain('空きが足りない');
    expect(heard).not.toContain('もう一度試します');
  });
});
