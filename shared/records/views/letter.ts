import { sha256 } from '../../text/digest.ts';
import type { RecordContext } from '../store/record-context.ts';
import { LetterLostError, safeKey } from '../store/result-store.ts';

/**
 * Where a notice, a receipt or the letter of a reviewer is in the results bucket: an item of the table `notices`, that of a
 * receipt made from its event (write-receipt.ts).
 */
export interface NoticeRecord {
  notice_id: string;
  kind: 'accept' | 'review' | 'return' | 'receipt' | 'advice';
  /** the packet a reviewer's letter is about; a notice has its id */
  packet_id?: string;
  /** what a list shows of a reviewer's letter */
  title?: string;
  month?: string;
  /** partition of the index: the letters of reviewers to an office (`lettersOf`). No list asks for notices and receipts */
  office?: string;
  upload_id: string;
  at: string;
  /** of the object with its text and its data */
  key: string;
  /** sha256 of the stored bytes, hex; absent: the record is about to be written */
  digest?: string;
  /** run of the packet it reports; the notice of a later run replaces it */
  run?: number;
}

/** The letters of reviewers to an office, listed without its notices: they are few. */
export const lettersOf = (owner: string): string => `letters#${owner}`;

/** Where the notice of a run is: under the prefix of the packet's owner. */
export const noticeKey = (owner: string, packetId: string, run: number): string =>
  `offices/${safeKey(owner)}/notices/${safeKey(packetId)}${run > 1 ? `-${run}` : ''}.json`;

/** Where the notice and the receipt of an upload of one packet are, in one object (write-answer.ts). */
export const answerKey = (owner: string, uploadId: string): string =>
  `offices/${safeKey(owner)}/answers/${safeKey(uploadId)}.json`;

/** A letter as it was sent, in one object: its text never differs from its data. */
export interface StoredLetter<T = unknown> {
  text: string;
  data: T;
  /** with the notice of an upload of one packet */
  receipt?: StoredLetter;
}

interface Writing {
  /** leaves a letter as it was sent where its bytes are still those */
  keepText?: boolean;
  /** where else it may have been stored */
  elsewhere?: string[];
  /** its record, where it has none in the table */
  recorded?: NoticeRecord | null;
}

/** Stores a letter and returns its record, which the caller stores next. */
export async function writeLetter(
  records: Pick<RecordContext, 'results' | 'store'>,
  record: NoticeRecord,
  letter: StoredLetter<object>,
  { keepText = false, elsewhere = [], recorded }: Writing = {},
): Promise<NoticeRecord> {
  const sent = keepText && (await findSent(records, record, [record.key, ...elsewhere], recorded));
  if (sent) return sent;
  const body = JSON.stringify(letter, null, 1);
  await records.results.write(record.key, body, 'application/json; charset=utf-8');
  return { ...record, digest: sha256(body) };
}

/** The record of a letter whose stored bytes are those that were sent; null: they are lost or changed. */
async function findSent(
  { results, store }: Pick<RecordContext, 'results' | 'store'>,
  record: NoticeRecord,
  keys: string[],
  known?: NoticeRecord | null,
): Promise<NoticeRecord | null> {
  const recorded =
    known !== undefined ? known : await store.get<NoticeRecord>('notices', { notice_id: record.notice_id });
  for (const key of keys.toSorted((a, b) => Number(b === recorded?.key) - Number(a === recorded?.key))) {
    const bytes = await results.find(key);
    // Where its record was lost, the stored letter is all that is left of what was sent.
    if (bytes && (recorded?.key !== key || isOf(bytes, recorded.digest)))
      return { ...record, key, digest: sha256(bytes) };
  }
  return null;
}

/** A letter as it was sent. Throws LetterLostError where the stored bytes are others. */
export async function readLetter<T = unknown>(
  { results }: Pick<RecordContext, 'results'>,
  { key, digest, kind }: NoticeRecord,
): Promise<StoredLetter<T>> {
  const bytes = await results.read(key);
  if (!isOf(bytes, digest)) throw new LetterLostError(`letter ${key} is not what was sent`);
  const stored: StoredLetter = JSON.parse(bytes.toString('utf8'));
  return ((kind === 'receipt' && stored.receipt) || stored) as StoredLetter<T>;
}

const isOf = (bytes: Buffer, digest: string | undefined): boolean => !digest || sha256(bytes) === digest;
