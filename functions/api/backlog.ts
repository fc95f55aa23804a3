import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorCode, log } from '../log.ts';

/** So long a look at the queue is good, in milliseconds: a container asks once for many announcements. */
const GOOD_FOR = 3000;

/** How many uploads wait for the intake or are at work there, as one container knows it. */
export class Backlog {
  private readonly sqs: SQSClient;
  private readonly queueUrl: string;
  private seen: { until: number; waiting: Promise<number> } | null = null;
  /** let in since the queue was looked at */
  private letIn = 0;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /** True, and one more is counted, where fewer than `most` uploads wait. */
  async tryAdmit(most: number, now: number = Date.now()): Promise<boolean> {
    if (!this.seen || this.seen.until <= now) {
      this.seen = { until: now + GOOD_FOR, waiting: this.look() };
      this.letIn = 0;
    }
    if ((await this.seen.waiting) + this.letIn >= most) return false;
    this.letIn++;
    return true;
  }

  /** Nothing waits where the queue cannot be asked: a number that is missing keeps nobody out. */
  private async look(): Promise<number> {
    try {
      const { Attributes } = await this.sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: this.queueUrl,
          // What fails is out of sight until its next try, and as unfinished as what waits.
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
