import { Hono } from 'hono';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { callerOf } from '../../../functions/api/caller.ts';
import { answerError } from '../../../functions/api/errors.ts';
import { type OperateEnv, operations } from '../../../functions/operate/app.ts';
import { uploadKeys } from '../../../shared/records/events/event-keys.ts';
import { append } from '../../../shared/records/events/event-log.ts';
import { checkOpenUploads } from '../../../shared/records/recovery/check-open-uploads.ts';
import type { StepDeadlines } from '../../../shared/records/recovery/steps.ts';
import { announceUpload, receiveUpload } from '../../../shared/records/steps/receive-object.ts';
import { STEPS } from '../../../shared/records/store/upload-steps.ts';
import { showLate, showProgress } from '../../../shared/records/views/upload-progress.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { cityClaims, OPERATOR_CLAIMS } from '../../harness/sign-in.ts';

// The state of the desk over all months, as the operator reads it in the page.
const OFFICE = { kind: 'office' as const, office: '0870100013' };
let records: TestRecords;
let app: Hono<OperateEnv>;
/** Messages in each queue. */
let waiting: Record<string, number>;
beforeEach(async () => {
  records = await testRecords('2026-06-12T01:00:00.000Z');
  waiting = {};
  const stages = ['intake', 'notify', 'sweep', 'replay'];
  const deps = {
    store: records.store,
    now: records.now,
    queues: stages.map((stage) => ({ stage, name: stage, url: stage, deadUrl: `dead-${stage}` })),
    sqs: {
      send: async ({ input }: { input: { QueueUrl: string } }) => ({
        Attributes: { ApproximateNumberOfMessages: String(waiting[input.QueueUrl] ?? 0) },
      }),
    },
    lastBackup: async () => null,
  };
  app = new Hono<OperateEnv>();
  app.onError(answerError);
  app.use(async (c, next) => {
    c.set('caller', callerOf(c.env.event));
    c.set('deps', deps as unknown as OperateEnv['Variables']['deps']);
    await next();
  });
  app.route('/', operations);
});
afterEach(() => records.stop());

async function get(path: string, of: object = OPERATOR_CLAIMS) {
  const claims = { sub: 'clerk-1', ...of };
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const response = await app.request(path, {}, { event } as never);
  return { status: response.status, body: await response.json() };
}

/** The sweep finds the months in which something is open. */
async function sweep(): Promise<void> {
  const never = Object.fromEntries(STEPS.map((step) => [step, 1e9])) as StepDeadlines;
  await checkOpenUploads(records, never, {
    findObjects: async () => [],
    findMalwareResult: async () => null,
  });
}

/** An upload of a month that is received, and by `state` further. */
async function upload(upload_id: string, at: string, state?: 'decided' | 'settled') {
  const then = { ...records, now: () => new Date(at) };
  await announceUpload(then, { upload_id, name: 'a.zip', sender: OFFICE });
  const key = `uploads/${upload_id}/upload`;
  const received = await receiveUpload(then, {
    upload_id,
    name: 'a.zip',
    sender: OFFICE,
    key,
    etag: 'e',
    size: 1,
  });
  if (!state) return received;
  await append(records.store, {
    ...uploadKeys.finished(upload_id),
    ...{ at, upload_id, packets: 1, repeated: 0, digest: 'd' },
  });
  await showProgress(records.store, received, 'decided', { since: at, packets: 1 });
  const receipt = { at, key: 'offices/o/receipts/r.json', digest: 'd' };
  if (state === 'settled') await append(records.store, { ...uploadKeys.receipt(upload_id), ...receipt });
  return received;
}

it('counts and lists what is late of every month, not of the one that is shown', async () => {
  const late = await upload('R20260430-AAAAAAAA', '2026-04-30T01:00:00.000Z');
  await showLate(records.store, late, { step: 'decide', since: late.at, tries: 3 });
  await upload('R20260601-BBBBBBBB', '2026-06-01T01:00:00.000Z', 'settled');
  await sweep();
  const { body } = await get('/operations/health?month=2026-06');
  expect(body.counts).toMatchObject({ all: 1, settled: 1, received: 0, late: 1 });
  expect(body.oldest_waiting).toBe('2026-04-30T01:00:00.000Z');
  const listed = await get('/operations/uploads?month=2026-06&state=late');
  expect(listed.body).toMatchObject({
    total: 1,
    uploads: [{ upload_id: late.upload_id, late: { tries: 3 } }],
  });
  // Its next state ends it.
  await showProgress(records.store, late, 'decided', { since: '2026-06-12T01:00:00.000Z' });
  expect((await get('/operations/health?month=2026-06')).body.counts.late).toBe(0);
});

it('shows a decided upload as settled once a sweep saw nothing left of it, and not before', async () => {
  const states = async () => {
    const { uploads } = (await get('/operations/uploads?month=2026-06&state=all')).body;
    return Object.fromEntries(
      (uploads as { upload_id: string; state: string }[]).map((one) => [one.upload_id.slice(-1), one.state]),
    );
  };
  await upload('R20260601-AAAAAAAA', '2026-06-01T01:00:00.000Z', 'settled');
  await upload('R20260601-BBBBBBBB', '2026-06-01T01:00:00.000Z', 'decided');
  expect(await states()).toEqual({ A: 'decided', B: 'decided' });
  await sweep();
  expect(await states()).toEqual({ A: 'settled', B: 'decided' });
  // Decided after the sweep.
  await upload('R20260601-CCCCCCCC', '2099-06-01T01:00:00.000Z', 'settled');
  expect(await states()).toMatchObject({ A: 'settled', C: 'decided' });
});

it('opens the uploads that wait at a stage, whatever their month', async () => {
  await upload('R20260531-AAAAAAAA', '2026-05-31T01:00:00.000Z');
  await upload('R20260601-BBBBBBBB', '2026-06-01T01:00:00.000Z', 'decided');
  await upload('R20260601-CCCCCCCC', '2026-06-01T02:00:00.000Z', 'settled');
  await sweep();
  waiting = { intake: 2, notify: 1, sweep: 1 };
  const { body } = await get('/operations/health?month=2026-06');
  expect(body.queues).toMatchObject([
    { stage: 'intake', waiting: 2, uploads: 1 },
    { stage: 'notify', waiting: 1, uploads: 1 },
    { stage: 'sweep', waiting: 1, uploads: null },
    { stage: 'replay', waiting: 0, uploads: null },
  ]);
  const at = async (stage: string) => (await get(`/operations/uploads?stage=${stage}`)).body;
  expect((await at('intake')).uploads).toMatchObject([{ upload_id: 'R20260531-AAAAAAAA' }]);
  expect(await at('notify')).toMatchObject({
    stage_name: '通知',
    total: 1,
    uploads: [{ upload_id: 'R20260601-BBBBBBBB' }],
  });
  expect((await get('/operations/uploads?stage=sweep')).status).toBe(404);
});

it('reads the last sweep, the registry and each month once for an answer', async () => {
  await upload('R20260331-AAAAAAAA', '2026-03-31T01:00:00.000Z');
  await upload('R20260430-BBBBBBBB', '2026-04-30T01:00:00.000Z', 'decided');
  await upload('R20260601-CCCCCCCC', '2026-06-01T01:00:00.000Z', 'settled');
  await sweep();
  const partitions = vi.spyOn(records.store, 'partition');
  const items = vi.spyOn(records.store, 'get');
  const reads = async (path: string, of?: object) => {
    partitions.mockClear();
    items.mockClear();
    expect((await get(path, of)).status).toBe(200);
    const asked = [...partitions.mock.calls, ...items.mock.calls];
    return asked.map(([table, key]) => (typeof key === 'string' ? `${table} ${key}` : table)).sort();
  };
  const months = ['progress 2026-03', 'progress 2026-04', 'progress 2026-06', 'progress open'];
  const paths = ['/operations/health?month=2026-06', '/operations/uploads?month=2026-06&state=late'];
  for (const path of paths) {
    expect(await reads(path)).toEqual(months);
    expect(await reads(path, cityClaims('mito'))).toEqual([...months, 'registries']);
  }
  expect(await reads('/operations/uploads?month=2026-06')).toEqual(['progress 2026-06', 'progress open']);
});
