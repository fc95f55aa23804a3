import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { ByteSource } from '../../shared/packet/zip/byte-source.ts';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import type { Inbox } from '../fetch-upload.ts';

/** The version of an object that was put. */
export type PutVersion = Pick<InboxObject, 'version_id' | 'etag'>;

/** Bytes. S3 takes parts of 5 MB or more; the object store of one machine takes at most 11 MB in one request. */
const PART_SIZE = 8 * 1024 ** 2;

/** Puts bytes under a key of the inbox; in parts where they are large, so that few are in memory. */
export async function putObject({ s3, inbox }: Inbox, key: string, bytes: ByteSource): Promise<PutVersion> {
  const target = { Bucket: inbox, Key: key, ContentType: 'application/octet-stream' };
  if (bytes.size <= PART_SIZE) {
    const Body = await bytes.read(0, bytes.size);
    return versionOf(await s3.send(new PutObjectCommand({ ...target, Body })));
  }
  const upload = new Upload({
    client: s3,
    params: { ...target, Body: bytes.stream(0, bytes.size) },
    partSize: PART_SIZE,
    queueSize: 1,
    // The function may not abort an upload in parts; the bucket's lifecycle rule removes the parts of a failed one.
    leavePartsOnError: true,
  });
  return versionOf(await upload.done());
}

const versionOf = ({ VersionId, ETag = '' }: { VersionId?: string; ETag?: string }): PutVersion => ({
  version_id: VersionId,
  etag: ETag.replaceAll('"', ''),
});
