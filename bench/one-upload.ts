/**
 * A month of many packets in one ZIP and a rebuild of what it left, beside the same packets in many ZIPs:
 * node bench/one-upload.ts [--packets 2000] [--zips 50] [--warm 100]
 * Packets of nine CSV files, each of another person, all in one area and month. Each of the two has a process and a desk of
 * its own, so that none comes after the other, and first decides `warm` packets in five ZIPs that are not counted. The
 * seconds end with the last answer. CPU and requests are counted until nothing is left to do, letters and summaries
 * included. A packet's CPU is user + system of that process, in which the whole desk runs: handlers, queues, tables and
 * objects; in the thread of the handlers everything but the tables runs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../cli/api-client.ts';
import { type Host, startHost } from '../host/host.ts';
import type { Rebuilt } from '../shared/records/recovery/rebuild.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { REGISTRIES } from '../test/hostile/lib/base-packets.ts';
import { countRequests } from './lib/count-requests.ts';
import { officeMonth } from './lib/office-month.ts';

const { values } = parseArgs({
  options: {
    packets: { type: 'string', default: '2000' },
    zips: { type: 'string', default: '50' },
    warm: { type: 'string', default: '100' },
    /** of a process that measures one of the two: how many ZIPs */
    in: { type: 'string' },
  },
});
const packets = Number(values.packets);
const WARM_ZIPS = 5;

if (values.in === undefined) {
  const columns = ['what', 'seconds', 'packets/s', 'CPU of a packet', 'thread of the handlers', 'requests'];
  console.log(`| ${columns.join(' | ')} |\n| --- |${' ---: |'.repeat(columns.length - 1)}`);
  const failed = ['1', values.zips].filter((zips) => {
    const options = [import.meta.filename, ...process.argv.slice(2), '--in', zips];
    return spawnSync(process.execPath, options, { stdio: 'inherit' }).status !== 0;
  });
  process.exit(failed.length > 0 ? 1 : 0);
}

process.env.UKETSUKE_LOG = 'off';
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-one-upload-'));
const counted = countRequests(() => true, { withPlaces: false });
try {
  const desk = await startHost({ folder: join(folder, 'desk'), port: 0 });
  await decideMonth(desk, Number(values.in));
  await desk.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

async function decideMonth(desk: Host, zips: number): Promise<void> {
  const client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(REGISTRIES[0]!));
  await decide(client, await zipsOf(packets, Number(values.warm), WARM_ZIPS));
  await desk.waitUntilIdle();
  const month = await zipsOf(0, packets, zips);
  await measure(desk, zips === 1 ? 'one ZIP' : `the same in ${zips} ZIPs`, () => decide(client, month));
  if (zips > 1) return;
  await measure(desk, 'rebuild', async () => {
    const rebuilt = await client.operate<Rebuilt>('rebuild', { by: 'bench' });
    if (rebuilt.packets !== packets + Number(values.warm))
      throw new Error(`${rebuilt.packets} packets rebuilt`);
  });
}

/** Sends uploads at the same time, and waits for all their answers. */
async function decide(client: ApiClient, uploads: Upload[]): Promise<void> {
  const ids = await Promise.all(uploads.map(({ file }) => client.send({ name: 'month.zip', file })));
  for (const [n, id] of ids.entries()) {
    const { packets } = await client.waitForAnswer(id, async () => false);
    if (packets.length !== uploads[n]!.persons) throw new Error(`${packets.length} packets answered`);
  }
}

interface Upload {
  file: string;
  persons: number;
}

/** Persons from the first on, in ZIPs of the same size but for the last one. */
async function zipsOf(first: number, persons: number, zips: number): Promise<Upload[]> {
  const each = Math.ceil(persons / zips);
  const uploads: Upload[] = [];
  for (let n = 0; n < persons; n += each) {
    const upload = { file: join(folder, `${first + n}.zip`), persons: Math.min(each, persons - n) };
    writeFileSync(upload.file, await officeMonth(upload.persons, { first: first + n, withPdf: false }));
    uploads.push(upload);
  }
  return uploads;
}

async function measure(desk: Host, what: string, run: () => Promise<void>): Promise<void> {
  const [began, before, thread] = [Date.now(), process.cpuUsage(), process.threadCpuUsage()];
  const sent = counted.requests.length;
  await run();
  const seconds = (Date.now() - began) / 1000;
  await desk.waitUntilIdle();
  const each = ({ user, system }: { user: number; system: number }): string =>
    `${((user + system) / 1000 / packets).toFixed(1)} ms`;
  const cells = [
    seconds.toFixed(1),
    (packets / seconds).toFixed(1),
    each(process.cpuUsage(before)),
    each(process.threadCpuUsage(thread)),
    ((counted.requests.length - sent) / packets).toFixed(1),
  ];
  console.log(`| ${[what, ...cells].join(' | ')} |`);
}
