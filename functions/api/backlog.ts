import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorCode, log } from '../log.ts';

/** So long a look at the queue is good, in milliseconds: a container asks once for many announcements. */
const GOOD_FOR = 3000;

/** How many uploads wait for the intake or are at work there, as one container knows it. */
export class Backlog {
  private readonly sqs: SQSClient;
  private readonly queueUrl: string;
  private known: { until: number; uploads: Promise<number> } | null = null;

  constructor(sqs: SQSClient, queueUrl: string) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /** At most some seconds old. Nothing where the queue cannot be asked: a number that is missing keeps nobody out. */
  uploads(now: number = Date.now()): Promise<number> {
    if (!this.known || this.known.until <= now) this.known = { until: now + GOOD_FOR, uploads: this.look() };
    return this.known.uploads;
  }

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
