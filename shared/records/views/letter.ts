import { sha256 } from '../../text/digest.ts';
import type { RecordContext } from '../store/record-context.ts';
import { LetterLostError, safeKey } from '../store/result-store.ts';

/** Item of the table `notices`: where a notice, a receipt or the letter of a reviewer is in the results bucket, as text and as data. */
export interface NoticeRecord {
  notice_id: string;
  kind: 'accept' | 'review' | 'return' | 'receipt' | 'advice';
  /** the packet a reviewer's letter is about; a notice has its id */
  packet_id?: string;
  /** what a list shows of a reviewer's letter */
  title?: string;
  month?: string;
  /** partition of the index: the office, or its letters (`lettersOf`) */
  office: string;
  upload_id: string;
  at: string;
  text_key: string;
  json_key: string;
  /** sha256 of the stored bytes, hex; absent: stored before digests were recorded, and added by a rebuild */
  text_digest?: string;
  json_digest?: string;
  /** run of the packet it reports; the notice of a later run replaces it */
  run?: number;
}

/** The letters of reviewers to an office, listed without its notices: they are few. */
export const lettersOf = (owner: string): string => `letters#${owner}`;

/** Where the notice of a run is: under the prefix of the packet's owner. */
export function noticeKeys(
  owner: string,
  packetId: string,
  run: number,
): Pick<NoticeRecord, 'text_key' | 'json_key'> {
  const base = `offices/${safeKey(owner)}/notices/${safeKey(packetId)}${run > 1 ? `-${run}` : ''}`;
  return { text_key: `${base}.txt`, json_key: `${base}.json` };
}

/**
 * Stores a letter and returns its record, which the caller stores next.
 * @param keepText leaves a letter as it was sent where its bytes are still those
 */
export async function writeLetter(
  records: Pick<RecordContext, 'results' | 'store'>,
  letter: NoticeRecord,
  data: object,
  text: string,
  keepText: boolean,
): Promise<NoticeRecord> {
  const sent = keepText && (await findSent(records, letter));
  if (sent) return sent;
  const json = JSON.stringify(data, null, 1);
  await records.results.write(letter.json_key, json, 'application/json; charset=utf-8');
  await records.results.write(letter.text_key, text, 'text/plain; charset=utf-8');
  return { ...letter, text_digest: sha256(text), json_digest: sha256(json) };
}

/** The record of a letter whose stored bytes are those that were sent; null: they are lost or changed. */
async function findSent(
  { results, store }: Pick<RecordContext, 'results' | 'store'>,
  letter: NoticeRecord,
): Promise<NoticeRecord | null> {
  const [text, json, recorded] = await Promise.all([
    results.find(letter.text_key),
    results.find(letter.json_key),
    store.get<NoticeRecord>('notices', { notice_id: letter.notice_id }),
  ]);
  if (!text || !json) return null;
  const found = { ...letter, text_digest: sha256(text), json_digest: sha256(json) };
  // Where its record was lost, the stored letter is all that is left of what was sent.
  const isAsSent =
    recorded?.text_key !== letter.text_key ||
    (isOf(text, recorded.text_digest) && isOf(json, recorded.json_digest));
  return isAsSent ? found : null;
}

/** A letter as it was sent. Throws LetterLostError where the stored bytes are others. */
export async function readLetter(
  { results }: Pick<RecordContext, 'results'>,
  record: NoticeRecord,
  part: 'text' | 'json',
): Promise<string> {
  const bytes = await results.read(record[`${part}_key`]);
  if (isOf(bytes, record[`${part}_digest`])) return bytes.toString('utf8');
  throw new LetterLostError(`letter ${record[`${part}_key`]} is not what was sent`);
}

const isOf = (bytes: Buffer, digest: string | undefined): boolean => !digest || sha256(bytes) === digest;
