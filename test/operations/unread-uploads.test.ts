import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { unreadUploads } from '../../operations/unread-uploads.ts';
import { uploadKeys } from '../../shared/records/events/event-keys.ts';
import { append } from '../../shared/records/events/event-log.ts';
import { aReceived } from '../builders/events.ts';
import { type TestRecords, testRecords } from '../builders/record-context.ts';

const aws = vi.hoisted(() => ({ records: null as unknown }));
vi.mock('../../functions/aws.ts', async (original) => ({
  ...(await original<object>()),
  recordContext: () => aws.records,
}));

const named = (name: string): Error => Object.assign(new Error(name), { name });
/** What the store of one machine answers for each upload. */
const ANSWERS: Record<string, () => Buffer> = {
  R1: () => Buffer.from('abc'),
  R2: () => {
    throw named('NoSuchKey');
  },
  R3: () => Buffer.from('abX'),
  R4: () => {
    throw named('TimeoutError');
  },
};

let records: TestRecords;
beforeAll(async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1');
  vi.stubEnv('INBOX', 'inbox');
  records = await testRecords();
  const send = async ({ input }: GetObjectCommand) => ({
    Body: Readable.from([ANSWERS[input.Key!.split('/')[1]!]!()]),
  });
  aws.records = { ...records, s3: { send } as unknown as S3Client };
  const etag = createHash('md5').update('abc').digest('hex');
  for (const upload_id of Object.keys(ANSWERS))
    await append(records.store, aReceived({ upload_id, key: `uploads/${upload_id}/upload`, etag }));
});
afterAll(async () => {
  await records.stop();
  vi.unstubAllEnvs();
});

it('tells uploads that are lost from those that could not be read for a reason that may pass', async () => {
  const { lost, failed } = await unreadUploads();
  expect(lost.sort((a, b) => a.subject.localeCompare(b.subject))).toEqual([
    { subject: 'R2', reason: 'NoSuchKey' },
    { subject: 'R3', reason: 'UploadChanged' },
  ]);
  expect(failed).toEqual([{ subject: 'R4', reason: 'TimeoutError' }]);
  // The operator gave it up.
  const finished = { ...uploadKeys.finished('R2'), at: '2026-06-02T00:00:00.000Z', upload_id: 'R2' };
  await append(records.store, { ...finished, packets: 1, repeated: 0, digest: 'd', given_up: true });
  expect((await unreadUploads()).lost).toMatchObject([{ subject: 'R3' }]);
  ANSWERS.R4 = () => Buffer.from('abc');
  expect((await unreadUploads()).failed).toEqual([]);
});

it('looks at none on AWS, where S3 does not lose them', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_S3', '');
  expect(await unreadUploads()).toEqual({ lost: [], failed: [] });
});
