import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { ByteSource } from '../../shared/packet/zip/byte-source.ts';
import { isEvent } from '../../shared/records/events/event.ts';
import { readReceived, uploadOf } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import {
  beginCopy,
  copiesOf,
  knownVersions,
  recordCopied,
  recordReplaced,
  showCopy,
} from '../../shared/records/steps/record-copy.ts';
import { type ObjectVersion, objectVersions } from '../../shared/records/store/object-versions.ts';
import { sha256OfStream } from '../../shared/text/digest.ts';
import { onceTagged } from '../fetch-upload.ts';
import { log } from '../log.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { type PutVersion, putObject } from './put-object.ts';

interface Copy {
  digest: string;
  /** bytes */
  size: number;
}

/** Replaces an upload's object by a copy, and records it. Repeated after a crash, the copy is found again. */
export async function replaceObject(
  deps: IntakeDependencies,
  upload: UploadReceived,
  bytes: ByteSource,
  digest: string,
): Promise<void> {
  const copy = { digest, size: bytes.size };
  await beginCopy(deps, upload, copy);
  const existing = await findCopies(deps, upload, copy);
  const put = existing.at(-1) ?? (await putObject(deps, upload.key, bytes));
  if (put.version_id) await recordCopied(deps, upload, put.version_id, digest);
  // Two concurrent processes put two copies: both keep the older one.
  const kept = (await findCopies(deps, upload, copy)).at(-1) ?? put;
  await recordCopied(deps, upload, versionIdOf(kept), digest);
  await recordReplaced(deps, upload, versionIdOf(upload));
  await showCopy(deps, upload, kept);
}

const versionIdOf = ({ version_id, etag }: PutVersion): string => version_id ?? etag;

/**
 * Versions of the object that are this copy, the newest first. One that was put and not recorded is recognised by its
 * bytes; a version of the same size that is another upload is not a copy.
 */
async function findCopies(
  deps: IntakeDependencies,
  upload: UploadReceived,
  copy: Copy,
): Promise<PutVersion[]> {
  const recorded = new Map((await knownVersions(deps, upload)).map((one) => [one.version_id, one]));
  const isCopy = async (version: ObjectVersion): Promise<boolean> => {
    const known = recorded.get(version.version_id);
    if (known) return known.type === 'object.copied' && known.digest === copy.digest;
    return !(await uploadOf(deps, version)) && (await versionDigest(deps, version)) === copy.digest;
  };
  const found: PutVersion[] = [];
  for await (const version of objectVersions(deps.s3, deps.inbox, upload.key))
    if (version.key === upload.key && version.size === copy.size && (await isCopy(version)))
      found.push(version);
  return found;
}

async function versionDigest({ s3, inbox }: IntakeDependencies, { key, version_id }: ObjectVersion) {
  const command = new GetObjectCommand({ Bucket: inbox, Key: key, VersionId: version_id });
  const { Body } = await onceTagged(() => s3.send(command));
  return sha256OfStream(Body as AsyncIterable<Uint8Array>);
}

/**
 * Records copies that no event names as replaced: a process put one and never got the answer, while another process
 * finished the redaction with a copy of its own.
 */
export async function recordStrayCopies(deps: IntakeDependencies, upload: UploadReceived): Promise<void> {
  const events = await copiesOf(deps, upload);
  const begun = events.filter(isEvent('object.copying'));
  const recorded = new Set((await knownVersions(deps, upload)).map(({ version_id }) => version_id));
  for await (const version of objectVersions(deps.s3, deps.inbox, upload.key)) {
    const { key, version_id, size } = version;
    if (!version_id || key !== upload.key || recorded.has(version_id)) continue;
    const candidates = begun.filter((copy) => copy.size === size);
    if (candidates.length === 0 || (await uploadOf(deps, version))) continue;
    const digest = await versionDigest(deps, version);
    if (candidates.some((copy) => copy.digest === digest)) await recordReplaced(deps, upload, version_id);
  }
}

/** Deletes for good what a copy replaced. False: a lock forbids it, which is logged for the operator. */
export async function deleteReplaced(deps: IntakeDependencies, uploadId: string): Promise<boolean> {
  const upload = await readReceived(deps, uploadId);
  if (!upload) throw new Error(`upload ${uploadId} was never received`);
  const replaced = (await knownVersions(deps, upload)).filter(
    (one) => one.upload_id === uploadId && one.version_id !== upload.version_id,
  );
  for (const { version_id } of replaced)
    try {
      const version = { Bucket: deps.inbox, Key: upload.key, VersionId: version_id };
      await deps.s3.send(new DeleteObjectCommand(version));
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AccessDenied')) throw error;
      // An object lock or a legal hold. The sweeper retries and raises an alarm (docs/runbook.md).
      log('warn', 'redaction refused', { upload_id: uploadId, code: error.name });
      return false;
    }
  if (replaced.length > 0) log('info', 'upload redacted', { upload_id: uploadId, count: replaced.length });
  return true;
}
