import { isEvent } from '../events/event.ts';
import { objectKeys } from '../events/event-keys.ts';
import { append, readRange } from '../events/event-log.ts';
import type { KnownVersion, ObjectCopying } from '../events/object-events.ts';
import type { DiscardedMark, UploadReceived } from '../events/upload-events.ts';
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
  { key, upload_id }: Pick<UploadReceived, 'key' | 'upload_id'>,
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

/** The sha256 of the bytes of a version. */
export type ReadDigest = (object: InboxObject) => Promise<string>;

/** The upload a version of an object was recorded for as its copy or as what a copy replaced; null: not recorded. */
export async function recordedOwner(
  records: Pick<RecordContext, 'store'>,
  { key, version_id }: InboxObject,
): Promise<string | null> {
  if (!version_id) return null;
  const versions = await knownVersions(records, { key });
  return versions.find((one) => one.version_id === version_id)?.upload_id ?? null;
}

/**
 * The upload that an unrecorded version is a copy of, or null. A process may put a copy and crash, or get no answer, or
 * put it twice; and the notification of that version may come days later. So its bytes decide, and neither the time nor
 * what else was recorded. The copy is recorded.
 * @throws Error where it may be a copy and the caller cannot read it: the message is retried
 */
export async function ownerByContent(
  records: Records,
  object: InboxObject,
  readDigest?: ReadDigest,
): Promise<string | null> {
  const { key, version_id, size } = object;
  if (!version_id) return null;
  const begun = (await collect(readRange(records.store, objectKeys.every(key))))
    .filter(isEvent('object.copying'))
    .filter((copy) => size === null || copy.size === size);
  if (begun.length === 0) return null;
  if (!readDigest) throw new Error('this version may be a copy of another upload');
  const digest = await readDigest(object);
  const copy = begun.find((one) => one.digest === digest);
  if (!copy) return null;
  await recordCopied(records, { key, upload_id: copy.upload_id }, version_id, digest);
  return copy.upload_id;
}

/**
 * A copy without some of its files takes the place of the upload's object: from now on the copy is read. False: another
 * copy took its place since `upload` was read, and may lack other files than this one, or this copy was discarded. The
 * caller starts again from what is stored now.
 */
export async function showCopy(
  { store }: Pick<RecordContext, 'store'>,
  { stream, seq, etag, version_id }: UploadReceived,
  copy: Pick<InboxObject, 'version_id' | 'etag'>,
): Promise<boolean> {
  const from = version_id ? 'version_id = :from' : 'attribute_not_exists(version_id)';
  const values = { ':before': etag, ...(version_id && { ':from': version_id }), ':etag': copy.etag };
  if (!copy.version_id) {
    const change = { expression: 'SET etag = :etag', values };
    return store.update('events', { stream, seq }, change, `(etag = :before AND ${from}) OR etag = :etag`);
  }
  const change = {
    expression: 'SET etag = :etag, version_id = :version',
    names: { '#discarded': discardedMark(copy.version_id) },
    values: { ...values, ':version': copy.version_id },
  };
  const condition = `((etag = :before AND ${from}) OR version_id = :version) AND attribute_not_exists(#discarded)`;
  return store.update('events', { stream, seq }, change, condition);
}

/** Decides that a version is deleted: it can never be shown. False: it is the one that is read, and stays. */
export const discardVersion = (
  { store }: Pick<RecordContext, 'store'>,
  { stream, seq }: UploadReceived,
  versionId: string,
): Promise<boolean> =>
  store.update(
    'events',
    { stream, seq },
    {
      expression: 'SET #discarded = :yes',
      names: { '#discarded': discardedMark(versionId) },
      values: { ':yes': true, ':version': versionId },
    },
    'version_id <> :version',
  );

export const isDiscarded = (upload: UploadReceived, versionId: string): boolean =>
  upload[discardedMark(versionId)] === true;

/** An attribute of the received upload: only changes of one item exclude each other. */
const discardedMark = (versionId: string): DiscardedMark => `discarded#${versionId}`;
