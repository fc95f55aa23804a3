import { sha256 } from '../../text/digest.ts';
import type { RecordContext } from '../store/record-context.ts';
import { LetterLostError, safeKey } from '../store/result-store.ts';

/** Item of the table `notices`: where a notice, a receipt or the letter of a reviewer is in the results bucket. */
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

/** A letter as it was sent, in one object: its text never differs from its data. */
export interface StoredLetter<T = unknown> {
  text: string;
  data: T;
}

/**
 * Stores a letter and returns its record, which the caller stores next.
 * @param keepText leaves a letter as it was sent where its bytes are still those
 */
export async function writeLetter(
  records: Pick<RecordContext, 'results' | 'store'>,
  record: NoticeRecord,
  letter: StoredLetter<object>,
  keepText: boolean,
): Promise<NoticeRecord> {
  const sent = keepText && (await findSent(records, record));
  if (sent) return sent;
  const body = JSON.stringify(letter, null, 1);
  await records.results.write(record.key, body, 'application/json; charset=utf-8');
  return { ...record, digest: sha256(body) };
}

/** The record of a letter whose stored bytes are those that were sent; null: they are lost or changed. */
async function findSent(
  { results, store }: Pick<RecordContext, 'results' | 'store'>,
  record: NoticeRecord,
): Promise<NoticeRecord | null> {
  const [bytes, recorded] = await Promise.all([
    results.find(record.key),
    store.get<NoticeRecord>('notices', { notice_id: record.notice_id }),
  ]);
  if (!bytes) return null;
  // Where its record was lost, the stored letter is all that is left of what was sent.
  const isAsSent = recorded?.key !== record.key || isOf(bytes, recorded.digest);
  return isAsSent ? { ...record, digest: sha256(bytes) } : null;
}

/** A letter as it was sent. Throws LetterLostError where the stored bytes are others. */
export async function readLetter<T = unknown>(
  { results }: Pick<RecordContext, 'results'>,
  { key, digest }: NoticeRecord,
): Promise<StoredLetter<T>> {
  const bytes = await results.read(key);
  if (isOf(bytes, digest)) return JSON.parse(bytes.toString('utf8'));
  throw new LetterLostError(`letter ${key} is not what was sent`);
}

const isOf = (bytes: Buffer, digest: string | undefined): boolean => !digest || sha256(bytes) === digest;
