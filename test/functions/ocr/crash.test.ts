import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient } from '../../../cli/api-client.ts';
import { type Host, startHost } from '../../../host/host.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { closeOcrReader } from '../../../shared/documents/ocr/ocr-file-isolated.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';

// A picture over which the OCR reader crashes each time, through the real queues and handlers.
const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-crash-'));
const scanner = join(folder, 'ocr.mjs');
let desk: Host;

beforeAll(async () => {
  writeFileSync(
    scanner,
    `process.on('message', () => process.kill(process.pid, 'SIGSEGV'));
     process.on('disconnect', () => process.exit(0));
     process.send('ready');`,
  );
  process.env.UKETSUKE_OCR_PROGRAM = scanner;
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder: join(folder, 'data'), port: 0 });
});
afterAll(async () => {
  delete process.env.UKETSUKE_OCR_PROGRAM;
  closeOcrReader();
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('keeps the desk running and sends the packet to review, which names the unread page', async () => {
  const client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(join(ROOT, 'samples/registry/iwaki.yaml')));
  const file = join(ROOT, 'samples/packets/broken-pdf-picture.zip');
  const { packets } = await client.waitForAnswer(
    await client.send({ name: 'scan.zip', file }),
    async () => false,
  );
  await desk.waitUntilIdle();
  const { waiting, dead } = await desk.countPending();
  expect({ waiting, dead }).toEqual({ waiting: 0, dead: 0 });
  const { verdict } = await client.get<{ verdict: PacketVerdict }>(`/packets/${packets[0]!.packet_id}`);
  expect(verdict.decision).toBe('review');
  const unread = verdict.documents.filter(({ read_by }) => read_by === 'none');
  expect(unread.length).toBeGreaterThan(0);
  const reported = verdict.findings.filter(({ message }) => message.includes('画像が壊れています'));
  expect(reported.map(({ where }) => where?.file)).toEqual([unread[0]!.file]);
});
