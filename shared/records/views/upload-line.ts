import { listedAreas, listKey, type Sender, senderKey } from '../../access/sender.ts';
import { sha256 } from '../../text/digest.ts';
import { maskedPath } from '../../text/my-number.ts';
import { waitsForMalwareScan } from '../events/read-upload.ts';
import type { UploadFinished, UploadReceived } from '../events/upload-events.ts';
import type { RecordContext } from '../store/record-context.ts';
import type { RecordStore } from '../store/record-store.ts';
import { showProgress } from './upload-progress.ts';

/** ウイルス検査中 → 受付済 → 判定済, of the upload as a whole. */
export type UploadState = 'malware_scan' | 'received' | 'finished';

/** Item of the table `submissions`: the upload itself, at part `upload` of its partition. */
export interface UploadLine {
  upload_id: string;
  part: 'upload';
  /** whose list it is in: an office number, or the key of another sender */
  office: string;
  /** of a sender of several areas: who reads the line has them all */
  sender_areas?: string[];
  name: string;
  received_at: string;
  size: number | null;
  /** the packet its files complete */
  joins?: string;
  state: UploadState;
  packets?: number;
  repeated?: number;
  finished_at?: string;
}

export async function stateOf(
  records: Pick<RecordContext, 'store'>,
  upload: UploadReceived,
  finished: UploadFinished | null,
): Promise<UploadState> {
  if (finished) return 'finished';
  return (await waitsForMalwareScan(records, upload)) ? 'malware_scan' : 'received';
}

/** State forward only: a late redelivery does not turn `finished` back to `received`. */
export async function putUploadLine(
  store: RecordStore,
  upload: UploadReceived,
  state: UploadState,
  finished?: UploadFinished,
): Promise<void> {
  const line: UploadLine = {
    upload_id: upload.upload_id,
    part: 'upload',
    office: listKey(upload.sender),
    ...listedAreas(upload.sender),
    name: upload.name,
    received_at: upload.at,
    size: upload.size,
    ...(upload.joins && { joins: upload.joins.packet_id }),
    state,
    packets: finished?.packets,
    repeated: finished?.repeated,
    finished_at: finished?.at,
  };
  if (state === 'finished') await store.put('submissions', line);
  else await store.putOnce('submissions', line);
}

/** The malware scan has ended: a line in `malware_scan` becomes `received`; one that is further stays. */
export async function showMalwareResult(
  store: RecordStore,
  upload: UploadReceived,
  since: string,
): Promise<void> {
  const { upload_id } = upload;
  const change = {
    expression: 'SET #state = :received',
    names: { '#state': 'state' },
    values: { ':received': 'received', ':scanning': 'malware_scan' },
  };
  await store.update('submissions', { upload_id, part: 'upload' }, change, '#state = :scanning');
  await showProgress(store, upload, 'received', { since });
}

/**
 * Key in `submissions` under which an interrupted upload of the same bytes finds the number it already has. Holds a digest
 * of the file's name, which may be a person's: keys are written to access logs.
 */
export const pointerKey = (upload: {
  sender: Sender;
  digest: string;
  name: string;
}): { upload_id: string; part: 'pointer' } => ({
  upload_id: `announced#${senderKey(upload.sender)}#${upload.digest}#${sha256(maskedPath(upload.name)).slice(0, 16)}`,
  part: 'pointer',
});
