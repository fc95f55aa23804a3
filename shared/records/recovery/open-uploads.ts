import { OPEN_SHARDS } from '../events/event-index.ts';
import { uploadIdOf } from '../events/event-keys.ts';
import { readUpload, type UploadEvents } from '../events/read-upload.ts';
import type { UploadAnnounced, UploadReceived } from '../events/upload-events.ts';
import type { RecordContext } from '../store/record-context.ts';

/** An upload with its mark, which is removed once every step was seen done. */
export type OpenUploadEvents = UploadEvents & { mark: UploadAnnounced | UploadReceived };

/** The open uploads that were announced or came until then (ISO time). */
export async function* openUploads(
  records: Pick<RecordContext, 'store'>,
  until: string,
): AsyncGenerator<OpenUploadEvents> {
  for (const shard of OPEN_SHARDS)
    for await (const { stream } of records.store.index<{ stream: string }>('events', 'open', shard, {
      until,
    })) {
      // The index may lag behind: only the events themselves say whether the upload is still open.
      const events = await readUpload(records, uploadIdOf(stream));
      const mark = markOf(events);
      if (mark) yield { ...events, mark };
    }
}

export const markOf = ({ announced, received }: UploadEvents): OpenUploadEvents['mark'] | undefined =>
  [announced, received].find((event) => event?.open) ?? undefined;

/** A received upload without an end, whose work is due and of which nothing was answered since then (ISO time). */
export function isUndecided({ received, scanned, finished, answers }: UploadEvents, since: string): boolean {
  if (!received || finished || (received.awaits_malware_scan && !scanned)) return false;
  return [scanned?.at ?? received.at, ...answers.map(({ at }) => at)].every((at) => at <= since);
}
