import { useSyncExternalStore } from 'react';
import { DeskError } from '../../shared/api/desk-error.ts';
import type { Cover } from '../cover/cover-items.ts';
import { type Checked, checkFile } from './check-file.ts';
import { packFiles } from './pack-files.ts';
import { isLoneFile, type PlannedUpload } from './plan-uploads.ts';
import { sendFile } from './send-file.ts';
import { withCover } from './with-cover.ts';

/** One upload of this page: waiting, asking which packet it belongs to, being packed, checked or sent, sent, or failed. */
export interface Sending {
  id: number;
  name: string;
  state: 'asking' | 'packing' | 'checking' | 'checked' | 'sending' | 'sent' | 'failed';
  /** checked only: nothing of it is sent until the user sends it */
  isCheck: boolean;
  /** what the check gave */
  checked: Checked | null;
  /** share of the bytes that are sent, 0–1 */
  progress: number;
  /** seconds until the next try, while the desk is busy */
  wait: number | null;
  upload_id: string | null;
  error: string | null;
}

/*
 * The uploads of this page, outside of React: they continue, and stay listed, while another screen is shown.
 */
let sendings: readonly Sending[] = [];
const planned = new Map<number, PlannedUpload>();
const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};
export const useSendings = (): readonly Sending[] => useSyncExternalStore(subscribe, () => sendings);

function change(id: number, changes: Partial<Sending>): void {
  sendings = sendings.map((one) => (one.id === id ? { ...one, ...changes } : one));
  for (const listener of listeners) listener();
}

const NEW = {
  state: 'packing',
  checked: null,
  progress: 0,
  wait: null,
  upload_id: null,
  error: null,
} as const;

/** Sends or checks uploads one after the other: the first is through before the last begins. */
let queue: Promise<void> = Promise.resolve();
export function startSending(uploads: readonly PlannedUpload[], isCheck: boolean): void {
  for (const upload of uploads) {
    const id = sendings.length + 1;
    planned.set(id, upload);
    const isAsking = !isCheck && isLoneFile(upload);
    sendings = [
      { ...NEW, id, name: upload.name, isCheck, ...(isAsking && { state: 'asking' as const }) },
      ...sendings,
    ];
    if (!isAsking) enqueue(id);
  }
  for (const listener of listeners) listener();
}

/** A lone file joins a packet, or is sent as one of its own (null). */
export function choosePacket(id: number, packetId: string | null): void {
  const upload = planned.get(id)!;
  if (packetId && 'files' in upload) planned.set(id, { ...upload, joins: packetId });
  change(id, { state: 'packing' });
  enqueue(id);
}

/** Tries again what failed. */
export function tryAgain(id: number): void {
  change(id, { state: 'packing', progress: 0, error: null });
  enqueue(id);
}

/** Adds a filled 送付票 to what was checked, and checks it once more. */
export async function addCover(id: number, path: string, cover: Cover): Promise<void> {
  change(id, { state: 'packing', checked: null });
  try {
    planned.set(id, await withCover(planned.get(id)!, path, cover));
    enqueue(id);
  } catch (error) {
    change(id, { state: 'failed', error: failureText(error) });
  }
}

/** Sends what was checked. */
export function sendChecked(id: number): void {
  change(id, { state: 'packing', isCheck: false });
  enqueue(id);
}

function enqueue(id: number): void {
  queue = queue.then(() => sendOne(id));
}

async function sendOne(id: number): Promise<void> {
  const upload = planned.get(id)!;
  const isCheck = sendings.some((one) => one.id === id && one.isCheck);
  try {
    if (upload.refusal) throw new DeskError(upload.refusal, 0);
    const file = 'zip' in upload ? upload.zip : await packFiles(upload.files);
    const joins = upload.joins ? { packet_id: upload.joins, replaces: [] } : undefined;
    const what = { name: upload.name, ...(joins && { joins }) };
    if (isCheck) {
      change(id, { state: 'checking' });
      change(id, { state: 'checked', checked: await checkFile(what, file) });
      return;
    }
    change(id, { state: 'sending' });
    await sendFile(what, file, {
      onNumber: (upload_id) => change(id, { upload_id }),
      onProgress: (progress) => change(id, { progress, wait: null }),
      onWait: (wait) => change(id, { wait }),
    });
    planned.delete(id);
    change(id, { state: 'sent', progress: 1, wait: null });
  } catch (error) {
    change(id, { state: 'failed', wait: null, error: failureText(error) });
  }
}

const failureText = (error: unknown): string =>
  error instanceof DeskError
    ? error.message
    : 'ファイルを読めませんでした。移動したり、ほかのソフトで開いたりしていないかを確かめて、もう一度送ってください。';
