import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Random } from '../../samples/city/random.ts';
import { OPERATOR } from '../../shared/access/sender.ts';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { isEvent, type RecordEvent } from '../../shared/records/events/event.ts';
import { isUnsent } from '../../shared/records/events/event-log.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import { type AreaSummary, summarise } from '../../shared/records/views/area-summary.ts';
import type { NoticeRecord } from '../../shared/records/views/letter.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { openDeskFolder } from '../builders/desk-folder.ts';
import { makeUploads } from './uploads.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The real desk on one machine, killed by SIGKILL around one of its writes, repeatedly; then left to finish. */
export async function killForReal(
  times: number,
  random: Random,
): Promise<{ kills: number; packets: number; problems: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'uketsuke-faults-'));
  try {
    const registries = await Promise.all(
      ['kumamoto', 'mito', 'iwaki'].map((city) => loadRegistry(join(ROOT, `samples/registry/${city}.yaml`))),
    );
    const uploads = await makeUploads(random.fork('uploads'), 12, registries, {
      plain: true,
      sender: OPERATOR,
    });
    const files = uploads.map(({ name, bytes }) => {
      const file = join(folder, name);
      writeFileSync(file, bytes);
      return file;
    });
    const data = join(folder, 'data');
    let kills = 0;
    for (let n = 0; n < times; n++) {
      // The first hundred writes of a new desk import registries; later ones process uploads.
      const at = random.int(n === 0 ? 80 : 5, n === 0 ? 200 : 120);
      if (
        (await start(data, files, {
          KILL_AT_WRITE: String(at),
          KILL_WHEN: random.pick(['before', 'after']),
        })) === 'SIGKILL'
      )
        kills++;
    }
    await start(data, files, {});
    const packets = [...new Set(uploads.flatMap((one) => one.packets.map(({ packet_id }) => packet_id)))];
    return { kills, packets: packets.length, problems: await problemsOf(data, packets) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function start(
  data: string,
  files: string[],
  environment: Record<string, string>,
): Promise<string | number | null> {
  const desk = ['cli/cli.ts', 'start', '--once', '--port', '0', '--data', data, ...files];
  const preload = environment.KILL_AT_WRITE
    ? ['--import', join(import.meta.dirname, 'kill-at-write.ts')]
    : [];
  const child = spawn(process.execPath, [...preload, ...desk], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  return new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)));
}

async function problemsOf(data: string, packets: string[]): Promise<string[]> {
  const desk = await openDeskFolder(data);
  try {
    const problems: string[] = [];
    const events = await desk.all<RecordEvent>('events');
    const decided = events.filter(isEvent('packet.decided')).filter((one) => one.run === 1);
    const ids = decided.map((one) => one.packet_id);
    for (const id of packets) if (!ids.includes(id)) problems.push(`lost: decision ${id}`);
    if (new Set(ids).size !== ids.length || ids.length > packets.length) problems.push('doubled: decisions');
    const notices = (await desk.all<NoticeRecord>('notices')).filter((one) => one.kind !== 'receipt');
    if (notices.length !== packets.length) problems.push(`notices: ${notices.length} of ${packets.length}`);
    const due = new Set(
      events
        .filter(isEvent('packet.decided'))
        .filter((one) => one.review_due)
        .map((one) => one.packet_id),
    );
    const reviews = await desk.all<ReviewItem>('reviews');
    if (reviews.length !== due.size) problems.push(`reviews: ${reviews.length} of ${due.size}`);
    if (events.some(isUnsent)) problems.push('left: an outbox');
    const { waiting, dead } = await desk.waiting();
    if (waiting + dead > 0) problems.push(`left: ${waiting} waiting, ${dead} set aside`);
    const cases = await desk.all<CaseRecord>('cases');
    for (const { revision: _r, computed_at, ...numbers } of await desk.all<AreaSummary>('summaries')) {
      const here = cases.filter(
        (one) => one.area_month === `${numbers.city}#${numbers.area}#${numbers.month}`,
      );
      if (summarise(numbers, here, japanDate(computed_at)).cases !== numbers.cases)
        problems.push(`wrong: summary ${numbers.month_area}`);
    }
    return problems;
  } finally {
    await desk.close();
  }
}
