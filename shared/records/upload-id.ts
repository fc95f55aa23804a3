import { createHash, randomBytes } from 'node:crypto';
import { japanDate } from './japan-time.ts';

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

/** The receipt number of an object in the inbox: from its key, or (put there by another way) made from key and version. */
export function uploadIdOf(key: string, etag: string): string {
  const id = key.split('/')[1] ?? '';
  if (PATTERN.test(id)) return id;
  return `X-${createHash('sha256').update(`${key}\n${etag}`).digest('hex').slice(0, 16)}`;
}

/** Another object under the same key: a receipt number of its own, so that neither hides the other. */
export const overwrittenId = (uploadId: string, etag: string): string =>
  `${uploadId}.${createHash('sha256').update(etag).digest('hex').slice(0, 8)}`;
