/**
 * Cost of 1,000 born-digital packets on AWS: node bench/cost.ts [--packets 40] [--area-cases 300] [--requests]
 * Runs a desk of this machine, counts every request of an upload from its announcement to the sweep that closes it, and
 * multiplies by the prices below. `--requests` lists them by function and place. What one machine cannot measure is an
 * assumption and marked as one in the output. docs/capacity.md explains the result.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { ApiClient } from '../cli/api-client.ts';
import { startHost } from '../host/host.ts';
import { STAGES } from '../infra/settings.ts';
import { decideUpload } from '../shared/flow.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { REGISTRIES } from '../test/hostile/lib/base-packets.ts';
import { type CountedRequest, countRequests, type Service } from './lib/count-requests.ts';
import { cpuWithChildren } from './lib/cpu.ts';
import { officeMonth } from './lib/office-month.ts';

/**
 * US dollars, Tokyo (ap-northeast-1), on demand, without any free tier; read in November 2026 from copies of the
 * price lists, to be verified for an offer. A comment marks a price found for us-east-1 only.
 */
const PRICES = {
  lambdaGbSecond: 0.0000133334, // arm64
  lambdaRequest: 0.2e-6,
  s3Put: 0.0047e-3,
  s3Get: 0.00037e-3,
  sqs: 0.4e-6, // standard
  sqsFifo: 0.5e-6,
  dynamoWrite: 0.715e-6, // us-east-1: 0.625e-6
  dynamoRead: 0.1425e-6, // us-east-1: 0.125e-6
  logGigabyte: 0.76,
};

/** Not measurable on one machine: the latency of AWS, and the log lines of Lambda itself. */
const ASSUMED = {
  ms: { dynamo: 6, s3Put: 30, s3Get: 30, sqs: 10, sqsFifo: 10 } satisfies Record<Service, number>,
  /** messages in one batch under load; the limit is ten */
  batch: 3,
  /** of an invocation besides its waits, where it decides nothing */
  cpuMs: 7,
  /** bytes of Lambda's own START, END and REPORT */
  platformLogBytes: 450,
  logBytesPerPacket: 600,
};

const { values } = parseArgs({
  options: {
    packets: { type: 'string', default: '40' },
    'area-cases': { type: 'string', default: '300' },
    requests: { type: 'boolean', default: false },
  },
});
/** who sends on AWS what the host sends here: S3 and EventBridge */
const BUCKET = 'host';
const packets = Number(values.packets);
/** whose papers they are, and who sends them */
const OFFICE = '0770100014';
/** of which the CPU is the median */
const TRIES = 5;
let counting = false;
const counted = countRequests(() => counting);

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-cost-'));
try {
  process.env.UKETSUKE_LOG = 'off';
  const first = join(folder, 'first.zip');
  writeFileSync(first, await officeMonth(1, { first: 900 }));
  const file = join(folder, 'upload.zip');
  writeFileSync(file, await officeMonth(packets));
  const cpu = await cpuOfDeciding(file);
  const requests = await runDesk(first, file);
  if (values.requests) printRequests(requests);
  printCost(cpu, requests);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

/** CPU of one packet in milliseconds: this process and its readers, warm. */
async function cpuOfDeciding(file: string): Promise<number> {
  const registries = await Promise.all(REGISTRIES.map(loadRegistry));
  const decide = async (): Promise<number> => {
    const before = cpuWithChildren();
    for await (const _ of decideUpload({ name: 'upload.zip', file }, { registries, today: '2024-07-01' }));
    return (cpuWithChildren() - before) / packets;
  };
  await decide();
  const tries: number[] = [];
  for (let n = 0; n < TRIES; n++) tries.push(await decide());
  return tries.sort((a, b) => a - b)[Math.floor(TRIES / 2)]!;
}

/**
 * The requests of one upload in a desk that has answered another one before. What a sweep asks without any upload is the
 * same whatever comes, and is left out, as are the requests of the page.
 */
async function runDesk(first: string, file: string): Promise<CountedRequest[]> {
  const desk = await startHost({ folder: join(folder, 'data'), port: 0 });
  const client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(REGISTRIES[0]!));
  const answer = async (file: string): Promise<string> => {
    const sent = await client.send({ name: 'upload.zip', file }, OFFICE);
    await desk.waitUntilIdle();
    return sent;
  };
  const sweep = async (): Promise<void> => {
    const QueueUrl = desk.queues.find(({ stage }) => stage === 'sweep')!.url;
    await desk.cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"kind":"sweep"}' }));
    await desk.waitUntilIdle();
  };
  await answer(first);
  await sweep();
  counting = true;
  await sweep();
  const idle = new Set(counted.requests.splice(0).map(keyOf));
  counted.messages.clear();
  const sent = await answer(file);
  await sweep();
  counting = false;
  // It comes every few minutes, whatever was sent: bench/month.ts counts it.
  counted.messages.delete('sweep');
  const { packets: answered } = await client.upload(sent);
  const bad = answered.filter((one) => one.decision !== 'accept');
  if (bad.length > 0) console.log(`${bad.length} of ${answered.length} packets were not accepted`);
  await desk.stop();
  const isOfBucket = ({ by, what }: CountedRequest): boolean =>
    by === BUCKET && what.startsWith('Send IntakeQueue');
  return counted.requests.filter(
    (one) => isOfBucket(one) || (one.by !== BUCKET && !(one.by === 'sweep' && idle.has(keyOf(one)))),
  );
}

function keyOf({ by, what, place }: CountedRequest): string {
  return [by, what, place].join(' | ');
}

function printRequests(requests: CountedRequest[]): void {
  console.log('| function | request | place | number | units |\n| --- | --- | --- | ---: | ---: |');
  for (const [key, group] of Map.groupBy(requests, keyOf)) {
    const units = group.reduce((sum, { write, read }) => sum + write + read, 0);
    console.log(`| ${key} | ${group.length} | ${units} |`);
  }
  console.log();
}

function printCost(cpuMs: number, requests: CountedRequest[]): void {
  const per = (what: (one: CountedRequest) => number): number =>
    requests.reduce((sum, one) => sum + what(one), 0) / packets;
  const count = (service: Service): number => per((one) => Number(one.service === service));
  // A summary reads all cases of its area and month once a batch; this run's area holds only the packets sent.
  const growth = (count('sqsFifo') / ASSUMED.batch) * ((Number(values['area-cases']) / 2 - packets / 2) / 4);
  const reads = per(({ read }) => read) + Math.max(0, growth);
  const writes = per(({ write }) => write);
  const waitOf = (isOf: (by: string) => boolean): number =>
    per(({ by, service }) => (isOf(by) ? ASSUMED.ms[service] : 0));
  const deciding = waitOf((by) => by === 'intake');
  const rest = waitOf((by) => by !== 'intake' && by !== BUCKET);
  const batches = [...counted.messages].reduce(
    (sum, [by, messages]) => sum + messages / (by === 'intake' ? STAGES.intake.batchSize : ASSUMED.batch),
    0,
  );
  const invocations = batches / packets;
  const gigabyteSeconds =
    ((cpuMs + deciding) * STAGES.intake.memoryMb +
      (rest + ASSUMED.cpuMs * invocations) * STAGES.notify.memoryMb) /
    1000 /
    1024;
  const logBytes = ASSUMED.logBytesPerPacket + invocations * ASSUMED.platformLogBytes;
  console.log(`requests of a packet: ${(requests.length / packets).toFixed(1)}\n`);
  const rows: [string, number, string][] = [
    [
      'Lambda',
      gigabyteSeconds * PRICES.lambdaGbSecond + invocations * PRICES.lambdaRequest,
      `${cpuMs.toFixed(0)} ms of CPU and ${(deciding + rest).toFixed(0)} ms of waiting, ${gigabyteSeconds.toFixed(2)} GB·s`,
    ],
    [
      'S3',
      count('s3Put') * PRICES.s3Put + count('s3Get') * PRICES.s3Get,
      `${count('s3Put').toFixed(2)} PUT, ${count('s3Get').toFixed(2)} GET`,
    ],
    [
      'DynamoDB',
      writes * PRICES.dynamoWrite + reads * PRICES.dynamoRead,
      `${count('dynamo').toFixed(1)} requests, ${writes.toFixed(1)} write units, ${reads.toFixed(1)} read units`,
    ],
    [
      'SQS',
      (count('sqs') + 2 * invocations) * PRICES.sqs + count('sqsFifo') * PRICES.sqsFifo,
      `${(count('sqs') + count('sqsFifo')).toFixed(2)} sends, ${(2 * invocations).toFixed(2)} receives and deletes`,
    ],
    ['logs', (logBytes / 1e9) * PRICES.logGigabyte, `${logBytes.toFixed(0)} bytes`],
  ];
  console.log('| part | US$ per 1,000 packets | each packet |\n| --- | ---: | --- |');
  for (const [part, price, what] of rows) console.log(`| ${part} | ${(price * 1000).toFixed(4)} | ${what} |`);
  const sum = rows.reduce((total, [, price]) => total + price, 0);
  console.log(
    `| **together** | **${(sum * 1000).toFixed(4)}** | ${packets} packets in one upload, areas of ${values['area-cases']} cases a month |`,
  );
}
