import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { announceObject } from '../../operations/announce-object.ts';
import type { InboxObject } from '../../shared/records/events/upload-id.ts';
import { objectVersions } from '../../shared/records/store/object-versions.ts';

/** One entry of a bucket's NotificationConfiguration, resolved. */
interface Notification {
  bucket: string;
  prefix: string;
  queueUrl: string;
}

export interface NotifierOptions {
  s3: S3Client;
  sqs: SQSClient;
  notification: Notification;
  /** true: a run before this one received the object already */
  isReceived: (object: InboxObject) => Promise<boolean>;
  /** called with each version once per run, received or not */
  onObject?: (object: InboxObject) => void;
}

/** Emulates S3 event notifications: announces every new version of an object below the prefix to the queue. */
export class Notifier {
  private readonly seen = new Set<string>();
  private readonly options: NotifierOptions;
  private polling: Promise<number> = Promise.resolve(0);

  constructor(options: NotifierOptions) {
    this.options = options;
  }

  /**
   * Announces new objects, one poll at a time. Returns how many.
   * `below`: a known key or prefix, so that the poll need not list every object.
   */
  poll(below: string = this.options.notification.prefix): Promise<number> {
    const { prefix } = this.options.notification;
    const start = below.startsWith(prefix) ? below : prefix;
    this.polling = this.polling.catch(() => 0).then(() => this.pollOnce(start));
    return this.polling;
  }

  /** Polls for objects that bypassed the HTTP server: each second, less often the longer a poll takes. */
  async keepPolling(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      const started = Date.now();
      await this.poll().catch(() => {});
      const pauseMs = Math.max(1000, 20 * (Date.now() - started));
      await sleep(pauseMs, undefined, { signal: stopping }).catch(() => {});
    }
  }

  private async pollOnce(below: string): Promise<number> {
    const { s3, sqs, notification, isReceived, onObject } = this.options;
    let announced = 0;
    for await (const object of objectVersions(s3, notification.bucket, below)) {
      const id = `${object.key}\n${object.version_id}`;
      if (this.seen.has(id)) continue;
      if (!(await isReceived(object))) {
        await announceObject(sqs, notification, object);
        announced++;
      }
      onObject?.(object);
      this.seen.add(id);
    }
    return announced;
  }
}
