import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OPERATOR } from '../../../../shared/access/sender.ts';
import { readReceived, uploadOf } from '../../../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../../../shared/records/events/upload-events.ts';
import { type InboxObject, newUploadId, uploadKey } from '../../../../shared/records/events/upload-id.ts';
import { receiveObject, receiveUpload } from '../../../../shared/records/steps/receive-object.ts';
import {
  beginCopy,
  discardVersion,
  isDiscarded,
  recordCopied,
  showCopy,
} from '../../../../shared/records/steps/record-copy.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

// Processes that replace one upload by a copy at the same time, and notifications of the copies they put.
let records: TestRecords;
beforeAll(async () => {
  records = await testRecords();
});
afterAll(() => records.stop());

const COPY = { digest: 'copy', size: 7 };
const version = (key: string, version_id: string, size: number | null = 7): InboxObject => ({
  key,
  version_id,
  etag: `etag of ${version_id}`,
  size,
});
/** An upload whose original is version `v0`. */
async function received(): Promise<UploadReceived> {
  const upload_id = newUploadId(records.now());
  const object = version(uploadKey(upload_id), 'v0', 9);
  return receiveUpload(records, { upload_id, name: 'month.zip', sender: OPERATOR, ...object });
}
const current = async ({ upload_id }: UploadReceived) => (await readReceived(records, upload_id))!;
const reads = (digest: string) => vi.fn(async () => digest);

describe('a version of an upload with a copy', () => {
  it.each([
    ['while no copy is recorded', null, 7],
    ['after another put of the same copy is recorded', 'v2', 7],
    ['where the notification has no size', 'v2', null],
  ])('is recognised as the copy by its bytes %s', async (_, recorded, size) => {
    const upload = await received();
    await beginCopy(records, upload, COPY);
    if (recorded) await recordCopied(records, upload, recorded, 'copy');
    const stray = version(upload.key, 'v1', size);
    // Days later: the message was a dead letter.
    const late = { ...records, now: () => new Date(records.now().getTime() + 5 * 86_400_000) };
    const read = reads('copy');
    expect(await receiveObject(late, stray, read)).toMatchObject({ upload_id: upload.upload_id });
    expect(await uploadOf(records, stray)).toBeNull();
    // It is recorded: the next notification reads nothing.
    expect(await receiveObject(late, stray, read)).toMatchObject({ upload_id: upload.upload_id });
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('with other bytes of the same size is an upload of its own, and stays one', async () => {
    const upload = await received();
    await beginCopy(records, upload, COPY);
    const other = version(upload.key, 'v1');
    const read = reads('other');
    const own = await receiveObject(records, other, read);
    expect(own.upload_id).not.toBe(upload.upload_id);
    expect(await receiveObject(records, other, read)).toMatchObject({ upload_id: own.upload_id });
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is not received where it may be a copy and cannot be read', async () => {
    const upload = await received();
    await beginCopy(records, upload, COPY);
    await expect(receiveObject(records, version(upload.key, 'v1'))).rejects.toThrow('may be a copy');
    expect(await uploadOf(records, version(upload.key, 'v1'))).toBeNull();
  });
});

describe('a copy', () => {
  it('replaces the object that it was made from, once or again', async () => {
    const upload = await received();
    expect(await showCopy(records, upload, version(upload.key, 'v1'))).toBe(true);
    expect(await showCopy(records, upload, version(upload.key, 'v1'))).toBe(true);
    expect(await current(upload)).toMatchObject({ version_id: 'v1', etag: 'etag of v1' });
  });

  it('does not replace a copy of another process, which lacks other files', async () => {
    const upload = await received();
    expect(await showCopy(records, upload, version(upload.key, 'v1'))).toBe(true);
    expect(await showCopy(records, upload, version(upload.key, 'v2'))).toBe(false);
    expect((await current(upload)).version_id).toBe('v1');
    expect(await showCopy(records, await current(upload), version(upload.key, 'v2'))).toBe(true);
  });

  it('is either shown or discarded, whichever comes first', async () => {
    const [one, two] = [await received(), await received()];
    expect(await discardVersion(records, one, 'v1')).toBe(true);
    expect(await showCopy(records, one, version(one.key, 'v1'))).toBe(false);
    expect(isDiscarded(await current(one), 'v1')).toBe(true);
    expect(await showCopy(records, two, version(two.key, 'v1'))).toBe(true);
    expect(await discardVersion(records, two, 'v1')).toBe(false);
    expect(isDiscarded(await current(two), 'v1')).toBe(false);
  });

  it('replaces the object of a bucket without versions', async () => {
    const upload_id = newUploadId(records.now());
    const object = { key: uploadKey(upload_id), etag: 'before', size: 9 };
    const upload = await receiveUpload(records, { upload_id, name: 'x.zip', sender: OPERATOR, ...object });
    expect(await showCopy(records, upload, { etag: 'after' })).toBe(true);
    expect(await showCopy(records, upload, { etag: 'other' })).toBe(false);
    expect((await current(upload)).etag).toBe('after');
  });
});
