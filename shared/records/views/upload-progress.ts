import { listKey, type Sender } from '../../access/sender.ts';
import { japanDate } from '../../calendar/japan-time.ts';
import { collect, type RecordStore } from '../store/record-store.ts';
import type { Step } from '../store/upload-steps.ts';

/**
 * How far an upload is, in order: its number was given, its file did not come within a day, it awaits the malware scan, its
 * packets are being decided, all are decided, everything that follows was seen done. The last one is not written: it follows
 * from what the last sweep found (progressOf).
 */
export const PROGRESS_STATES = [
  'announced',
  'never_came',
  'malware_scan',
  'received',
  'decided',
  'settled',
] as const;
export type ProgressState = (typeof PROGRESS_STATES)[number];

/** Item of the table `progress`. Every number that was given has one, so that the states add up to all of them. */
export interface UploadProgress {
  /** YYYY-MM in which the number was given */
  month: string;
  upload_id: string;
  state: ProgressState;
  /** position of the state: it moves forward only */
  rank: number;
  /** whose list it is in: an office number, or the key of another sender */
  office: string;
  /** ISO time of the state */
  since: string;
  packets?: number;
  /** a step past its deadline, which the sweeper restarted */
  late?: { step: Step; since: string; tries: number };
}

/** Of the number where it names a day, else the month the file came. */
export const progressMonth = ({ upload_id, at }: { upload_id: string; at: string }): string => {
  const [, year, month] = /^R(\d{4})(\d{2})\d{2}-/.exec(upload_id) ?? [];
  return year && month ? `${year}-${month}` : japanDate(at).slice(0, 7);
};

/** The announcement or the arrival of an upload. */
export interface Upload {
  upload_id: string;
  at: string;
  sender: Sender;
}

/** Shows that an upload has come to a state; one that is further stays. */
export async function showProgress(
  store: RecordStore,
  upload: Upload,
  state: ProgressState,
  { since, packets }: { since: string; packets?: number | undefined },
): Promise<void> {
  const { upload_id } = upload;
  const rank = PROGRESS_STATES.indexOf(state);
  const line: UploadProgress = {
    ...{ month: progressMonth(upload), upload_id, state, rank, office: listKey(upload.sender), since },
    ...(packets !== undefined && { packets }),
  };
  await store.putIf('progress', line, {
    expression: 'attribute_not_exists(upload_id) OR #rank < :rank',
    names: { '#rank': 'rank' },
    values: { ':rank': rank },
  });
}

/** Shows that the sweeper restarted a step of an upload. Gone once the upload comes to its next state. */
export async function showLate(
  store: RecordStore,
  upload: Upload,
  late: NonNullable<UploadProgress['late']>,
): Promise<void> {
  const key = { month: progressMonth(upload), upload_id: upload.upload_id };
  await store.update(
    'progress',
    key,
    { expression: 'SET late = :late', values: { ':late': late } },
    'attribute_exists(upload_id)',
  );
}

/** What a sweep found. */
interface LastSweep {
  /** when it began, ISO time */
  at: string;
  /** months with an upload that has something left to do */
  months: string[];
  /** decided uploads with something left to do */
  unsettled: string[];
  /** how many erasures were interrupted */
  erasures: number;
}

/** Every upload of a month, by its number. A decided one in which the sweep found nothing left to do is settled. */
export async function* progressOf(
  store: RecordStore,
  month: string,
  { at, unsettled }: Pick<LastSweep, 'at' | 'unsettled'>,
): AsyncGenerator<UploadProgress> {
  const left = new Set(unsettled);
  for await (const { late, ...line } of store.partition<UploadProgress>('progress', month)) {
    const isSettled = line.state === 'decided' && line.since <= at && !left.has(line.upload_id);
    yield isSettled ? { ...line, state: 'settled' } : { ...line, ...(late && { late }) };
  }
}

/** Partition and number of the item of the last sweep: no month and no upload is called so. */
const SWEEP = { month: 'open', upload_id: 'sweep' };

/** Most numbers in the item of a sweep, which has room for twice as many. */
const MOST_UNSETTLED = 8000;

/** Shows what a sweep found. Where too much is left to be listed, no upload is shown as settled until the next sweep. */
export const showSweep = (
  store: RecordStore,
  { at, months, unsettled, erasures }: LastSweep,
): Promise<void> => {
  const isListed = unsettled.length <= MOST_UNSETTLED;
  return store.put('progress', {
    ...SWEEP,
    at: isListed ? at : '',
    months: [...new Set(months)].sort(),
    unsettled: isListed ? unsettled : [],
    erasures,
  });
};

/** What it found; nothing, where no sweep was. One answer reads it once. */
export async function lastSweep(store: RecordStore): Promise<LastSweep> {
  const [found] = await collect(store.partition<LastSweep>('progress', SWEEP.month));
  return { at: '', months: [], unsettled: [], erasures: 0, ...found };
}
