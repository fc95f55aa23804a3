import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { type Host, startHost } from '../../host/host.ts';
import { Random } from '../../samples/city/random.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { sha256 } from '../../shared/text/digest.ts';
import { makePairs, SECOND_OFFICE, withSecondOffice } from '../harness/pairs.ts';
import type { BenchUpload } from '../harness/uploads.ts';

// What an office can read of its packets before another office sends papers of the same persons, and after, byte by byte.

const ROOT = resolve(import.meta.dirname, '../..');
const OWN = '0870100013';
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-unseen-'));
let desk: Host;
let client: ApiClient;
let registry: Registry;
let app: { request: (path: string, init: RequestInit, env: object) => Response | Promise<Response> };

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder: join(folder, 'desk'), port: 0 });
  client = new ApiClient(desk);
  registry = withSecondOffice(await loadRegistry(join(ROOT, 'samples/registry/mito.yaml')));
  await client.importRegistry(registry);
  ({ app } = await import('../../functions/api/app.ts'));
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sample = unzipSync(readFileSync(join(ROOT, 'samples/packets/mito-2024-05.zip')));

/** The sample month, of another person and office, without the files whose names have one of these texts. */
function papersOf(insured: string, office: string, without: string[]): Record<string, Uint8Array> {
  const renamed = (text: string) => text.replaceAll('0000000101', insured).replaceAll(OWN, office);
  return Object.fromEntries(
    Object.entries(sample)
      .filter(([name]) => !without.some((part) => name.includes(part)))
      .map(([name, bytes]) => [
        renamed(name),
        Buffer.from(renamed(Buffer.from(bytes).toString('latin1')), 'latin1'),
      ]),
  );
}

const send = (office: string, files: Record<string, Uint8Array>) => sendBytes(office, zipSync(files));

async function sendBytes(office: string, bytes: Uint8Array): Promise<PacketLine[]> {
  const name = `${office}.zip`;
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const { packets } = await client.waitForAnswer(
    await client.send({ name, file }, office),
    async () => false,
  );
  await desk.waitUntilIdle();
  return packets;
}

async function ask(office: string, path: string, input?: object): Promise<{ status: number; bytes: Buffer }> {
  const claims = { 'cognito:groups': '[office]', sub: office, 'custom:office': office };
  const init = input ? { method: 'POST', body: JSON.stringify(input) } : {};
  const response = await app.request(path, init, {
    event: { requestContext: { authorizer: { jwt: { claims } } } },
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function withdraw({ packet_id }: PacketLine): Promise<void> {
  const reason = { reason: '担当ではなかった' };
  expect((await ask(SECOND_OFFICE.number, `/packets/${packet_id}/withdraw`, reason)).status).toBe(200);
  await desk.waitUntilIdle();
}

/** About now, or the stores would refuse the signature of a request. */
const START = new Date();

const ZIP = Buffer.from('PK');

/** Every answer the office can ask for about a packet. */
async function answersOn({ packet_id: id, upload_id }: PacketLine): Promise<Record<string, string>> {
  const packet = ['', '/changes', '/before', '/correction', '/cover', '/files', '/files/1'];
  const letter = ['', '?format=text', '?format=csv'];
  const paths = [
    ...packet.map((part) => `/packets/${id}${part}`),
    ...letter.map((part) => `/notices/${id}${part}`),
    ...letter.slice(0, 2).map((part) => `/notices/${upload_id}${part}`),
    ...['/packets', '/packets/table', '/uploads', `/uploads/${upload_id}`, '/letters'],
  ];
  const answers: Record<string, string> = {};
  // A PDF holds the time it was drawn.
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  for (const path of paths) {
    const { status, bytes } = await ask(OWN, path);
    expect(status, path).toBe(200);
    answers[path] = bytes.subarray(0, 2).equals(ZIP) ? sha256(bytes) : bytes.toString('utf8');
  }
  vi.useRealTimers();
  return answers;
}

/** The addresses with another answer than before. */
const changedIn = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(before).filter((path) => before[path] !== after[path]);

describe('what an office reads of a packet', () => {
  it.each([
    ['review', '0000021101', { '0000021101_2024-05/memo.note': Buffer.from('x') }],
    ['return', '0000021102', {}],
  ])('is the same with and without papers of another office, in %s', async (decision, insured, more) => {
    const [packet] = await send(OWN, { ...papersOf(insured, OWN, ['.pdf']), ...more });
    expect(packet).toMatchObject({ decision, insured_number: insured });
    const before = await answersOn(packet!);
    const other = papersOf(insured, SECOND_OFFICE.number, ['.pdf']);
    const note = { [`${insured}_2024-05/memo.note`]: Buffer.from('y') };
    const [rival] = await send(SECOND_OFFICE.number, { ...other, ...note });
    expect(rival).toMatchObject({ insured_number: insured, office_number: SECOND_OFFICE.number });
    expect(changedIn(before, await answersOn(packet!))).toEqual([]);
    await withdraw(rival!);
    expect(changedIn(before, await answersOn(packet!))).toEqual([]);
  });

  it('names no other office where the papers were in order, and stays the same when the other withdraws', async () => {
    const [[own, other]] = (await makePairs(new Random('unseen'), 1, [registry])) as [
      [BenchUpload, BenchUpload],
    ];
    const [accepted] = await sendBytes(OWN, own.bytes);
    expect(accepted?.decision).toBe('accept');
    const [rival] = await sendBytes(SECOND_OFFICE.number, other.bytes);
    const asked = await answersOn(accepted!);
    expect(asked[`/notices/${accepted!.packet_id}`]).toContain('F_CLAIM_OFFICE');
    for (const answer of Object.values(asked)) {
      expect(answer).not.toContain(SECOND_OFFICE.number);
      expect(answer).not.toContain(SECOND_OFFICE.name);
    }
    await withdraw(rival!);
    expect(changedIn(asked, await answersOn(accepted!))).toEqual([]);
  });
});
