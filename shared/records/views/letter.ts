import type { RecordContext } from '../store/record-context.ts';
import { safeKey } from '../store/result-store.ts';

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

/** @param keepText leaves a letter that exists whole as it is */
export async function writeLetter(
  { results }: Pick<RecordContext, 'results'>,
  { json_key, text_key }: NoticeRecord,
  data: object,
  text: string,
  keepText: boolean,
): Promise<void> {
  if (keepText && (await results.has(json_key)) && (await results.has(text_key))) return;
  await results.write(json_key, JSON.stringify(data, null, 1), 'application/json; charset=utf-8');
  await results.write(text_key, text, 'text/plain; charset=utf-8');
}
