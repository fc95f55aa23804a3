import type { Redaction, WithdrawnFile } from '../../packet/withdrawn.ts';
import { uploadKeys } from '../events/event-keys.ts';
import { append, clearOutbox } from '../events/event-log.ts';
import type { RecordContext } from '../store/record-context.ts';

/** Records which files are to be taken out of an upload (個人番号). functions/intake/redact-upload.ts does it. */
export async function recordRedaction(
  { store, now }: Pick<RecordContext, 'store' | 'now'>,
  upload_id: string,
  { digest, files }: Redaction,
): Promise<void> {
  const at = now().toISOString();
  for (const file of files)
    await append(store, {
      ...uploadKeys.redacted(upload_id, file.at),
      at,
      upload_id,
      digest,
      file,
      outbox: ['redact'],
    });
}

/** No version with these files is left in the inbox. */
export async function closeRedaction(
  { store }: Pick<RecordContext, 'store'>,
  uploadId: string,
  files: WithdrawnFile[],
): Promise<void> {
  for (const file of files) await clearOutbox(store, uploadKeys.redacted(uploadId, file.at));
}
