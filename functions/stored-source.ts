import type { UploadSource } from '../shared/packet/upload-source.ts';
import { readReceived, readRedaction } from '../shared/records/events/read-upload.ts';
import type { UploadReceived } from '../shared/records/events/upload-events.ts';
import type { RecordContext } from '../shared/records/store/record-context.ts';
import { type Inbox, withUpload } from './fetch-upload.ts';

/**
 * Lends a stored upload to `work` as it is to be opened: without the files that were taken out of it, and with the packet
 * it joins, whose upload is fetched beside it.
 */
export async function withSource<T>(
  from: Inbox & Pick<RecordContext, 'store'>,
  upload: UploadReceived,
  work: (source: Extract<UploadSource, { file: string }>, digest: string) => Promise<T>,
): Promise<T> {
  const { name, joins: joined } = upload;
  return withUpload(from, upload, async (file, digest) => {
    const source = { name, file, redaction: await readRedaction(from, upload.upload_id) };
    if (!joined) return work(source, digest);
    const { upload_id, packet, replaces, split = null } = joined;
    const base = await readReceived(from, upload_id);
    if (!base) throw new Error(`upload ${upload_id} was never received`);
    return withSource(from, base, (ofBase) =>
      work({ ...source, joins: { source: ofBase, packet, replaces, split } }, digest),
    );
  });
}
