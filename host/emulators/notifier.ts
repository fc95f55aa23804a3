import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import { objectVersions } from '../../shared/records/store/object-versions.ts';

/** One line of a bucket's NotificationConfiguration, resolved. */
export interface Notification {
  bucket: string;
  prefix: string;
  queueUrl: string;
}

/**
 * S3's part of the bargain, which the local object store lacks: every new version of an object below the prefix is told
 * to the queue, in the words S3 uses. `isKnown` tells, after a restart, which have been received already; `alsoTell`
 * hears of each version once in a run, the known ones too.
 */
export class Notifier {
  private readonly seen = new Set<string>();
  private readonly s3: S3Client;
  private readonly sqs: SQSClient;
  private readonly to: Notification;
  private readonly isKnown: (object: InboxObject) => Promise<boolean>;
  private readonly alsoTell: (object: InboxObject) => void;
  private looking: Promise<number> = Promise.resolve(0);

  constructor(
    s3: S3Client,
    sqs: SQSClient,
    to: Notification,
    isKnown: (object: InboxObject) => Promise<boolean>,
    alsoTell: (object: InboxObject) => void = () => {},
  ) {
    this.s3 = s3;
    this.sqs = sqs;
    this.to = to;
    this.isKnown = isKnown;
    this.alsoTell = alsoTell;
  }

  /**
   * Looks for new objects and tells the queue of them. One look at a time. Returns how many were told.
   * `below`: whoever knows where the new object lies spares the look at everything that ever came.
   */
  look(below: string = this.to.prefix): Promise<number> {
    const where = below.startsWith(this.to.prefix) ? below : this.to.prefix;
    this.looking = this.looking.catch(() => 0).then(() => this.lookOnce(where));
    return this.looking;
  }

  /** Looks again and again for what was put there past the door: each second, more seldom the longer a look takes. */
  async keepLooking(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const began = Date.now();
      await this.look().catch(() => {});
      const pause = Math.max(1000, 20 * (Date.now() - began));
      await sleep(pause, undefined, { signal: stopping }).catch(() => {});
    }
  }

  private async lookOnce(below: string): Promise<number> {
    let told = 0;
    for await (const object of objectVersions(this.s3, this.to.bucket, below)) {
      const mark = `${object.key}\n${object.version_id}`;
      if (this.seen.has(mark)) continue;
      if (!(await this.isKnown(object))) {
        await this.tell(object);
        told++;
      }
      this.alsoTell(object);
      this.seen.add(mark);
    }
    return told;
  }

  private async tell({ key, etag, version_id, size }: InboxObject): Promise<void> {
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
