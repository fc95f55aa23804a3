import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../samples/city/random.ts';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { RecordEvent } from '../../shared/records/events/event.ts';
import { isEvent } from '../../shared/records/events/event.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import type { NoticeRecord, StoredLetter } from '../../shared/records/views/letter.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { audit } from '../harness/audit.ts';
import { deskIn } from '../harness/desk.ts';
import { Process } from '../harness/faults.ts';
import { makePairs, SECOND_OFFICE, withSecondOffice } from '../harness/pairs.ts';
import { quietly } from '../harness/quiet.ts';
import { Bench, type Run, run, type Scenario, sqsEvent } from '../harness/run.ts';
import { SCENARIOS } from '../harness/scenarios.ts';
import type { BenchUpload } from '../harness/uploads.ts';
import { QUEUE_URLS, RESULTS, World } from '../harness/world.ts';

// Two offices send papers of one person and month: at the same moment, in concurrent processes, under every fault.
const SEED = 'rivals-1';
const PAIRS = 4;
let registries: Registry[];
let pairs: [BenchUpload, BenchUpload][];

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  const mito = await loadRegistry(join(import.meta.dirname, '../../samples/registry/mito.yaml'));
  registries = [withSecondOffice(mito)];
  pairs = await makePairs(new Random(SEED), PAIRS, registries);
});

const read = (world: World, key: string): string =>
  world.objects.list(RESULTS, key).at(-1)!.body.toString('utf8');

const runsOf = (world: World, packet_id: string): PacketDecided[] =>
  world.tables
    .all<RecordEvent>('events')
    .filter(isEvent('packet.decided'))
    .filter((one) => one.packet_id === packet_id)
    .sort((a, b) => a.run - b.run);

/** One message of the intake queue, as one function gets it. */
async function receiveOne(world: World): Promise<Message> {
  const command = new ReceiveMessageCommand({ QueueUrl: QUEUE_URLS.intake, MaxNumberOfMessages: 1 });
  return ((await world.queues.send(command)) as { Messages: Message[] }).Messages[0]!;
}

/** What each side of a pair, the 包括 and the area's numbers show of one packet. */
function toldOf(world: World, packet_id: string) {
  const runs = runsOf(world, packet_id);
  const last = runs.at(-1)!;
  const verdict = JSON.parse(read(world, last.verdict_key)) as PacketVerdict;
  const notice = world.tables.all<NoticeRecord>('notices').find((one) => one.notice_id === packet_id)!;
  const { text } = JSON.parse(read(world, notice.key)) as StoredLetter;
  return {
    finding: verdict.findings.some(({ code }) => code === 'F_PACKET_TWO_OFFICES'),
    decision: last.decision,
    review: world.tables.all<ReviewItem>('reviews').find((one) => one.packet_id === packet_id)?.state,
    inCase: world.tables.all<CaseRecord>('cases').find((one) => one.packet_id === packet_id)?.codes
      .F_PACKET_TWO_OFFICES,
    letter: text.includes('F_CLAIM_OFFICE'),
    namesOther: text.includes(last.office === SECOND_OFFICE.number ? '見本居宅' : SECOND_OFFICE.name),
    runs: runs.length,
    because: runs.map((one) => one.because ?? null),
  };
}
const TOLD = {
  finding: true,
  decision: 'review',
  review: 'open',
  inCase: 1,
  letter: true,
  namesOther: false,
};

async function send(scenario: Scenario, uploads: BenchUpload[]): Promise<Run> {
  const random = new Random(`${SEED} ${scenario.name}`);
  return (await quietly(() => run(scenario, uploads, registries, random))).result;
}

describe('two offices with one person and month', () => {
  it.each(SCENARIOS)('are both told, and the 包括 of both: $name', async (scenario) => {
    const result = await send({ ...scenario, workers: 4 }, pairs.flat());
    for (const [n, pair] of pairs.entries())
      for (const { packets } of pair)
        expect(toldOf(result.world, packets[0]!.packet_id), `pair ${n}`).toMatchObject(TOLD);
    expect(audit(result)).toMatchObject({ lost: [], doubled: [], wrong: [], ledgers: [], left: [] });
    const [summary] = result.world.tables.all<AreaSummary>('summaries');
    expect(summary).toMatchObject({ two_offices: PAIRS, users: PAIRS, cases: 2 * PAIRS, reviews: 2 * PAIRS });
  });

  it('get a further run each where two functions decide them at the same moment', async () => {
    let atOnce = 0;
    for (const [n, pair] of pairs.entries()) {
      const world = new World();
      await world.importRegistries(registries);
      for (const { key, bytes, name } of pair) await world.upload(key!, bytes, name);
      const messages = [await receiveOne(world), await receiveOne(world)];
      const desks = messages.map(() =>
        deskIn(
          new Process(
            () => null,
            async () => void (await turn()),
          ),
          world,
          { guarded: true, now: () => new Date(world.time) },
        ),
      );
      await quietly(() => Promise.all(desks.map(({ intake }, i) => intake(sqsEvent([messages[i]!])))));
      const before = pair.map(({ packets }) => runsOf(world, packets[0]!.packet_id));
      // Neither knew of the other.
      const isAtOnce = before.every(([first]) => first!.decision === 'accept');
      if (isAtOnce) atOnce++;
      await quietly(() => new Bench({ name: 'rest', workers: 2 }, world, new Random(`${n}`)).drain());
      const told = pair.map(({ packets }) => toldOf(world, packets[0]!.packet_id));
      expect(told, `pair ${n}`).toMatchObject([TOLD, TOLD]);
      if (isAtOnce)
        expect(told.map(({ because }) => because)).toEqual([
          [null, 'rivals'],
          [null, 'rivals'],
        ]);
    }
    expect(atOnce).toBeGreaterThan(0);
  });

  it('are told in sequence as well: the first gets a further run', async () => {
    // Decided for the first time here: the harness repeats verdicts it knows.
    const fresh = await makePairs(new Random('in sequence'), 3, registries);
    const { world } = await send({ name: 'in sequence', workers: 1 }, fresh.flat());
    for (const pair of fresh) {
      const told = pair.map(({ packets }) => toldOf(world, packets[0]!.packet_id));
      expect(told).toMatchObject([TOLD, TOLD]);
      expect(told.map(({ runs }) => runs).sort()).toEqual([1, 2]);
    }
  });
});

describe('one office', () => {
  it('is told of no other where it sends a month twice', async () => {
    const [[own]] = pairs as [[BenchUpload, BenchUpload]];
    const { world } = await send({ name: 'alone', workers: 2 }, [own, { ...own, key: `${own.key}.again` }]);
    expect(toldOf(world, own.packets[0]!.packet_id)).toMatchObject({
      finding: false,
      runs: 1,
      letter: false,
    });
  });
});
