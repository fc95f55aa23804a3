import type { JoinedPacket, UploadSource } from '../shared/packet/upload-source.ts';
import type { Redaction } from '../shared/packet/withdrawn.ts';
import { readReceived, readRedaction } from '../shared/records/events/read-upload.ts';
import type { JoinsPacket, UploadReceived } from '../shared/records/events/upload-events.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';
import { type Inbox, withUpload } from './fetch-upload.ts';

export type StoredSource = Extract<UploadSource, { file: string }>;

/**
 * Lends a stored upload to `work` as it is to be opened: without the files that were taken out of it, and with the packet
 * it joins, whose upload is fetched beside it.
 * @param known what was taken out of it, where the caller has read it
 */
export async function withSource<T>(
  from: Inbox & Pick<RecordContext, 'store'>,
  upload: UploadReceived,
  work: (source: StoredSource, digest: string) => Promise<T>,
  known?: Redaction | null,
): Promise<T> {
  const { name, joins } = upload;
  return withUpload(from, upload, async (file, digest) => {
    const source = {
      name,
      file,
      redaction: known === undefined ? await readRedaction(from, upload.upload_id) : known,
    };
    if (!joins) return work(source, digest);
    return withJoined(from, joins, (joined) => work({ ...source, joins: joined }, digest));
  });
}

/** Lends the packet that files complete, out of the stored upload it is in. */
export async function withJoined<T>(
  from: Inbox & Pick<RecordContext, 'store'>,
  { upload_id, packet, replaces, split }: JoinsPacket,
  work: (joined: JoinedPacket) => Promise<T>,
): Promise<T> {
  const base = await readReceived(from, upload_id);
  if (!base) throw new Error(`upload ${upload_id} was never received`);
  return withSource(from, base, (source) => work({ source, packet, replaces, split: split ?? null }));
}
