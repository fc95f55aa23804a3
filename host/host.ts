import { join, resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { operate } from '../operations/operations.ts';
import { countMessages, redrive, releaseInterrupted, type StageQueue } from '../operations/queue-care.ts';
import type { InboxObject } from '../shared/records/events/upload-id.ts';
import { type LocalCloud, startCloud } from './cloud.ts';
import { claimFolder, writeDeskFile } from './desk-file.ts';
import { DiskSpace } from './disk-space.ts';
import { MalwareScanner } from './emulators/malware-scanner.ts';
import { Notifier } from './emulators/notifier.ts';
import { tagGuardOf } from './emulators/object-versions.ts';
import { receiveUpload } from './emulators/receive-upload.ts';
import { EventBus } from './event-bus.ts';
import { drive, type EventSource } from './event-source.ts';
import { type DoorOptions, openDoor, type Route } from './http-server.ts';
import { type Resource, readTemplate, resourcesOf, type Template, targetOf } from './template.ts';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const ROOT = resolvePath(import.meta.dirname, '..');
/** Handlers share one process and one processor here: more readers of one queue would only wait for each other. */
const MOST_READERS = 2;

export interface DeskOptions {
  /** everything the desk keeps on this machine */
  folder: string;
  /** null: the usual port, or any free one when it is taken */
  port: number | null;
  /** a command that scans a file for malware (host/emulators/malware-scanner.ts); without it nothing is scanned */
  malwareScanner?: string | null;
}
const USUAL_PORT = 8460;

export interface RunningDesk {
  url: string;
  cloud: LocalCloud;
  queues: StageQueue[];
  /** an earlier run was killed; so many messages were taken up again */
  wasKilled: boolean;
  resumed: number;
  /** messages and malware scans waiting or at work; messages set aside; uploads that could not be scanned */
  load(): Promise<{ waiting: number; dead: number; malwareUnchecked: number }>;
  /** nothing waits anywhere, and nothing was left unsent */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The desk on one machine: reads the synthesized template, makes what it declares, and drives the very handlers
 * with the template's own settings. What runs here is what is deployed.
 */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  const folder = resolvePath(options.folder);
  // What was started last is stopped first; also when the start itself fails halfway.
  const toStop: (() => unknown)[] = [];
  const stop = async () => {
    for (const one of toStop.splice(0).reverse()) await one();
  };
  try {
    const claim = await claimFolder(folder);
    toStop.push(claim.leave);
    const template = await readTemplate(folder);
    const cloud = await startCloud(template, folder);
    toStop.push(cloud.stop);
    setEnvironment(template, cloud);

    const queues = stageQueues(template, cloud);
    let resumed = await releaseInterrupted(cloud.sqs, cloud.fauxqs, queues);
    for (const queue of queues) resumed += await redrive(cloud.sqs, queue);

    // From here on nobody reads what the scanner has not let through.
    cloud.versions.guard = tagGuardOf(template);
    const scanner = makeMalwareScanner(template, cloud, options.malwareScanner ?? null);
    toStop.push(() => scanner?.stop());
    const notifier = makeNotifier(template, cloud, scanner);
    const room = new DiskSpace(folder);
    const door = await openDesk(template, cloud, notifier, queues, room, options.port);
    const stopping = new AbortController();
    const working = eventSources(template, cloud, room).map((one) => drive(cloud.sqs, one, stopping.signal));
    toStop.push(async () => {
      stopping.abort();
      await Promise.all(working);
    });
    toStop.push(async () => {
      door.server.closeAllConnections();
      await new Promise((done) => door.server.close(done));
    });
    await notifier.look();
    working.push(notifier.keepLooking(stopping.signal));
    const clocks = startClocks(template, cloud);
    toStop.push(() => {
      for (const clock of clocks) clearInterval(clock);
    });
    writeDeskFile(folder, door.url);

    const load = () => totalLoad(cloud, queues, scanner);
    return {
      url: door.url,
      cloud,
      queues,
      wasKilled: claim.wasKilled,
      resumed,
      load,
      settled: () => settle(notifier, cloud, queues, load),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function totalLoad(
  cloud: LocalCloud,
  queues: StageQueue[],
  scanner: MalwareScanner | null,
): Promise<{ waiting: number; dead: number; malwareUnchecked: number }> {
  // Counted first: the end of a scan becomes a message.
  const scans = scanner?.waiting ?? 0;
  const counts = await Promise.all(queues.map((queue) => countMessages(cloud.sqs, queue)));
  const sum = (of: 'waiting' | 'dead') => counts.reduce((total, one) => total + one[of], 0);
  return { waiting: scans + sum('waiting'), dead: sum('dead'), malwareUnchecked: scanner?.failed ?? 0 };
}

/** A sweep settles what it finds; what is still unsent after so many is a fault of the desk and not of the moment. */
const MOST_SWEEPS = 10;

/**
 * Waits until every queue is empty, then asks the sweeper whether anything was left unsent; until nothing was.
 * Throws when sweeping does not help: better a word than a desk that never ends.
 */
async function settle(
  notifier: Notifier,
  cloud: LocalCloud,
  queues: StageQueue[],
  load: RunningDesk['load'],
): Promise<void> {
  const sweep = queues.find((queue) => queue.stage === 'sweep')!;
  for (let sweeps = 0; ; sweeps++) {
    await notifier.look();
    while ((await load()).waiting > 0) await new Promise((done) => setTimeout(done, 60));
    const left = await unsentStreams();
    if (left.length === 0) return;
    if (sweeps === MOST_SWEEPS)
      throw new Error(`${left.length} 件の仕事を終わらせられません: ${left.slice(0, 5).join(' ')}`);
    await cloud.sqs.send(
      new SendMessageCommand({ QueueUrl: sweep.url, MessageBody: '{"kind":"sweep","older_than_minutes":0}' }),
    );
  }
}

async function unsentStreams(): Promise<string[]> {
  const { recordStore } = await import('../functions/aws.ts');
  const { unsentEvents } = await import('../shared/records/events/event-log.ts');
  const { collect } = await import('../shared/records/store/record-store.ts');
  return (await collect(unsentEvents(recordStore(), new Date().toISOString()))).map((one) => one.stream);
}

/** What every function is told by the template, in one process: a name must mean the same thing everywhere. */
export function setEnvironment(template: Template, cloud: LocalCloud): void {
  const mine: Record<string, string> = {};
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function'))
    for (const [name, raw] of Object.entries(Properties.Environment?.Variables ?? {})) {
      const value = cloud.resolve(raw);
      // Folders that travel with a bundle: the sources find their own.
      if (value.startsWith('/var/task')) continue;
      if (mine[name] !== undefined && mine[name] !== value)
        throw new Error(`${id}: ${name} has two meanings`);
      mine[name] = value;
    }
  Object.assign(process.env, mine);
}

const handlerOf = async (fn: Resource) => {
  const entry = fn.Metadata?.['uketsuke:entry'];
  if (typeof entry !== 'string')
    throw new Error('a function of the template does not say which handler it is');
  return (await import(pathToFileURL(join(ROOT, entry)).href)).handler;
};

function stageQueues(template: Template, cloud: LocalCloud): StageQueue[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties: p }]) => {
    const queueId = targetOf(p.EventSourceArn);
    const queue = template.Resources[queueId]!;
    const fn = template.Resources[targetOf(p.FunctionName)]!;
    const { ref, attributes } = cloud.names.get(queueId)!;
    return {
      stage: String(fn.Metadata?.['uketsuke:entry']).split('/')[1]!,
      url: ref,
      name: attributes.QueueName!,
      deadUrl: cloud.names.get(targetOf(queue.Properties.RedrivePolicy.deadLetterTargetArn))!.ref,
    };
  });
}

function eventSources(template: Template, cloud: LocalCloud, room: DiskSpace): EventSource[] {
  const sources: EventSource[] = [];
  for (const [, { Properties: p }] of resourcesOf(template, 'AWS::Lambda::EventSourceMapping')) {
    const queueId = targetOf(p.EventSourceArn);
    const { ref, attributes } = cloud.names.get(queueId)!;
    const fn = template.Resources[targetOf(p.FunctionName)]!;
    // Loaded at the first message, as a cold start would.
    let handler: EventSource['handler'] | undefined;
    sources.push({
      queueUrl: ref,
      queueArn: attributes.Arn!,
      batchSize: p.BatchSize,
      concurrency: Math.min(p.ScalingConfig?.MaximumConcurrency ?? 1, MOST_READERS),
      partialFailures: p.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      visibility: template.Resources[queueId]!.Properties.VisibilityTimeout,
      mayWork: () => room.hasRoomForWork(),
      handler: async (event) => {
        handler ??= (await handlerOf(fn)) as EventSource['handler'];
        return handler(event);
      },
    });
  }
  return sources;
}

/** Null: the stack was made without a malware scan. */
function makeMalwareScanner(
  template: Template,
  cloud: LocalCloud,
  command: string | null,
): MalwareScanner | null {
  const [plan] = resourcesOf(template, 'AWS::GuardDuty::MalwareProtectionPlan');
  if (!plan) return null;
  const bus = new EventBus(template, cloud);
  return new MalwareScanner({
    inbox: cloud.resolve(plan[1].Properties.ProtectedResource.S3Bucket.BucketName),
    command,
    tell: (event) => bus.put(event),
    isRecorded: isScanned,
  });
}

/** The end of its scan stands in the records, or its upload was finished before uploads were scanned. */
async function isScanned(object: InboxObject): Promise<boolean> {
  const { recordContext } = await import('../functions/aws.ts');
  const { readFinished, readMalwareResult, uploadOf } = await import(
    '../shared/records/events/read-upload.ts'
  );
  const records = recordContext([]);
  const upload = await uploadOf(records, object);
  if (!upload) return false;
  return Boolean(
    (await readMalwareResult(records, upload.upload_id)) ?? (await readFinished(records, upload.upload_id)),
  );
}

function makeNotifier(template: Template, cloud: LocalCloud, scanner: MalwareScanner | null): Notifier {
  const [id, bucket] = resourcesOf(template, 'AWS::S3::Bucket').find(
    ([, { Properties }]) => Properties.NotificationConfiguration?.QueueConfigurations,
  )!;
  const [to] = bucket.Properties.NotificationConfiguration.QueueConfigurations;
  const rules = to.Filter?.S3Key?.Rules as { Name: string; Value: string }[] | undefined;
  return new Notifier(
    cloud.s3,
    cloud.sqs,
    {
      bucket: cloud.names.get(id)!.ref,
      prefix: rules?.find((rule) => rule.Name === 'prefix')?.Value ?? '',
      queueUrl: cloud.names.get(targetOf(to.Queue))!.ref,
    },
    isReceived,
    (object) => scanner?.add(object),
  );
}

/** Received objects need no news: their upload is finished, or its message or its unsent event still exists. */
async function isReceived(object: InboxObject): Promise<boolean> {
  const { recordContext } = await import('../functions/aws.ts');
  const { uploadOf } = await import('../shared/records/events/read-upload.ts');
  return (await uploadOf(recordContext([]), object)) !== null;
}

async function openDesk(
  template: Template,
  cloud: LocalCloud,
  notifier: Notifier,
  queues: StageQueue[],
  room: DiskSpace,
  port: number | null,
): ReturnType<typeof openDoor> {
  const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]): Route => {
    const [method, path] = String(Properties.RouteKey).split(' ');
    return { method: method!, path: path! };
  });
  const api = resourcesOf(template, 'AWS::Lambda::Function').find(
    ([, fn]) => fn.Metadata?.['uketsuke:entry'] === 'functions/api/handler.ts',
  )![1];
  const inbox = process.env.INBOX!;
  const options: Omit<DoorOptions, 'port'> = {
    routes,
    api: async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
      const full = event.routeKey === 'POST /uploads' && (await room.refusal());
      if (full) return { statusCode: 507, headers: JSON_TYPE, body: JSON.stringify({ message: full }) };
      return (await handlerOf(api))(event);
    },
    inbox,
    operate: (operation) => operate(operation, queues),
    receiveUpload: async (request, response) => {
      const key = await receiveUpload(cloud.s3, inbox, room, request, response);
      if (key) await notifier.look(key);
    },
  };
  const door = await openDoor({ ...options, port: port ?? USUAL_PORT }).catch((error) => {
    if (port === null && error.code === 'EADDRINUSE') return openDoor({ ...options, port: 0 });
    throw error;
  });
  // Addresses for uploads are signed for the desk's own door.
  process.env.UPLOAD_ENDPOINT = door.url;
  return door;
}

function startClocks(template: Template, cloud: LocalCloud): NodeJS.Timeout[] {
  return resourcesOf(template, 'AWS::Scheduler::Schedule').map(([, { Properties: p }]) => {
    const [, every, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(p.ScheduleExpression) ?? [];
    const minutes = Number(every) * { minute: 1, hour: 60, day: 1440 }[unit as 'minute' | 'hour' | 'day'];
    const QueueUrl = cloud.names.get(targetOf(p.Target.Arn))!.ref;
    return setInterval(() => {
      const send = new SendMessageCommand({ QueueUrl, MessageBody: p.Target.Input });
      cloud.sqs.send(send).catch(() => {});
    }, minutes * 60_000);
  });
}
