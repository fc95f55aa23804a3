import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { decideUpload } from '../../shared/flow.ts';
import { isEvent, type RecordEvent } from '../../shared/records/events/event.ts';
import { isUnsent } from '../../shared/records/events/event-log.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import { type AreaSummary, summarise } from '../../shared/records/views/area-summary.ts';
import { answerKey, type NoticeRecord, noticeKey } from '../../shared/records/views/letter.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { type OpenFolder, openDeskFolder } from '../builders/desk-folder.ts';

// The real process: SIGKILL during its work, several times, then left to finish.
const ROOT = resolve(import.meta.dirname, '../..');
const UPLOADS = [
  'mito-2024-04',
  'mito-2024-05',
  'kumamoto-bulk',
  'iwaki-commissioned',
  'broken-no-person',
].map((name) => join(ROOT, `samples/packets/${name}.zip`));
const KILLS = 4;
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-kill-'));
const moments: number[] = [];
let output = '';
let exitCode: number | null = null;
let desk: OpenFolder;

beforeAll(async () => {
  for (let n = 0; n < KILLS; n++) {
    const child = start();
    await opened(child);
    // Spread over the work: early during the sending, and later each time.
    const moment = Math.round(n * 450 + Math.random() * 700);
    moments.push(moment);
    await sleep(moment);
    child.kill('SIGKILL');
    await ended(child);
  }
  const last = start();
  for (const stream of [last.stdout, last.stderr])
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  exitCode = await ended(last);
  desk = await openDeskFolder(folder);
}, 300_000);

afterAll(async () => {
  await desk?.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = (): ChildProcess =>
  spawn(process.execPath, ['cli/cli.ts', 'start', '--once', '--port', '0', '--data', folder, ...UPLOADS], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => (child.exitCode !== null ? done(child.exitCode) : child.once('exit', done)));
const opened = (child: ChildProcess): Promise<void> =>
  new Promise((done) => {
    child.stdout?.on('data', (chunk) => String(chunk).includes('受付が動いています') && done());
    child.once('exit', () => done());
  });

describe(`a desk killed ${KILLS} times and started again`, () => {
  const why = () => `killed after ${moments.join(', ')} ms; ${output.slice(-800)}`;

  it('finishes, and exits with the code of a returned packet', () => {
    expect(exitCode, why()).toBe(1);
    expect(output).toContain('前回は途中で止まっていました');
  });

  it('decides every packet exactly once', async () => {
    const expected: string[] = [];
    for (const file of UPLOADS)
      for await (const { packet_id } of decideUpload(
        { name: file.split('/').at(-1)!, file },
        { registries: [], today: '2026-06-12', received: '2026-06-12' },
      ))
        expected.push(packet_id);
    const runs = await decisions();
    const first = runs.filter(({ run }) => run === 1);
    expect(first.map((one) => one.packet_id).sort(), why()).toEqual(expected.sort());
    // A kill can delay a month until the next one is decided: then one of the two gets a further run that tells so.
    for (const later of runs.filter(({ run }) => run > 1)) {
      expect(later.because, why()).toBe('rivals');
      expect(first.filter(({ person }) => person === later.person).length, why()).toBeGreaterThan(1);
    }
  });

  it('finishes every upload it received, and leaves nothing unsent', async () => {
    const events = await desk.all<RecordEvent>('events');
    const of = (type: string) => new Set(events.filter((e) => e.type === type).map((e) => e.stream));
    expect(of('upload.finished'), why()).toEqual(of('upload.received'));
    expect(of('receipt.written'), why()).toEqual(of('upload.received'));
    expect(events.filter((event) => isUnsent(event) || 'pending' in event)).toEqual([]);
    expect(await desk.waiting()).toEqual({ waiting: 0, dead: 0 });
  });

  it('writes one notice per packet, as text and as data, and keeps those of earlier runs', async () => {
    const runs = await decisions();
    const notices = (await desk.all<NoticeRecord>('notices')).filter((one) => one.kind !== 'receipt');
    expect(notices.map((one) => one.notice_id).sort(), why()).toEqual([...lastRuns(runs).keys()].sort());
    const objects = (await keys(desk.s3, desk.results)).filter((key) => /\/(?:notices|answers)\//.test(key));
    // The only packet of an upload may have its notice in one object with the receipt.
    const letters = runs.map(({ owner, packet_id, upload_id, run }) => {
      const answer = answerKey(owner, upload_id);
      return run === 1 && objects.includes(answer) ? answer : noticeKey(owner, packet_id, run);
    });
    expect(objects.sort(), why()).toEqual(letters.sort());
  });

  it('opens one review item where the decision asks for one, and no other', async () => {
    const asked = [...lastRuns(await decisions()).values()].filter((one) => one.review_due);
    const items = await desk.all<ReviewItem>('reviews');
    expect(items.map((item) => item.packet_id).sort(), why()).toEqual(
      asked.map((one) => one.packet_id).sort(),
    );
  });

  it('counts in every summary exactly the cases of its area and month', async () => {
    const cases = await desk.all<CaseRecord>('cases');
    const summaries = await desk.all<AreaSummary>('summaries');
    const places = new Set(cases.map((one) => one.area_month));
    expect(new Set(summaries.map((s) => `${s.city}#${s.area}#${s.month}`)), why()).toEqual(places);
    for (const { revision, computed_at, ...numbers } of summaries) {
      const here = cases.filter(
        (one) => one.area_month === `${numbers.city}#${numbers.area}#${numbers.month}`,
      );
      expect(numbers).toEqual(summarise(numbers, here, japanDate(computed_at)));
    }
  });
});

const decisions = async (): Promise<PacketDecided[]> =>
  (await desk.all<RecordEvent>('events')).filter(isEvent('packet.decided'));

/** The decision that counts of each packet. */
const lastRuns = (runs: PacketDecided[]): Map<string, PacketDecided> =>
  new Map(runs.toSorted((a, b) => a.run - b.run).map((one) => [one.packet_id, one]));

async function keys(s3: S3Client, Bucket: string): Promise<string[]> {
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'offices/', MaxKeys: 1000 }));
  return (Contents ?? []).map((one) => one.Key!);
}
