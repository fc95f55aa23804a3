/**
 * A month of many packets in one ZIP, beside the same packets in many ZIPs, and a rebuild of what they left:
 * node bench/one-upload.ts [--packets 2000] [--zips 50]
 * Packets of nine CSV files, each of another person. A packet's CPU is user + system of this process, in which the whole
 * desk runs: handlers, queues, tables and objects.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../cli/api-client.ts';
import { startHost } from '../host/host.ts';
import type { Rebuilt } from '../shared/records/recovery/rebuild.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { REGISTRIES } from '../test/hostile/lib/base-packets.ts';
import { countRequests } from './lib/count-requests.ts';
import { officeMonth } from './lib/office-month.ts';

const { values } = parseArgs({
  options: { packets: { type: 'string', default: '2000' }, zips: { type: 'string', default: '50' } },
});
const packets = Number(values.packets);
const each = Math.ceil(packets / Number(values.zips));
process.env.UKETSUKE_LOG = 'off';
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-one-upload-'));
const counted = countRequests(() => true);
const requests = (): number => counted.requests.length;

console.log(
  '| what | seconds | packets/s | CPU of a packet | requests of a packet |\n| --- | ---: | ---: | ---: | ---: |',
);
try {
  const desk = await startHost({ folder: join(folder, 'desk'), port: 0 });
  const client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(REGISTRIES[0]!));
  const file = await zipOf(0, packets);
  await measure('one ZIP', async () => {
    const id = await client.send({ name: 'month.zip', file });
    const answered = await client.waitForAnswer(id, never);
    if (answered.packets.length !== packets) throw new Error(`${answered.packets.length} packets answered`);
  });
  await desk.waitUntilIdle();
  await measure('rebuild', async () => {
    const rebuilt = await client.operate<Rebuilt>('rebuild', { by: 'bench' });
    if (rebuilt.packets !== packets) throw new Error(`${rebuilt.packets} packets rebuilt`);
  });
  const files: string[] = [];
  for (let first = packets; first < 2 * packets; first += each)
    files.push(await zipOf(first, Math.min(each, 2 * packets - first)));
  await measure(`the same in ${files.length} ZIPs`, async () => {
    const ids = await Promise.all(files.map((file) => client.send({ name: 'month.zip', file })));
    for (const id of ids) await client.waitForAnswer(id, never);
  });
  await desk.stop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

async function never(): Promise<boolean> {
  return false;
}

async function zipOf(first: number, persons: number): Promise<string> {
  const file = join(folder, `${first}-${persons}.zip`);
  writeFileSync(file, await officeMonth(persons, { first, withPdf: false }));
  return file;
}

async function measure(what: string, run: () => Promise<void>): Promise<void> {
  const [began, before, sent] = [Date.now(), process.cpuUsage(), requests()];
  await run();
  const seconds = (Date.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  const cells = [
    seconds.toFixed(1),
    (packets / seconds).toFixed(1),
    `${((user + system) / 1000 / packets).toFixed(1)} ms`,
  ];
  console.log(`| ${[what, ...cells, ((requests() - sent) / packets).toFixed(1)].join(' | ')} |`);
}
