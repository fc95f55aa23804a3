import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { InboxObject } from '../shared/records/events/upload-id.ts';

/** Sends the S3 event notification of one object version to a queue, in the format of S3. */
export async function announceObject(
  sqs: SQSClient,
  { bucket, queueUrl }: { bucket: string; queueUrl: string },
  { key, etag, version_id, size }: InboxObject,
): Promise<void> {
  const object = {
    key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'),
    eTag: etag,
    versionId: version_id,
    size,
  };
  const record = {
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Post',
    eventTime: new Date().toISOString(),
    s3: { bucket: { name: bucket }, object },
  };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ Records: [record] }) }),
  );
}
