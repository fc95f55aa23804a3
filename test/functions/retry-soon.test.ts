import type { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it, vi } from 'vitest';
import { retrySoon } from '../../functions/retry-soon.ts';
import { MAX_RECEIVES, STAGES } from '../../infra/settings.ts';

const record = (tries: number, eventSourceARN = 'arn:aws:sqs:ap-northeast-1:111122223333:Intake') =>
  ({
    messageId: 'm',
    receiptHandle: 'r',
    eventSourceARN,
    attributes: { ApproximateReceiveCount: String(tries) },
  }) as SQSRecord;

const sqsWith = (send: (command: ChangeMessageVisibilityCommand) => Promise<unknown>) => () =>
  ({ send }) as unknown as SQSClient;

describe('a failed message', () => {
  it('returns to the queue it came from, soon at first and later each time', async () => {
    const seconds: number[] = [];
    for (let tries = 1; tries <= MAX_RECEIVES; tries++)
      await retrySoon(
        record(tries),
        sqsWith(async ({ input }) => {
          expect(input).toMatchObject({
            QueueUrl: 'https://sqs.ap-northeast-1.amazonaws.com/111122223333/Intake',
            ReceiptHandle: 'r',
          });
          seconds.push(input.VisibilityTimeout!);
        }),
      );
    expect(seconds[0]).toBe(1);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    // An outage of some minutes makes no dead letters; no wait is longer than that of the queue itself.
    expect(seconds.reduce((sum, one) => sum + one)).toBeGreaterThan(15 * 60);
    expect(seconds.at(-1)).toBeLessThan(6 * STAGES.intake.timeout);
  });

  it('stays hidden for the time of the queue where SQS does not answer, and the others go on', async () => {
    const output = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await retrySoon(
      record(1),
      sqsWith(async () => {
        throw Object.assign(new Error('queue of 見本'), { name: 'AccessDenied' });
      }),
    );
    const line = String(output.mock.calls[0]![0]);
    output.mockRestore();
    expect(line).toContain('message not returned');
    expect(line).not.toContain('見本');
  });

  it('of no queue is left alone', async () => {
    const send = vi.fn();
    await retrySoon(record(1, 'arn:aws:s3:::inbox'), sqsWith(send));
    expect(send).not.toHaveBeenCalled();
  });
});
