import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { ByteSource } from '../../shared/packet/zip/byte-source.ts';
import { isEvent } from '../../shared/records/events/event.ts';
import { readReceived, uploadOf } from '../../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import {
  beginCopy,
  copiesOf,
  discardVersion,
  isDiscarded,
  knownVersions,
  recordCopied,
  recordReplaced,
  showCopy,
} from '../../shared/records/steps/record-copy.ts';
import { type ObjectVersion, objectVersions } from '../../shared/records/store/object-versions.ts';
import { sha256OfStream } from '../../shared/text/digest.ts';
import { type Inbox, onceTagged } from '../fetch-upload.ts';
import { log } from '../log.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { type PutVersion, putObject } from './put-object.ts';

interface Copy {
  digest: string;
  /** bytes */
  size: number;
}

/**
 * Replaces an upload's object by a copy, and records it. Repeated after a crash, the copy is found again.
 * False: another copy replaced the object meanwhile, and this one is to be deleted.
 */
export async function replaceObject(
  deps: IntakeDependencies,
  upload: UploadReceived,
  bytes: ByteSource,
  digest: string,
): Promise<boolean> {
  const copy = { digest, size: bytes.size };
  await beginCopy(deps, upload, copy);
  const existing = await findCopies(deps, upload, copy);
  const put = existing.at(-1) ?? (await putObject(deps, upload.key, bytes));
  // Other processes may have put copies too, and a put without an answer counts: all are recorded, the oldest is kept.
  const copies = await findCopies(deps, upload, copy);
  const kept = copies.at(-1) ?? put;
  for (const one of [...copies, kept]) await recordCopied(deps, upload, versionIdOf(one), digest);
  await recordReplaced(deps, upload, versionIdOf(upload));
  return showCopy(deps, upload, kept);
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
    if (
      version.key === upload.key &&
      version.size === copy.size &&
      !isDiscarded(upload, version.version_id) &&
      (await isCopy(version))
    )
      found.push(version);
  return found;
}

/** The sha256 of a version's bytes; waits until the malware scan has tagged it. */
export async function versionDigest(
  { s3, inbox }: Inbox,
  { key, version_id }: Pick<InboxObject, 'key' | 'version_id'>,
): Promise<string> {
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

/**
 * Deletes for good every recorded version but the one that is read. Each is discarded first: a copy that another
 * process is about to show is either shown, and stays, or is never shown. False: a lock forbids it, which is logged for
 * the operator.
 */
export async function deleteReplaced(deps: IntakeDependencies, uploadId: string): Promise<boolean> {
  const upload = await readReceived(deps, uploadId);
  if (!upload) throw new Error(`upload ${uploadId} was never received`);
  const recorded = (await knownVersions(deps, upload)).filter((one) => one.upload_id === uploadId);
  let deleted = 0;
  for (const { version_id } of recorded)
    try {
      if (!isDiscarded(upload, version_id) && !(await discardVersion(deps, upload, version_id))) continue;
      const version = { Bucket: deps.inbox, Key: upload.key, VersionId: version_id };
      await deps.s3.send(new DeleteObjectCommand(version));
      deleted++;
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AccessDenied')) throw error;
      // An object lock or a legal hold. The sweeper retries and raises an alarm (docs/runbook.md).
      log('warn', 'redaction refused', { upload_id: uploadId, code: error.name });
      return false;
    }
  if (deleted > 0) log('info', 'upload redacted', { upload_id: uploadId, count: deleted });
  return true;
}
