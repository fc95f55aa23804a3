import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorCode, log } from '../log.ts';

/** How long a count of the queue is reused, ms: a container asks once for many announcements. */
const CACHE_MS = 3000;

/** Uploads that wait for the intake or are processed there, as counted by one container. */
export class Backlog {
  private readonly sqs: SQSClient;
  private readonly queueUrl: string;
  private counted: { until: number; waiting: Promise<number> } | null = null;
  /** admitted since the queue was counted */
  private admitted = 0;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /** True, and one more is counted, where fewer than `limit` uploads wait. */
  async tryAdmit(limit: number, now: number = Date.now()): Promise<boolean> {
    if (!this.counted || this.counted.until <= now) {
      this.counted = { until: now + CACHE_MS, waiting: this.count() };
      this.admitted = 0;
    }
    if ((await this.counted.waiting) + this.admitted >= limit) return false;
    this.admitted++;
    return true;
  }

  /** 0 where the queue cannot be asked: a missing count refuses no upload. */
  private async count(): Promise<number> {
    try {
      const { Attributes } = await this.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: this.queueUrl,
          // A failed message is not visible until its next try, and as unfinished as a waiting one.
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      );
      return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
    } catch (error) {
      log('error', 'backlog unknown', { code: errorCode(error) });
      return 0;
    }
  }
}
