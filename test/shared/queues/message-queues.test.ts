import type { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { MessageQueues } from '../../../shared/queues/message-queues.ts';

const URLS = { notify: 'notify', summarise: 'summarise' };
const AREA = { city: 'mihon', area: 'a1', month: '2024-06' };
const packet = (n: number) => ({ kind: 'packet', packet_id: `p${n}` }) as const;

/** Queues that keep each batch; `refused` names the packets they do not take. */
function queues(refused: string[] = [], waitMs?: number) {
  const batches: string[][] = [];
  const positions: [group?: string, deduplication?: string][] = [];
  const sqs = {
    send: async ({ input: { Entries = [] } }: SendMessageBatchCommand) => {
      batches.push(Entries.map(({ MessageBody }) => MessageBody!));
      positions.push(
        ...Entries.map((one) => [one.MessageGroupId, one.MessageDeduplicationId] as [string, string]),
      );
      const failed = Entries.filter(({ MessageBody }) => refused.some((id) => MessageBody!.includes(id)));
      return { Failed: failed.map(({ Id }) => ({ Id, Code: 'InternalError' })) };
    },
  };
  return { batches, positions, queues: new MessageQueues(sqs as unknown as SQSClient, URLS, waitMs) };
}

describe('messages sent at the same time', () => {
  it('share requests of at most ten, each queue its own', async () => {
    const { batches, queues: of } = queues();
    const notices = Array.from({ length: 23 }, (_, n) => of.send('notify', packet(n)));
    await Promise.all([...notices, of.requestSummary(AREA, 'one')]);
    expect(batches.map((batch) => batch.length).sort((a, b) => b - a)).toEqual([10, 10, 3, 1]);
    expect(new Set(batches.flat()).size).toBe(24);
  });

  it('fill a batch as long as work gathers them, and wait no longer than it does', async () => {
    const { batches, queues: of } = queues([], 0);
    await of.gather(async () => {
      const sent = [of.send('notify', packet(1))];
      await new Promise((done) => setTimeout(done, 20));
      sent.push(of.send('notify', packet(2)));
      await of.hurry(() => Promise.all(sent));
    });
    expect(batches.map((batch) => batch.length)).toEqual([2]);
  });

  it('wait for no others as long as a hurry lasts', async () => {
    const { batches, queues: of } = queues([], 3_600_000);
    const first = of.send('notify', packet(1));
    await of.hurry(() => Promise.all([first, of.send('notify', packet(2))]));
    expect(batches).toHaveLength(2);
  });

  it('request the summary of an area once in a batch, and again in the next', async () => {
    const { batches, queues: of } = queues();
    await Promise.all(['one', 'two', 'three'].map((cause) => of.requestSummary(AREA, cause)));
    await of.requestSummary(AREA, 'four');
    expect(batches.map((batch) => batch.length)).toEqual([1, 1]);
  });

  it('are one group and one message for one area alone, whatever letters its key has', async () => {
    const { positions, queues: of } = queues();
    const areas = ['東部', '西部'].flatMap((area) =>
      ['mihon', 'rei'].map((city) => ({ ...AREA, city, area })),
    );
    await Promise.all(areas.map((area) => of.requestSummary(area, 'R1.moved')));
    await of.requestSummary(areas[0]!, 'R2');
    const [groups, ids] = [0, 1].map((n) => positions.map((one) => one[n]!));
    expect([new Set(groups).size, new Set(ids).size]).toEqual([4, 5]);
    expect(groups![4]).toBe(groups![0]);
    for (const name of [...groups!, ...ids!]) expect(name).toMatch(/^[\w.-]{1,128}$/);
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
