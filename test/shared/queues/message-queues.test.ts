import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { MessageQueues } from '../../../shared/queues/message-queues.ts';

const URLS = { notify: 'notify', summarise: 'summarise' };
const AREA = { city: 'mihon', area: 'a1', month: '2024-06' };
const packet = (n: number) => ({ kind: 'packet', packet_id: `p${n}` }) as const;

/** Queues that keep each batch; `refused` names the packets they do not take. */
function queues(refused: string[] = []) {
  const batches: string[][] = [];
  const sqs = {
    send: async ({ input: { Entries = [] } }: SendMessageBatchCommand) => {
      batches.push(Entries.map(({ MessageBody }) => MessageBody!));
      const failed = Entries.filter(({ MessageBody }) => refused.some((id) => MessageBody!.includes(id)));
      return { Failed: failed.map(({ Id }) => ({ Id, Code: 'InternalError' })) };
    },
  };
  return { batches, queues: new MessageQueues(sqs as unknown as SQSClient, URLS) };
}

describe('messages sent at the same time', () => {
  it('share requests of at most ten, each queue its own', async () => {
    const { batches, queues: of } = queues();
    const notices = Array.from({ length: 23 }, (_, n) => of.send('notify', packet(n)));
    await Promise.all([...notices, of.requestSummary(AREA, 'one')]);
    expect(batches.map((batch) => batch.length).sort((a, b) => b - a)).toEqual([10, 10, 3, 1]);
    expect(new Set(batches.flat()).size).toBe(24);
  });

  it('request the summary of an area once in a batch, and again in the next', async () => {
    const { batches, queues: of } = queues();
    await Promise.all(['one', 'two', 'three'].map((cause) => of.requestSummary(AREA, cause)));
    await of.requestSummary(AREA, 'four');
    expect(batches.map((batch) => batch.length)).toEqual([1, 1]);
  });

  it('fail one by one where the queue refuses some of them', async () => {
    const { queues: of } = queues(['p1']);
    const sent = await Promise.allSettled([0, 1, 2].map((n) => of.send('notify', packet(n))));
    expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('are refused for a queue the function may not send to', async () => {
    const { queues: of } = queues();
    await expect(of.send('ocr', packet(1))).rejects.toThrow('ocr');
  });
});
