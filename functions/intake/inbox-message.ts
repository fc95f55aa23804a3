import * as z from 'zod';
import {
  giveUpMessage,
  ocrDoneMessage,
  reviewedMessage,
  rivalsMessage,
  uploadMessage,
} from '../../shared/queues/queue-message.ts';
import { MALWARE_RESULTS } from '../../shared/records/events/malware-result.ts';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';

const s3Event = z.object({
  Records: z.array(
    z.object({
      s3: z.object({
        object: z.object({
          key: z.string(),
          eTag: z.string().default(''),
          size: z.number().nullable().default(null),
          versionId: z.string().optional(),
        }),
      }),
    }),
  ),
});
/** S3 sends this once when the notification is set up. */
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });

/** EventBridge's event of a malware scan, as far as it is read here. */
const malwareScanEvent = z.object({
  source: z.literal('aws.guardduty'),
  'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
  detail: z.object({
    s3ObjectDetails: z.object({
      bucketName: z.string(),
      objectKey: z.string(),
      eTag: z.string().default(''),
      versionId: z.string().optional(),
    }),
    scanResultDetails: z.object({ scanResultStatus: z.enum(MALWARE_RESULTS) }),
  }),
});

/**
 * Messages of the intake queue: S3's notification of an object, the result of its malware scan, an upload to resume
 * (from the sweeper, or the rest of a long one), one that the operator gives up, a packet whose pictures were read, of whose month another office sent
 * papers, or whose reviewer entered something.
 */
export const inboxMessage = z.union([
  s3Event.transform(({ Records }) => ({
    kind: 'objects' as const,
    // S3 encodes keys like form data: a space is a plus.
    objects: Records.map(({ s3: { object } }) => ({
      key: decodeURIComponent(object.key.replaceAll('+', ' ')),
      etag: object.eTag.replaceAll('"', ''),
      version_id: object.versionId,
      size: object.size,
    })),
  })),
  malwareScanEvent.transform(({ detail: { s3ObjectDetails: object, scanResultDetails } }) => ({
    kind: 'malware' as const,
    result: scanResultDetails.scanResultStatus,
    object: {
      key: object.objectKey,
      etag: object.eTag.replaceAll('"', ''),
      version_id: object.versionId,
      size: null,
    } satisfies InboxObject as InboxObject,
  })),
  testEvent.transform(() => ({ kind: 'objects' as const, objects: [] as InboxObject[] })),
  uploadMessage,
  giveUpMessage,
  ocrDoneMessage,
  rivalsMessage,
  reviewedMessage,
]);
export type InboxMessage = z.infer<typeof inboxMessage>;
