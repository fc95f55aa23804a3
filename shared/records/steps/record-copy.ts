import { isEvent } from '../events/event.ts';
import { objectKeys } from '../events/event-keys.ts';
import { append, readRange } from '../events/event-log.ts';
import type { KnownVersion, ObjectCopying } from '../events/object-events.ts';
import type { UploadReceived } from '../events/upload-events.ts';
import type { InboxObject } from '../events/upload-id.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';

type Records = Pick<RecordContext, 'store' | 'now'>;

/** Records that a copy of an upload is about to be put. */
export async function beginCopy(
  { store, now }: Records,
  { key, upload_id }: UploadReceived,
  { digest, size }: { digest: string; size: number },
): Promise<void> {
  await append(store, {
    ...objectKeys.copying(key, digest),
    at: now().toISOString(),
    upload_id,
    digest,
    size,
  });
}

/** Records that a version of the object is the copy with this digest. */
export async function recordCopied(
  { store, now }: Records,
  { key, upload_id }: UploadReceived,
  version_id: string,
  digest: string,
): Promise<void> {
  await append(store, {
    ...objectKeys.copied(key, version_id),
    at: now().toISOString(),
    upload_id,
    version_id,
    digest,
  });
}

/** Records that a version of the object was replaced by a copy. */
export async function recordReplaced(
  { store, now }: Records,
  { key, upload_id }: UploadReceived,
  version_id: string,
): Promise<void> {
  await append(store, {
    ...objectKeys.replaced(key, version_id),
    at: now().toISOString(),
    upload_id,
    version_id,
  });
}

/** The copies and the replaced versions of an object. */
export const knownVersions = (
  { store }: Pick<RecordContext, 'store'>,
  { key }: Pick<InboxObject, 'key'>,
): Promise<KnownVersion[]> => collect(readRange(store, objectKeys.everyVersion(key)));

/** Every event about copies of an upload, for its erasure. */
export async function copiesOf(
  { store }: Pick<RecordContext, 'store'>,
  { key, upload_id }: UploadReceived,
): Promise<(KnownVersion | ObjectCopying)[]> {
  const events = await collect(readRange(store, objectKeys.every(key)));
  return events.filter((event) => event.upload_id === upload_id);
}

/** After this time a process that puts a copy has ended, ms: more than a function may run. */
const COPY_TIMEOUT_MS = 30 * 60_000;

/**
 * The upload a version of an object belongs to without being its own upload, or null.
 * @throws Error while a copy of its size is being put and the version may be it: the message is retried
 */
export async function uploadBehind(
  { store, now }: Records,
  { key, version_id, size }: Pick<InboxObject, 'key' | 'version_id' | 'size'>,
): Promise<string | null> {
  if (!version_id) return null;
  const events = await collect(readRange(store, objectKeys.every(key)));
  const versions = events.filter(isEvent('object.copied', 'object.replaced'));
  const version = versions.find((one) => one.version_id === version_id);
  if (version) return version.upload_id;
  const since = new Date(now().getTime() - COPY_TIMEOUT_MS).toISOString();
  const put = new Set(versions.map((one) => (one.type === 'object.copied' ? one.digest : null)));
  const isPending = events
    .filter(isEvent('object.copying'))
    .some((copy) => copy.size === size && copy.at > since && !put.has(copy.digest));
  if (isPending) throw new Error('a copy of this object is being put');
  return null;
}

/**
 * A copy without some of its files took the place of the upload's object. The one attribute of a received upload that
 * changes: from now on the copy is read.
 */
export async function showCopy(
  { store }: Pick<RecordContext, 'store'>,
  { stream, seq }: UploadReceived,
  { version_id, etag }: Pick<InboxObject, 'version_id' | 'etag'>,
): Promise<void> {
  const change = version_id
    ? {
        expression: 'SET etag = :etag, version_id = :version',
        values: { ':etag': etag, ':version': version_id },
      }
    : { expression: 'SET etag = :etag', values: { ':etag': etag } };
  await store.update('events', { stream, seq }, change, 'attribute_exists(etag)');
}
