/**
 * Sustained load on one machine: node bench/load.ts [--rate 20] [--seconds 60] [--packets 10] [--seed 1]
 * A real desk (template, queues, handlers, files on disk) is fed uploads of `packets` small CSV packets at `rate` packets
 * a second, whether it keeps up or not; then it is left to work off what is waiting, and everything is counted.
 * Ends with 1 when an upload that was taken has no answer, memory grew without end, or a review queue is out of order.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DeskClient } from '../local/desk-client.ts';
import { startDesk } from '../local/host.ts';
import { Random } from '../samples/city/random.ts';
import type { ReviewItem } from '../shared/records/review-item.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { makeUploads } from './faults/uploads.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    packets: { type: 'string', default: '10' },
    drain: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
process.env.UKETSUKE_LOG = 'off';
const seconds = Number(values.seconds);
const each = Number(values.packets);
const MB = 1024 ** 2;

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-load-'));
const registries = await Promise.all(
  ['kumamoto', 'mito', 'iwaki'].map((city) =>
    loadRegistry(join(import.meta.dirname, `../samples/registry/${city}.yaml`)),
  ),
);
const count = Math.ceil((Number(values.rate) * seconds) / ((1 + each) / 2));
const uploads = await makeUploads(new Random(`load ${values.seed}`), count, registries, {
  plain: true,
  most: each,
});
const files = uploads.map(({ name, bytes }) => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
});
const total = uploads.reduce((sum, one) => sum + one.packets.length, 0);

const desk = await startDesk({ folder: join(folder, 'data'), port: 0 });
const client = new DeskClient(desk.url);
const taken = new Map<string, number>();
const waits: number[] = [];
let refused = 0;
let failed = false;
try {
  for (const registry of registries) await client.importRegister(registry);
  const started = Date.now();
  const elapsed = (): number => (Date.now() - started) / 1000;
  console.log(`${total} packets in ${count} uploads at ${values.rate} packets/s`);
  console.log('|   s | taken (packets) | answered | messages waiting | RSS MB |');
  console.log('| ---: | ---: | ---: | ---: | ---: |');
  const memory: number[] = [];
  const answered = new Set<string>();
  const look = async (): Promise<void> => {
    const open = [...taken.keys()].filter((id) => !answered.has(id));
    // The oldest first; those behind the first few unanswered ones are not answered either, or soon looked at.
    for (const id of open.slice(0, 40))
      if ((await client.get<{ state: string }>(`/uploads/${id}`)).state === 'finished') answered.add(id);
    const packets = (ids: Iterable<string>): number =>
      [...ids].reduce((sum, id) => sum + (taken.get(id) ?? 0), 0);
    const { waiting } = await desk.load();
    memory.push(process.memoryUsage.rss() / MB);
    console.log(
      `| ${elapsed().toFixed(0)} | ${packets(taken.keys())} | ${packets(answered)} | ${waiting} | ${memory.at(-1)!.toFixed(0)} |`,
    );
  };

  let fed = 0;
  const feeding = (async () => {
    for (const [n, upload] of uploads.entries()) {
      const due = (fed / Number(values.rate)) * 1000 - (Date.now() - started);
      if (due > 0) await sleep(due);
      fed += upload.packets.length;
      if (elapsed() > seconds * 2) break;
      const sent = Date.now();
      try {
        taken.set(await client.send({ name: upload.name, file: files[n]! }), upload.packets.length);
        waits.push(Date.now() - sent);
      } catch {
        // The office is told to come again; nothing of it was taken.
        refused++;
      }
    }
  })();
  const isFed = feeding.then(() => true);
  while (!(await Promise.race([isFed, sleep(5000).then(() => false)]))) await look();
  const fedIn = elapsed();
  const drainUntil = elapsed() + Number(values.drain);
  while (answered.size < taken.size && elapsed() < drainUntil) {
    await look();
    await sleep(2000);
  }
  await look();

  const sorted = waits.sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const done = [...answered].reduce((sum, id) => sum + (taken.get(id) ?? 0), 0);
  const { waiting, dead } = await desk.load();
  console.log(
    `fed in ${fedIn.toFixed(0)} s; ${(done / elapsed()).toFixed(1)} packets/s decided and recorded; an upload was taken in ${at(0.5)} ms (median), ${at(0.99)} ms (99 of 100); ${refused} refused with a word`,
  );
  const late = taken.size - answered.size;
  console.log(
    `${answered.size} of ${taken.size} uploads answered, ${late} still waiting in ${waiting} messages, ${dead} set aside`,
  );
  const half = memory.slice(memory.length >> 1);
  const growth = (half.at(-1) ?? 0) - (half[0] ?? 0);
  console.log(
    `memory ${Math.max(...memory).toFixed(0)} MB at most, ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB over the second half`,
  );

  let items = 0;
  let outOfOrder = 0;
  for (const { city, areas } of registries)
    for (const { key } of areas) {
      const queue = await client.get<{ items: ReviewItem[] }>(`/review?city=${city}&area=${key}`);
      items += queue.items.length;
      outOfOrder += queue.items.filter((one, n) => n > 0 && one.due < queue.items[n - 1]!.due).length;
    }
  console.log(`review queues: ${items} items looked at, ${outOfOrder} out of the order of their deadlines`);
  // What waits is not lost: it must be on a queue. What is neither answered nor waiting is.
  failed = outOfOrder > 0 || dead > 0 || (late > 0 && waiting === 0) || growth > 200;
} finally {
  await desk.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
