import { setImmediate as turn } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { redrive } from '../../functions/operate/redrive.ts';
import type { Rights } from '../../host/rights/rights.ts';
import { STAGES, SWEEP_EVERY_MINUTES } from '../../infra/settings.ts';
import type { Random } from '../../samples/city/random.ts';
import { isEvent, type RecordEvent } from '../../shared/records/events/event.ts';
import { newUploadId, uploadKey } from '../../shared/records/events/upload-id.ts';
import type { Registry } from '../../shared/registry/registry.ts';
import { deskIn, type Handler } from './desk.ts';
import { type FaultPlan, Process } from './faults.ts';
import type { BenchUpload } from './uploads.ts';
import { DEAD_URLS, type Put, QUEUE_URLS, STAGE_NAMES, type Stage, World } from './world.ts';

/** One kind of fault. */
export interface Scenario {
  name: string;
  /** shared by every process of the run: it may count across them */
  plan?: (random: Random) => FaultPlan;
  /** concurrent processes */
  workers?: number;
  /** each message is delivered one to six times, delayed and out of order */
  repeats?: boolean;
  /** days after which each message is delivered again */
  againAfterDays?: number;
  /** hours by which the clock of a process may be wrong, another value at every reading */
  jumpHours?: number;
  guarded?: boolean;
  /** each call is held to the role of its function */
  rights?: Rights;
}

export interface Run {
  world: World;
  /** each upload put, with the expected result */
  puts: { put: Put; upload: BenchUpload }[];
  /** times the intake started on an upload */
  executions: number;
  crashes: number;
  /** dead letters that were redriven */
  setAside: number;
  /** messages that failed however often they were redriven */
  stuck: number;
}

/** Faults go on at the same rate while an operator redrives: about a fourth of the redriven messages become dead letters again. */
const MOST_REDRIVES = 10;
const MOST_SWEEPS = 40;

/**
 * Feeds the uploads to a desk with faults, sweeps as the schedule does, and redrives as an operator would.
 * @param given raised when the test runner gives up: the run then says where it is
 */
export async function run(
  scenario: Scenario,
  uploads: BenchUpload[],
  registries: Registry[],
  random: Random,
  given?: AbortSignal,
): Promise<Run> {
  const world = new World();
  world.rights = scenario.rights ?? null;
  await world.importRegistries(registries);
  const bench = new Bench(scenario, world, random);
  given?.addEventListener('abort', () => console.error(bench.describe()));
  if (scenario.repeats) {
    const chance = random.fork('copies');
    world.queues.copies = () =>
      Array.from({ length: chance.int(1, 6) }, (_, n) => n && chance.int(0, 90_000));
  }
  const again = scenario.againAfterDays;
  if (again) world.queues.copies = () => [0, again * 86_400_000];
  const order = random.fork('order');
  world.queues.pick = (count) => order.int(0, count - 1);

  const result: Run = { world, puts: [], executions: 0, crashes: 0, setAside: 0, stuck: 0 };
  for (const upload of uploads) {
    const key = upload.key ?? uploadKey(newUploadId(new Date(world.time)));
    result.puts.push({ put: await world.upload(key, upload.bytes, upload.name), upload });
  }
  await bench.drain();
  for (let sweeps = 0, redrives = 0; sweeps < MOST_SWEEPS; sweeps++) {
    world.time += SWEEP_EVERY_MINUTES * 60_000 + (sweeps === 0 ? (scenario.jumpHours ?? 0) * 3_600_000 : 0);
    await world.queues.send(
      new SendMessageCommand({ QueueUrl: QUEUE_URLS.sweep, MessageBody: '{"kind":"sweep"}' }),
    );
    await bench.drain();
    const dead = world.queues.count(Object.values(DEAD_URLS));
    if (dead > 0 && redrives++ < MOST_REDRIVES) {
      result.setAside += dead;
      for (const stage of STAGE_NAMES) await bench.redrive(stage);
      await bench.drain();
    } else if (dead === 0 && !isWorkLeft(world.tables.all<RecordEvent>('events'))) break;
  }
  result.stuck = world.queues.count([...Object.values(QUEUE_URLS), ...Object.values(DEAD_URLS)]);
  return { ...result, executions: bench.executions, crashes: bench.crashes };
}

/** Something must still be sent, or an upload was received and did not finish. */
function isWorkLeft(events: RecordEvent[]): boolean {
  const finished = new Set(events.filter(isEvent('upload.finished')).map(({ stream }) => stream));
  return events.some(
    (event) => 'pending' in event || (event.type === 'upload.received' && !finished.has(event.stream)),
  );
}

/** Far more than any scenario needs: work that makes work without an end is reported, not waited for. */
const MOST_ROUNDS = 20_000;

/**
 * Only against a hang, by the clock of the machine: a batch takes some milliseconds, on a busy machine seconds. Shorter
 * than the time of a test, which then says what it waits for.
 */
const MOST_STALL_MS = 240_000;

/** What Lambda and SQS do around the functions, with processes that crash. */
export class Bench {
  executions = 0;
  crashes = 0;
  readonly #scenario: Scenario;
  readonly #world: World;
  readonly #random: Random;
  readonly #plan: FaultPlan;
  /** batches that are being worked on */
  readonly #working = new Set<string>();
  #rounds = 0;
  /** processes that wait for work */
  readonly #warm: { process: Process; handlers: Record<Stage, Handler> }[] = [];

  constructor(scenario: Scenario, world: World, random: Random) {
    this.#scenario = scenario;
    this.#world = world;
    this.#random = random.fork('bench');
    this.#plan = scenario.plan?.(random.fork('plan')) ?? (() => null);
  }

  /** Works until every queue is empty; time passes when nothing is visible. */
  async drain(): Promise<void> {
    const busy = new Set<Promise<void>>();
    for (let rounds = 0; ; rounds++) {
      if (rounds > MOST_ROUNDS) throw new Error(`the queues do not come to rest: ${this.describe()}`);
      this.#rounds++;
      while (busy.size < (this.#scenario.workers ?? 1)) {
        const batch = await this.#receive();
        if (!batch) break;
        const name = `${batch.stage} ${batch.messages.map(({ Body }) => Body).join(' ')}`;
        this.#working.add(name);
        const work = this.#work(batch).finally(() => {
          busy.delete(work);
          this.#working.delete(name);
        });
        busy.add(work);
      }
      if (busy.size > 0) {
        await this.#oneEnds(busy);
        continue;
      }
      const next = this.#world.queues.nextVisible(Object.values(QUEUE_URLS));
      if (next === null) return;
      this.#world.time = Math.max(this.#world.time, next);
    }
  }

  /** Waits for one of the batches, and reports the run where none ends: time of the run does not pass meanwhile. */
  async #oneEnds(busy: Iterable<Promise<void>>): Promise<void> {
    const stall = Promise.withResolvers<never>();
    const fail = () => stall.reject(new Error(`no batch of messages ends: ${this.describe()}`));
    const timer = setTimeout(fail, MOST_STALL_MS);
    await Promise.race([...busy, stall.promise]).finally(() => clearTimeout(timer));
  }

  /** Where a run is that does not end. */
  describe(): string {
    const waiting = this.#world.queues.describe();
    const head = `${this.#rounds} rounds, ${this.executions} uploads begun, ${this.crashes} crashes, ${waiting.length} messages`;
    return [head, 'at work:', ...this.#working, 'waiting:', ...waiting.slice(0, 50)].join('\n');
  }

  /** The operator's redrive, from this machine. */
  redrive(stage: Stage): Promise<number> {
    const queue = { stage, name: stage, url: QUEUE_URLS[stage], deadUrl: DEAD_URLS[stage] };
    return redrive(this.#world.queues as unknown as SQSClient, queue);
  }

  async #receive(): Promise<{ stage: Stage; messages: Message[] } | null> {
    const stages = [...STAGE_NAMES];
    while (stages.length > 0) {
      const [stage] = stages.splice(this.#random.int(0, stages.length - 1), 1) as [Stage];
      const { Messages } = (await this.#world.queues.send(
        new ReceiveMessageCommand({
          QueueUrl: QUEUE_URLS[stage],
          MaxNumberOfMessages: STAGES[stage].batchSize,
        }),
      )) as { Messages: Message[] };
      if (Messages.length > 0) return { stage, messages: Messages };
    }
    return null;
  }

  async #work({ stage, messages }: { stage: Stage; messages: Message[] }): Promise<void> {
    if (stage === 'intake') this.executions += messages.length;
    const desk = this.#warm.pop() ?? this.#boot();
    const handle = () => desk.handlers[stage](sqsEvent(messages));
    const { batchItemFailures } = await (this.#world.rights?.as(stage, handle) ?? handle());
    // A crashed process reports nothing: the whole batch is returned.
    if (desk.process.isDead) {
      this.crashes++;
      return;
    }
    this.#warm.push(desk);
    const failed = new Set(batchItemFailures.map((one) => one.itemIdentifier));
    for (const { MessageId, ReceiptHandle } of messages)
      if (!failed.has(MessageId!))
        await this.#world.queues.send(
          new DeleteMessageCommand({ QueueUrl: QUEUE_URLS[stage], ReceiptHandle }),
        );
  }

  #boot() {
    const world = this.#world;
    const chance = this.#random;
    const process = new Process(this.#plan, async () => {
      world.time += 3;
      if ((this.#scenario.workers ?? 1) > 1) for (let n = chance.int(0, 2); n > 0; n--) await turn();
    });
    const hours = this.#scenario.jumpHours ?? 0;
    const now = () => new Date(world.time + (hours ? chance.int(-hours * 60, hours * 60) * 60_000 : 0));
    return { process, handlers: deskIn(process, world, { guarded: this.#scenario.guarded ?? true, now }) };
  }
}

export const sqsEvent = (messages: Message[]): SQSEvent => ({
  Records: messages.map((message) => ({
    messageId: message.MessageId!,
    receiptHandle: message.ReceiptHandle!,
    body: message.Body!,
    attributes: message.Attributes as unknown as SQSEvent['Records'][number]['attributes'],
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: 'ap-northeast-1',
  })),
});
