import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** One line of a bucket's NotificationConfiguration, resolved. */
export interface Notification {
  bucket: string;
  prefix: string;
  queueUrl: string;
}

/**
 * S3's part of the bargain, which the local object store lacks: every new object below the prefix is told to the queue,
 * in the words S3 uses. `isKnown` tells, after a restart, which objects have been received already.
 */
export class Notifier {
  private readonly seen = new Set<string>();
  private readonly s3: S3Client;
  private readonly sqs: SQSClient;
  private readonly to: Notification;
  private readonly isKnown: (key: string, etag: string) => Promise<boolean>;
  private looking: Promise<number> = Promise.resolve(0);

  constructor(
    s3: S3Client,
    sqs: SQSClient,
    to: Notification,
    isKnown: (key: string, etag: string) => Promise<boolean>,
  ) {
    this.s3 = s3;
    this.sqs = sqs;
    this.to = to;
    this.isKnown = isKnown;
  }

  /** Looks for new objects and tells the queue of them. One look at a time. Returns how many were told. */
  look(): Promise<number> {
    this.looking = this.looking.catch(() => 0).then(() => this.lookOnce());
    return this.looking;
  }

  private async lookOnce(): Promise<number> {
    let told = 0;
    let ContinuationToken: string | undefined;
    do {
      const page = await this.s3.send(
        new ListObjectsV2Command({ Bucket: this.to.bucket, Prefix: this.to.prefix, ContinuationToken }),
      );
      for (const { Key, ETag, Size } of page.Contents ?? []) {
        const etag = (ETag ?? '').replaceAll('"', '');
        const mark = `${Key}\n${etag}`;
        if (this.seen.has(mark)) continue;
        if (!(await this.isKnown(Key!, etag))) {
          await this.tell(Key!, etag, Size ?? 0);
          told++;
        }
        this.seen.add(mark);
      }
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    return told;
  }

  private async tell(key: string, eTag: string, size: number): Promise<void> {
    const object = { key: encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+'), eTag, size };
    const record = {
      eventSource: 'aws:s3',
      eventName: 'ObjectCreated:Post',
      eventTime: new Date().toISOString(),
      s3: { bucket: { name: this.to.bucket }, object },
    };
    await this.sqs.send(
      new SendMessageCommand({
        QueueUrl: this.to.queueUrl,
        MessageBody: JSON.stringify({ Records: [record] }),
      }),
    );
  }
}
