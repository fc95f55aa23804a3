import { createHash } from 'node:crypto';
import type { Redaction, WithdrawnFile } from '../../packet/withdrawn.ts';
import { maskedPath } from '../../text/my-number.ts';
import { append, clearOutbox, type DeskEvent, readStream, uploadStream } from '../events/event-log.ts';
import type { InboxObject } from '../events/upload-id.ts';
import type { RecordContext } from '../store/record-context.ts';
import { collect } from '../store/record-store.ts';
import type { UploadReceived } from './record-upload.ts';

/**
 * What is known of uploads out of which files were taken (個人番号). Said before it is done, so that an upload that was
 * interrupted in between opens to the same packets; done by functions/intake/redact-upload.ts.
 */
export interface UploadRedacted extends DeskEvent {
  type: 'upload.redacted';
  upload_id: string;
  /** sha256 of the upload as it came, hex */
  digest: string;
  file: WithdrawnFile;
  /** `redact` until no version with the file in it is left */
  outbox?: ['redact'];
}

const SEQ = '1#redacted#';
const seqOf = ({ at }: WithdrawnFile): string =>
  SEQ + at.map((number) => String(number).padStart(6, '0')).join('.');

export async function recordRedaction(
  records: Pick<RecordContext, 'store' | 'now'>,
  upload_id: string,
  { digest, files }: Redaction,
): Promise<void> {
  const at = records.now().toISOString();
  for (const file of files)
    await append(records.store, {
      stream: uploadStream(upload_id),
      seq: seqOf(file),
      type: 'upload.redacted',
      at,
      upload_id,
      digest,
      file,
      outbox: ['redact'],
    } as UploadRedacted);
}

/** What was taken out of an upload, and whether all of it is gone. */
export async function readRedaction(
  records: Pick<RecordContext, 'store'>,
  upload_id: string,
): Promise<(Redaction & { isDone: boolean; since: string }) | null> {
  const events = await readEvents(records, upload_id);
  const [first] = events;
  if (!first) return null;
  return {
    digest: first.digest,
    files: events.map(({ file }) => file),
    isDone: events.every(({ outbox }) => !outbox?.length),
    since: first.at,
  };
}

/** Nothing of these files is left in the inbox. */
export async function closeRedaction(
  records: Pick<RecordContext, 'store'>,
  upload_id: string,
  files: WithdrawnFile[],
): Promise<void> {
  for (const file of files)
    await clearOutbox(records.store, { stream: uploadStream(upload_id), seq: seqOf(file) });
}

const readEvents = (records: Pick<RecordContext, 'store'>, upload_id: string): Promise<UploadRedacted[]> =>
  collect(readStream<UploadRedacted>(records.store, uploadStream(upload_id), { begins: SEQ }));

/**
 * A version of an object that is no upload of its own: one the desk made itself (a copy without some files), or one that
 * such a copy took the place of. Late news of either belongs to the upload.
 */
export interface VersionKnown extends DeskEvent {
  type: 'object.copied' | 'object.replaced';
  upload_id: string;
  version_id: string;
  /** sha256 of a copy, hex */
  digest: string | null;
}

/** A copy is being put: until its version is known, a new version of its size may be it. */
export interface CopyBegun extends DeskEvent {
  type: 'object.copying';
  upload_id: string;
  digest: string;
  size: number;
}

type Place = Pick<InboxObject, 'key'>;
/** An object put past the API is named by its office; the name stays out of the log. */
const objectStream = ({ key }: Place): string => `object#${createHash('sha256').update(key).digest('hex')}`;

export async function beginCopy(
  records: Pick<RecordContext, 'store' | 'now'>,
  { key, upload_id }: UploadReceived,
  copy: { digest: string; size: number },
): Promise<void> {
  await append(records.store, {
    stream: objectStream({ key }),
    seq: `copying#${copy.digest}`,
    type: 'object.copying',
    at: records.now().toISOString(),
    upload_id,
    ...copy,
  } as CopyBegun);
}

export async function recordVersion(
  records: Pick<RecordContext, 'store' | 'now'>,
  { key }: Place,
  known: Pick<VersionKnown, 'type' | 'upload_id' | 'version_id' | 'digest'>,
): Promise<void> {
  await append(records.store, {
    stream: objectStream({ key }),
    seq: `version#${known.version_id}`,
    at: records.now().toISOString(),
    ...known,
  } as VersionKnown);
}

export const knownVersions = async (
  records: Pick<RecordContext, 'store'>,
  place: Place,
): Promise<VersionKnown[]> =>
  collect(readStream<VersionKnown>(records.store, objectStream(place), { begins: 'version#' }));

/** Everything that was noted of an upload's copies, for its erasure. */
export const copiesOf = async (
  { store }: Pick<RecordContext, 'store'>,
  { key, upload_id }: UploadReceived,
): Promise<DeskEvent[]> =>
  (await collect(readStream<VersionKnown | CopyBegun>(store, objectStream({ key })))).filter(
    (one) => one.upload_id === upload_id,
  );

/** Whoever puts a copy is done or dead after so long, ms: more than a function may run. */
const PUTTING = 30 * 60_000;

/**
 * The upload that a version of an object belongs to without being it, or null.
 * @throws Error while a copy of its size is being put and nobody can tell whether it is that: asked again, it is known
 */
export async function uploadBehind(
  records: Pick<RecordContext, 'store' | 'now'>,
  object: Pick<InboxObject, 'key' | 'version_id' | 'size'>,
): Promise<string | null> {
  const { version_id, size } = object;
  if (!version_id) return null;
  const events = await collect(readStream<VersionKnown | CopyBegun>(records.store, objectStream(object)));
  const known = events.filter((one): one is VersionKnown => one.type !== 'object.copying');
  const itself = known.find((one) => one.version_id === version_id);
  if (itself) return itself.upload_id;
  const since = new Date(records.now().getTime() - PUTTING).toISOString();
  for (const one of events)
    if (one.type === 'object.copying' && one.size === size && one.at > since)
      if (!known.some(({ digest }) => digest === one.digest))
        throw new Error('a copy of this object is being put');
  return null;
}

/** The name of an upload as it may be kept. */
export const keptName = (name: string): string => maskedPath(name);
