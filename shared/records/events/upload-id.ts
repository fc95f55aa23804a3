import { randomBytes } from 'node:crypto';
import { japanDate } from '../../calendar/japan-time.ts';
import { sha256 } from '../../text/digest.ts';

/** No I, L, O, U: a receipt number is read out over the telephone. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PATTERN = /^R\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/;

/** R20260612-7K3F9QXT: the day and forty random bits. */
export function newUploadId(now: Date): string {
  const letters = [...randomBytes(8)].map((byte) => LETTERS[byte % 32]).join('');
  return `R${japanDate(now.toISOString()).replaceAll('-', '')}-${letters}`;
}

/**
 * Object key of an announced upload. The file's name stays out of it: offices name files after people and their
 * numbers, and the key travels in S3's messages and access logs. The announcement holds the name.
 */
export const uploadKey = (uploadId: string): string => `uploads/${uploadId}/upload`;

/** One version of an object in the inbox. */
export interface InboxObject {
  key: string;
  etag: string;
  /** absent (or `null`, as S3 writes it) where the bucket kept no versions when it was put */
  version_id?: string;
  /** bytes; null: the notification did not carry it */
  size: number | null;
}

/** Tells one content of a key from another: its version or, without a version, its ETag. */
const versionOf = ({ etag, version_id }: Pick<InboxObject, 'etag' | 'version_id'>): string =>
  version_id && version_id !== 'null' ? version_id : etag;

/** Whether both are the same version of the same object; one received without versions is compared by its ETag. */
export const isSameObject = (
  a: Pick<InboxObject, 'etag' | 'version_id'>,
  b: Pick<InboxObject, 'etag' | 'version_id'>,
): boolean => (a.version_id && b.version_id ? versionOf(a) === versionOf(b) : a.etag === b.etag);

/**
 * The receipt numbers an object may get, the preferred one first: that of its key; where another version of the same
 * key has it already, one of its own beside it, so that neither hides the other. An object put past the API is numbered
 * by key and version.
 */
export function uploadIdsOf(object: Pick<InboxObject, 'key' | 'etag' | 'version_id'>): string[] {
  const id = object.key.split('/')[1] ?? '';
  const version = versionOf(object);
  if (!PATTERN.test(id)) return [`X-${sha256(`${object.key}\n${version}`).slice(0, 16)}`];
  return [id, `${id}.${sha256(version).slice(0, 8)}`];
}
