import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { recordContext } from '../../functions/aws.ts';
import { type Host, startHost } from '../../host/host.ts';
import { STEP_DEADLINES } from '../../infra/settings.ts';
import { OPERATOR } from '../../shared/access/sender.ts';
import type { EventType } from '../../shared/records/events/event.ts';
import { OPEN_ERASURES } from '../../shared/records/events/event-index.ts';
import {
  type EventKey,
  packetKeys,
  retentionStream,
  uploadKeys,
} from '../../shared/records/events/event-keys.ts';
import { readEvent } from '../../shared/records/events/event-log.ts';
import type { MalwareResult } from '../../shared/records/events/malware-result.ts';
import { readMalwareResult, readReceived } from '../../shared/records/events/read-upload.ts';
import { removeStream } from '../../shared/records/lifecycle/remove-items.ts';
import { checkOpenUploads } from '../../shared/records/recovery/check-open-uploads.ts';
import type { InboxListing } from '../../shared/records/recovery/steps.ts';
import { announceUpload } from '../../shared/records/steps/receive-object.ts';
import { appendRetention } from '../../shared/records/steps/record-retention.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';

// A running desk that loses messages: the test removes what they would have written.
const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-stuck-'));
let desk: Host;
let client: ApiClient;
let uploadId: string;
let packetId: string;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  client = new ApiClient(desk);
  await client.importRegistry(await loadRegistry(join(ROOT, 'samples/registry/mito.yaml')));
  const file = join(ROOT, 'samples/packets/mito-2024-04.zip');
  uploadId = await client.send({ name: 'mito.zip', file });
  const { packets } = await client.waitForAnswer(uploadId, async () => false);
  packetId = packets[0]!.packet_id;
  await desk.waitUntilIdle();
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One sweep, `minutes` from now. */
const lookIn = (
  minutes: number,
  findObjects: InboxListing['findObjects'] = async () => [],
  scan: MalwareResult | null = null,
) => {
  const records = recordContext(['intake', 'review', 'notify', 'summarise', 'ocr']);
  const now = () => new Date(Date.now() + minutes * 60_000);
  return checkOpenUploads({ ...records, now }, STEP_DEADLINES, {
    findObjects,
    findMalwareResult: async () => scan,
  });
};
const event = <T extends EventType>(key: EventKey<T>) => readEvent(recordContext([]).store, key);
const forget = ({ stream, seq }: EventKey) =>
  DynamoDBDocumentClient.from(new DynamoDBClient({})).send(
    new DeleteCommand({ TableName: process.env.TABLE_EVENTS, Key: { stream, seq } }),
  );
const forgetLetter = (notice_id: string) =>
  DynamoDBDocumentClient.from(new DynamoDBClient({})).send(
    new DeleteCommand({ TableName: process.env.TABLE_NOTICES, Key: { notice_id } }),
  );

describe('the sweeper', () => {
  it('waits until a step exceeds its time limit', async () => {
    await forget(packetKeys.notice(packetId, 1));
    await forgetLetter(packetId);
    const looked = await lookIn(STEP_DEADLINES.notice - 1);
    expect(looked).toEqual({ closed: 0, requeued: 0, stuck: [], erasures: [], errors: [] });
  });

  it('requeues the lost notice and the lost receipt from the log, and reports the upload once', async () => {
    await forget(uploadKeys.receipt(uploadId));
    await forgetLetter(uploadId);
    const looked = await lookIn(STEP_DEADLINES.notice + 1);
    expect(looked.stuck.map((one) => one.upload_id)).toEqual([uploadId]);
    await desk.waitUntilIdle();
    expect(await event(packetKeys.notice(packetId, 1))).not.toBeNull();
    expect(await event(uploadKeys.receipt(uploadId))).not.toBeNull();
  });

  it('does not requeue the same step before another time limit has passed', async () => {
    await forget(packetKeys.notice(packetId, 1));
    await forgetLetter(packetId);
    expect((await lookIn(STEP_DEADLINES.notice + 2)).stuck).toEqual([]);
    expect((await lookIn(2 * STEP_DEADLINES.notice + 2)).stuck).toHaveLength(1);
    await desk.waitUntilIdle();
  });

  it('closes an upload whose every step is done, and does not check it again', async () => {
    expect((await lookIn(60 * 24)).closed).toBe(1);
    expect((await readReceived(recordContext([]), uploadId))?.open).toBeUndefined();
    expect(await lookIn(60 * 24 * 30)).toEqual({
      closed: 0,
      requeued: 0,
      stuck: [],
      erasures: [],
      errors: [],
    });
  });

  it('names an erasure that began long ago, until it ends, and the operator reads so', async () => {
    const records = recordContext([]);
    const of = { city: 'mito', person: 'a person', month: '2024-05' };
    await appendRetention(records, of, { type: 'retention.erasing', erasure: 'one', open: OPEN_ERASURES });
    const health = () => client.get<{ interrupted_erasures: number }>('/operations/health');
    expect((await lookIn(1)).erasures).toEqual([]);
    expect((await health()).interrupted_erasures).toBe(0);
    expect((await lookIn(60)).erasures).toEqual([of]);
    expect((await health()).interrupted_erasures).toBe(1);
    await removeStream(records.store, retentionStream(of));
    expect((await lookIn(60)).erasures).toEqual([]);
    expect((await health()).interrupted_erasures).toBe(0);
  });

  it('receives an announced upload whose object is in the inbox without a notification', async () => {
    const upload_id = 'R20260612-00000000';
    await announceUpload(recordContext([]), { upload_id, name: 'lost.zip', sender: OPERATOR });
    const looked = await lookIn(2, async (key) =>
      key.includes(upload_id) ? [{ key, etag: 'e', version_id: 'v', size: 1 }] : [],
    );
    expect(looked.stuck).toMatchObject([{ upload_id, step: 'receive' }]);
    expect(await readReceived(recordContext([]), upload_id)).toMatchObject({
      version_id: 'v',
      awaits_malware_scan: true,
    });
  });

  it('reports an upload whose malware scan does not end, and reads the result whose notification was lost', async () => {
    const upload_id = 'R20260612-00000000';
    expect((await lookIn(STEP_DEADLINES.malware + 3)).stuck).toMatchObject([{ upload_id, step: 'malware' }]);
    expect(await readMalwareResult(recordContext([]), upload_id)).toBeNull();
    await lookIn(3 * STEP_DEADLINES.malware, async () => [], 'THREATS_FOUND');
    expect(await readMalwareResult(recordContext([]), upload_id)).toMatchObject({ result: 'THREATS_FOUND' });
    await desk.waitUntilIdle();
    expect((await new ApiClient(desk).upload(upload_id)).state).toBe('finished');
  });

  it('closes after a day an upload that was announced and never sent', async () => {
    const upload_id = 'R20260612-11111111';
    await announceUpload(recordContext([]), { upload_id, name: 'never.zip', sender: OPERATOR });
    await lookIn(2);
    expect((await event(uploadKeys.announced(upload_id)))?.open).toBeDefined();
    await lookIn(60 * 25);
    expect((await event(uploadKeys.announced(upload_id)))?.open).toBeUndefined();
  });
});
