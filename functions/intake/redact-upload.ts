import { createHash } from 'node:crypto';
import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { PacketVerdict } from '../../shared/decision/verdict.ts';
import type { OpenedUpload } from '../../shared/packet/open-upload.ts';
import type { WithdrawnFile, WithdrawnReading } from '../../shared/packet/withdrawn.ts';
import type { ByteSource } from '../../shared/packet/zip/byte-source.ts';
import { readReceived, readRedaction, uploadOf } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import {
  beginCopy,
  knownVersions,
  recordCopied,
  recordReplaced,
  showCopy,
} from '../../shared/records/steps/record-copy.ts';
import { closeRedaction, recordRedaction } from '../../shared/records/steps/record-redaction.ts';
import { objectVersions } from '../../shared/records/store/object-versions.ts';
import { onceTagged, withUpload } from '../fetch-upload.ts';
import { log } from '../log.ts';
import type { IntakeDependencies } from './dependencies.ts';

/** Files that carry a 個人番号, by the sha256 of their bytes, and how they were read. */
export type FilesWithMyNumber = Map<string, WithdrawnReading>;

export function addFilesWithMyNumber(carriers: FilesWithMyNumber, { withdrawn = [] }: PacketVerdict): void {
  for (const { digest, ...reading } of withdrawn) carriers.set(digest, reading);
}

/**
 * Takes every file with a 個人番号 out of an upload: says which, puts a copy without them in the place of the object and
 * deletes what the copy replaces. What was said is done by whoever comes next, should this end in between.
 * @param opened the upload as it was opened for its packets; it is gone through once more, for the places of the files
 */
export async function redactUpload(
  desk: IntakeDependencies,
  upload: UploadReceived,
  opened: OpenedUpload,
  carriers: FilesWithMyNumber,
): Promise<void> {
  if (carriers.size > 0 || opened.hasNumberedName) {
    const files = await filesOf(opened, carriers);
    await recordRedaction(desk, upload.upload_id, { digest: opened.digest, files });
  }
  await finishRedaction(desk, upload.upload_id, opened.hasNumberedName);
}

async function filesOf(opened: OpenedUpload, carriers: FilesWithMyNumber): Promise<WithdrawnFile[]> {
  const files: WithdrawnFile[] = [];
  for await (const { entries = [] } of opened.packets())
    for (const { at, digest, size, isNumbered } of entries) {
      const read = digest === null ? null : (carriers.get(digest) ?? null);
      if (isNumbered || read) files.push({ at, digest: isNumbered ? null : digest, size, read });
    }
  return files;
}

/** Does what was said of an upload and not yet done. Where nothing was said, or all is done, nothing happens. */
export async function finishRedaction(
  desk: IntakeDependencies,
  uploadId: string,
  hasNumberedName = false,
): Promise<void> {
  for (let known = -1; ; ) {
    const redaction = await readRedaction(desk, uploadId);
    const files = redaction?.files ?? [];
    // Somebody may have found more while the copy was made: it holds what was just said to be nowhere.
    if (known === files.length || (redaction?.isDone ?? !hasNumberedName)) return;
    known = files.length;
    const upload = await readReceived(desk, uploadId);
    if (!upload) throw new Error(`upload ${uploadId} was never received`);
    const names = hasNumberedName || files.some(({ digest }) => digest === null);
    await replaceByCopy(desk, upload, files, names);
    if (!(await deleteReplaced(desk, uploadId))) return;
    await closeRedaction(desk, uploadId, files);
  }
}

async function replaceByCopy(
  desk: IntakeDependencies,
  upload: UploadReceived,
  files: WithdrawnFile[],
  maskNames: boolean,
): Promise<void> {
  const { fileSource, redactZip, DEFAULT_LIMITS } = await desk.redaction();
  await withUpload(desk, upload, async (file, before) => {
    const places = files.map(({ at }) => at);
    const copy = await redactZip(await fileSource(file), { places, maskNames, limits: DEFAULT_LIMITS });
    const digest = await digestOf(copy.stream(0, copy.size));
    // A copy of a copy that lacks nothing more.
    if (digest === before) return;
    await beginCopy(desk, upload, { digest, size: copy.size });
    const known = await findCopies(desk, upload, { digest, size: copy.size });
    const made = known.at(-1) ?? (await put(desk, upload, copy));
    if (made.version_id) await recordCopied(desk, upload, made.version_id, digest);
    // Two at work at once put two copies: both keep the older one.
    const kept = (await findCopies(desk, upload, { digest, size: copy.size })).at(-1) ?? made;
    await recordCopied(desk, upload, versionIdOf(kept), digest);
    await recordReplaced(desk, upload, versionIdOf(upload));
    await showCopy(desk, upload, kept);
  });
}

const versionIdOf = ({ version_id, etag }: Version): string => version_id ?? etag;
type Version = Pick<InboxObject, 'version_id' | 'etag'>;

/**
 * Versions of the object that are this very copy, the newest first: one that was put and not noted is told by its
 * bytes. A version of the same size that is somebody's upload is none.
 */
async function findCopies(
  desk: IntakeDependencies,
  upload: UploadReceived,
  copy: { digest: string; size: number },
): Promise<Version[]> {
  const known = new Map((await knownVersions(desk, upload)).map((one) => [one.version_id, one]));
  const found: Version[] = [];
  for await (const version of objectVersions(desk.s3, desk.inbox, upload.key)) {
    if (version.key !== upload.key || version.size !== copy.size) continue;
    const recorded = known.get(version.version_id);
    const isCopy = recorded
      ? recorded.type === 'object.copied' && recorded.digest === copy.digest
      : !(await uploadOf(desk, version)) && (await versionDigest(desk, version)) === copy.digest;
    if (isCopy) found.push(version);
  }
  return found;
}

/** Deletes for good what a copy took the place of. False: something forbids it, and it was said to the operator. */
async function deleteReplaced(desk: IntakeDependencies, uploadId: string): Promise<boolean> {
  const upload = (await readReceived(desk, uploadId))!;
  const gone = (await knownVersions(desk, upload)).filter(
    (one) => one.upload_id === uploadId && one.version_id !== upload.version_id,
  );
  for (const { version_id } of gone)
    try {
      await desk.s3.send(
        new DeleteObjectCommand({ Bucket: desk.inbox, Key: upload.key, VersionId: version_id }),
      );
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AccessDenied')) throw error;
      // A lock or a legal hold stands on it. The sweeper tries again and wakes somebody (docs/runbook.md).
      log('warn', 'redaction refused', { upload_id: uploadId, code: error.name });
      return false;
    }
  if (gone.length > 0) log('info', 'upload redacted', { upload_id: uploadId, count: gone.length });
  return true;
}

/** S3 takes parts of 5 MB or more; the object store of one machine no more than 11 MB at once. */
const PART = 8 * 1024 ** 2;

/** Puts the copy under the key of its upload; in parts where it is large, so that it costs no memory. */
async function put(
  { s3, inbox }: IntakeDependencies,
  { key }: UploadReceived,
  copy: ByteSource,
): Promise<Version> {
  const to = { Bucket: inbox, Key: key };
  const ContentType = 'application/octet-stream';
  if (copy.size <= PART) {
    const Body = await copy.read(0, copy.size);
    const { VersionId, ETag } = await s3.send(new PutObjectCommand({ ...to, ContentType, Body }));
    return { version_id: VersionId, etag: bare(ETag) };
  }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...to, ContentType }));
  const Parts: CompletedPart[] = [];
  for (let from = 0; from < copy.size; from += PART) {
    const part = { PartNumber: Parts.length + 1, Body: await copy.read(from, PART) };
    const { ETag } = await s3.send(new UploadPartCommand({ ...to, UploadId, ...part }));
    Parts.push({ PartNumber: part.PartNumber, ETag });
  }
  const { VersionId, ETag } = await s3.send(
    new CompleteMultipartUploadCommand({ ...to, UploadId, MultipartUpload: { Parts } }),
  );
  return { version_id: VersionId, etag: bare(ETag) };
}

const bare = (etag = ''): string => etag.replaceAll('"', '');

async function versionDigest({ s3, inbox }: IntakeDependencies, { key, version_id }: InboxObject) {
  const place = { Bucket: inbox, Key: key, VersionId: version_id };
  const { Body } = await onceTagged(() => s3.send(new GetObjectCommand(place)));
  return digestOf(Body as AsyncIterable<Uint8Array>);
}

async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
