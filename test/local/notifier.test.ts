import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, vi } from 'vitest';
import { Notifier } from '../../local/notifier.ts';

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
  const looksIn = async (milliseconds: number, takes: number): Promise<number> => {
    const list = vi.fn(async () => {
      await sleep(takes);
      return { Versions: [] };
    });
    const s3 = { send: list } as unknown as S3Client;
    const notifier = new Notifier(s3, {} as SQSClient, to, async () => true);
    await notifier.keepLooking(AbortSignal.timeout(milliseconds));
    return list.mock.calls.length;
  };
  const [quick, slow] = await Promise.all([looksIn(1600, 0), looksIn(1600, 150)]);
  expect(quick).toBe(2);
  expect(slow).toBe(1);
});
