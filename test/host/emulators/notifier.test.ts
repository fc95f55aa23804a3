import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, vi } from 'vitest';
import { Notifier } from '../../../host/emulators/notifier.ts';

vi.mock('node:timers/promises');
const to = { bucket: 'inbox', prefix: 'uploads/', queueUrl: 'queue' };
const version = (Key: string) => ({ Key, VersionId: '1', ETag: '"e"', Size: 1 });

it('looks at one key where it is told which, and tells of each object once', async () => {
  const stored = ['uploads/a', 'uploads/b', 'elsewhere/c'];
  const list = vi.fn(async ({ input }: { input: { Prefix: string } }) => ({
    Versions: stored.filter((key) => key.startsWith(input.Prefix)).map(version),
  }));
  const send = vi.fn(async (_: { input: { MessageBody: string } }) => ({}));
  const notifier = new Notifier(
    { send: list } as unknown as S3Client,
    { send } as unknown as SQSClient,
    to,
    async () => false,
  );
  expect(await notifier.look('uploads/b')).toBe(1);
  expect(list.mock.calls[0]![0].input.Prefix).toBe('uploads/b');
  expect(await notifier.look('elsewhere/c'), 'what lies outside concerns nobody').toBe(1);
  expect(await notifier.look()).toBe(0);
  const told = send.mock.calls.map(([{ input }]) => JSON.parse(input.MessageBody).Records[0].s3.object.key);
  expect(told).toEqual(['uploads/b', 'uploads/a']);
});

it('looks more seldom when a look takes long, and stops when it is told to', async () => {
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
    const notifier = new Notifier(
      { send: list } as unknown as S3Client,
      {} as SQSClient,
      to,
      async () => true,
    );
    await notifier.keepLooking(stopping.signal);
    expect(sleep).toHaveBeenCalledTimes(1);
    return vi.mocked(sleep).mock.calls[0]![0]!;
  };
  expect(await pauseAfter(3)).toBe(1000);
  expect(await pauseAfter(500)).toBe(10_000);
  vi.useRealTimers();
});
