import { createHash, randomBytes } from 'node:crypto';
import { japanDate } from '../../calendar/japan-time.ts';

/** No I, L, O, U: a receipt number is read out over the telephone. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const PATTERN = /^R\d{8}-[0-9A-HJKMNP-TV-Z]{8}$/;

/** R20260612-7K3F9QXT: the day and forty random bits. */
export function newUploadId(now: Date): string {
  const letters = [...randomBytes(8)].map((byte) => LETTERS[byte % 32]).join('');
  return `R${japanDate(now.toISOString()).replaceAll('-', '')}-${letters}`;
}

/**
 * Where an announced upload is put. The file's name stays out of the key: offices name files after people and their
 * numbers, and the key travels in S3's messages and access logs. What it was called is in the announcement.
 */
export const uploadKey = (uploadId: string): string => `uploads/${uploadId}/upload`;

/** One version of an object in the inbox. */
export interface InboxObject {
  key: string;
  etag: string;
  /** absent (or `null`, as S3 writes it) where the bucket kept no versions when it was put */
  version_id?: string;
  /** bytes; null: the news that told of it did not say */
  size: number | null;
}

/** What tells one content of a key from another: its version, or, where there is none, its ETag. */
const versionOf = ({ etag, version_id }: Pick<InboxObject, 'etag' | 'version_id'>): string =>
  version_id && version_id !== 'null' ? version_id : etag;

/** Whether both are the same version of the same object; what was received before versions were kept is told by its ETag. */
export const isSameObject = (
  a: Pick<InboxObject, 'etag' | 'version_id'>,
  b: Pick<InboxObject, 'etag' | 'version_id'>,
): boolean => (a.version_id && b.version_id ? versionOf(a) === versionOf(b) : a.etag === b.etag);

/**
 * The receipt numbers an object may get, the wanted one first: that of its key; where another version of the same key
 * has it already, one of its own beside it, so that neither hides the other. What was put there by another way than the
 * API is numbered by key and version.
 */
export function uploadIdsOf(object: Pick<InboxObject, 'key' | 'etag' | 'version_id'>): string[] {
  const id = object.key.split('/')[1] ?? '';
  const version = versionOf(object);
  if (!PATTERN.test(id)) return [`X-${shortHash(`${object.key}\n${version}`, 16)}`];
  return [id, `${id}.${shortHash(version, 8)}`];
}

const shortHash = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);
