import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorCode, log } from '../log.ts';

/** How long one message answers packets while other messages wait; the rest of a long upload queues behind them. */
const TURN_MS = 20_000;
/** Work on one message ends before the function times out: after this and at most one more packet. */
const LONGEST_MS = 9 * 60_000;
/** Pause before the queue is asked again. */
const ASK_MS = 2000;

/** Ends the turns of long uploads. The next turn opens its upload again, so that one for which no other waits goes on. */
export class Turns {
  private readonly sqs: SQSClient;
  private readonly queueUrl: string;
  private asked = { at: Number.NEGATIVE_INFINITY, othersWait: Promise.resolve(true) };

  constructor(sqs: SQSClient, queueUrl: string) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
  }

  /**
   * Whether the rest of an upload waits for its next turn. It may answer as long as it took to open.
   * @param opening ms until its first packet was decided
   * @param answering ms since then
   */
  async isOver(opening: number, answering: number, now: number = Date.now()): Promise<boolean> {
    if (opening + answering > LONGEST_MS) return true;
    if (answering <= Math.max(TURN_MS, opening)) return false;
    if (now - this.asked.at >= ASK_MS) this.asked = { at: now, othersWait: this.ask() };
    return this.asked.othersWait;
  }

  /** True where the queue cannot be asked: a missing count holds nothing up. */
  private async ask(): Promise<boolean> {
    try {
      const AttributeNames = ['ApproximateNumberOfMessages' as const];
      const command = new GetQueueAttributesCommand({ QueueUrl: this.queueUrl, AttributeNames });
      const { Attributes } = await this.sqs.send(command);
      return Attributes?.ApproximateNumberOfMessages !== '0';
    } catch (error) {
      log('error', 'backlog unknown', { code: errorCode(error) });
      return true;
    }
  }
}
