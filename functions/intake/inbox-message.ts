import { z } from 'zod';
import { scannedMessage, uploadMessage } from '../../shared/messages/queue-message.ts';
import type { InboxObject } from '../../shared/records/upload-id.ts';

const s3Event = z.object({
  Records: z.array(
    z.object({
      s3: z.object({
        object: z.object({
          key: z.string(),
          eTag: z.string().default(''),
          size: z.number().default(0),
          versionId: z.string().optional(),
        }),
      }),
    }),
  ),
});
/** S3 says this once when the notification is set up. */
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });

/** What the intake queue brings: news of S3, the sweeper's wish to take an upload up again, or scans that were read. */
export const inboxMessage = z.union([
  s3Event.transform(({ Records }) => ({
    kind: 'objects' as const,
    // S3 writes keys as in a form: a blank is a plus.
    objects: Records.map(({ s3: { object } }) => ({
      key: decodeURIComponent(object.key.replaceAll('+', ' ')),
      etag: object.eTag.replaceAll('"', ''),
      version_id: object.versionId,
      size: object.size,
    })),
  })),
  testEvent.transform(() => ({ kind: 'objects' as const, objects: [] as InboxObject[] })),
  uploadMessage,
  scannedMessage,
]);
