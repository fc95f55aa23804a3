/**
 * Cost of 1,000 born-digital packets on AWS: node bench/cost.ts [--packets 40] [--area-cases 300]
 * Runs a desk of this machine, counts every request its functions make, and multiplies by the prices below.
 * What one machine cannot measure is an assumption and marked as one in the output. docs/capacity.md explains the result.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ApiClient } from '../cli/api-client.ts';
import { startHost } from '../host/host.ts';
import { STAGES } from '../infra/settings.ts';
import { decideUpload } from '../shared/flow.ts';
import { loadRegistry } from '../shared/registry/registry.ts';
import { REGISTRIES } from '../test/hostile/lib/base-packets.ts';
import { countRequests } from './lib/count-requests.ts';
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
  sqsRequest: 0.4e-6, // standard
  sqsFifoRequest: 0.5e-6,
  dynamoWrite: 0.715e-6, // us-east-1: 0.625e-6
  dynamoRead: 0.1425e-6, // us-east-1: 0.125e-6
  logGigabyte: 0.76,
};

/** Not measurable on one machine: the latency of AWS, and the log lines of Lambda itself. */
const ASSUMED = {
  msPerDynamoCall: 6,
  msPerS3Call: 30,
  msPerSqsCall: 10,
  /** messages in one batch under load; the limit is ten */
  batch: 3,
  /** bytes of Lambda's own START, END and REPORT */
  platformLogBytes: 450,
  logBytesPerPacket: 600,
};

const { values } = parseArgs({
  options: { packets: { type: 'string', default: '40' }, 'area-cases': { type: 'string', default: '300' } },
});
const packets = Number(values.packets);
let counting = false;
const counted = countRequests(() => counting);

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-cost-'));
try {
  process.env.UKETSUKE_LOG = 'off';
  const file = join(folder, 'upload.zip');
  writeFileSync(file, await officeMonth(packets));
  const cpu = await cpuOfDeciding(file);
  await runDesk(file);
  print(cpu);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

/** CPU of one packet in milliseconds: this process and its readers, warm. */
async function cpuOfDeciding(file: string): Promise<number> {
  const registries = await Promise.all(REGISTRIES.map(loadRegistry));
  const decide = async (): Promise<void> => {
    for await (const _ of decideUpload({ name: 'upload.zip', file }, { registries, today: '2024-07-01' }));
  };
  await decide();
  const before = cpuWithChildren();
  await decide();
  return (cpuWithChildren() - before) / packets;
}

async function runDesk(file: string): Promise<void> {
  const desk = await startHost({ folder: join(folder, 'data'), port: 0 });
  const client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(REGISTRIES[0]!));
  const never = async (): Promise<boolean> => false;
  counting = true;
  const answered = await client.waitForAnswer(await client.send({ name: 'upload.zip', file }), never);
  await desk.waitUntilIdle();
  counting = false;
  const bad = answered.packets.filter((one) => one.decision !== 'accept');
  if (bad.length > 0) console.log(`${bad.length} of ${answered.packets.length} packets were not accepted`);
  await desk.stop();
}

function print(cpuMs: number): void {
  const each = (n: number): number => n / packets;
  // A summary reads all cases of its area and month once a batch; this run's area holds only the packets sent.
  const growth =
    (each(counted.sqsFifo) / ASSUMED.batch) * ((Number(values['area-cases']) / 2 - packets / 2) / 4);
  const reads = each(counted.read) + Math.max(0, growth);
  const waits =
    each(counted.calls) * ASSUMED.msPerDynamoCall +
    each(counted.s3Put + counted.s3Get) * ASSUMED.msPerS3Call +
    each(counted.sqs + counted.sqsFifo) * ASSUMED.msPerSqsCall;
  const intakeMs = cpuMs + waits * 0.7;
  const restMs = waits * 0.3 + 20;
  const invocations = each(counted.messages) / ASSUMED.batch;
  const gigabyteSeconds = (intakeMs * STAGES.intake.memoryMb + restMs * STAGES.notify.memoryMb) / 1000 / 1024;
  const receives = each(counted.messages) / ASSUMED.batch;
  const requests = counted.calls + counted.s3Put + counted.s3Get + counted.sqs + counted.sqsFifo;
  console.log(`requests of a packet: ${each(requests).toFixed(1)}\n`);
  const rows: [string, number, string][] = [
    [
      'Lambda',
      gigabyteSeconds * PRICES.lambdaGbSecond + invocations * PRICES.lambdaRequest,
      `${cpuMs.toFixed(0)} ms of CPU and ${waits.toFixed(0)} ms of waiting, ${gigabyteSeconds.toFixed(2)} GB·s`,
    ],
    [
      'S3',
      each(counted.s3Put) * PRICES.s3Put + each(counted.s3Get) * PRICES.s3Get,
      `${each(counted.s3Put).toFixed(2)} PUT, ${each(counted.s3Get).toFixed(2)} GET`,
    ],
    [
      'DynamoDB',
      each(counted.write) * PRICES.dynamoWrite + reads * PRICES.dynamoRead,
      `${each(counted.write).toFixed(1)} write units, ${reads.toFixed(1)} read units`,
    ],
    [
      'SQS',
      (each(counted.sqs) + 2 * receives) * PRICES.sqsRequest + each(counted.sqsFifo) * PRICES.sqsFifoRequest,
      `${each(counted.sqs + counted.sqsFifo).toFixed(2)} sends, ${(2 * receives).toFixed(2)} receives and deletes`,
    ],
    [
      'logs',
      ((ASSUMED.logBytesPerPacket + invocations * ASSUMED.platformLogBytes) / 1e9) * PRICES.logGigabyte,
      `${(ASSUMED.logBytesPerPacket + invocations * ASSUMED.platformLogBytes).toFixed(0)} bytes`,
    ],
  ];
  console.log('| part | US$ per 1,000 packets | each packet |\n| --- | ---: | --- |');
  for (const [part, price, what] of rows) console.log(`| ${part} | ${(price * 1000).toFixed(4)} | ${what} |`);
  const sum = rows.reduce((total, [, price]) => total + price, 0);
  console.log(
    `| **together** | **${(sum * 1000).toFixed(4)}** | ${packets} packets in one upload, areas of ${values['area-cases']} cases a month |`,
  );
}
