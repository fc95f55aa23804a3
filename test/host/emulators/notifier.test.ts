import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, vi } from 'vitest';
import { Notifier } from '../../../host/emulators/notifier.ts';

vi.mock('node:timers/promises');
const notification = { bucket: 'inbox', prefix: 'uploads/', queueUrl: 'queue' };
const version = (Key: string) => ({ Key, VersionId: '1', ETag: '"e"', Size: 1 });

it('polls only a known key, and announces each object once', async () => {
  const stored = ['uploads/a', 'uploads/b', 'elsewhere/c'];
  const list = vi.fn(async ({ input }: { input: { Prefix: string } }) => ({
    Versions: stored.filter((key) => key.startsWith(input.Prefix)).map(version),
  }));
  const send = vi.fn(async (_: { input: { MessageBody: string } }) => ({}));
  const notifier = new Notifier({
    s3: { send: list } as unknown as S3Client,
    sqs: { send } as unknown as SQSClient,
    notification,
    isReceived: async () => false,
  });
  expect(await notifier.poll('uploads/b')).toBe(1);
  expect(list.mock.calls[0]![0].input.Prefix).toBe('uploads/b');
  expect(await notifier.poll('elsewhere/c'), 'an object outside the prefix is not announced').toBe(1);
  expect(await notifier.poll()).toBe(0);
  const announced = send.mock.calls.map(
    ([{ input }]) => JSON.parse(input.MessageBody).Records[0].s3.object.key,
  );
  expect(announced).toEqual(['uploads/b', 'uploads/a']);
});

it('polls less often when a poll takes long, and stops on the signal', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const pauseAfter = async (takes: number): Promise<number> => {
    const stopping = new AbortController();
    const list = async () => {
      vi.setSystemTime(Date.now() + takes);
      return { Versions: [] };
    };
    vi.mocked(sleep)
      .mockReset()
      .mockImplementation(async () => stopping.abort());
    const notifier = new Notifier({
      s3: { send: list } as unknown as S3Client,
      sqs: {} as SQSClient,
      notification,
      isReceived: async () => true,
    });
    await notifier.keepPolling(stopping.signal);
    expect(sleep).toHaveBeenCalledTimes(1);
    return vi.mocked(sleep).mock.calls[0]![0]!;
  };
  expect(await pauseAfter(3)).toBe(1000);
  expect(await pauseAfter(500)).toBe(10_000);
  vi.useRealTimers();
});
