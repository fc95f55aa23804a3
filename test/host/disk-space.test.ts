import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DiskSpace } from '../../host/disk-space.ts';
import { receiveUpload } from '../../host/emulators/receive-upload.ts';
import { pollQueue } from '../../host/event-source.ts';

const MB = 1024 ** 2;
const withFree = (megabytes: number) => new DiskSpace('/', async () => megabytes * MB);
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('a nearly full disk', () => {
  it('accepts an upload that fits twice in the space above the reserve', async () => {
    expect(await withFree(1300).refusal(100 * MB)).toBeNull();
    expect(await withFree(1300).refusal(200 * MB)).toContain('空きが足りないため (残り 1300 MB)');
    expect(await withFree(100).refusal()).toContain('受け付けていません');
  });

  it('is measured for the folder', async () => {
    const folder = mkdtempSync(`${tmpdir()}/uketsuke-room-`);
    expect(await new DiskSpace(folder).hasRoomForWork()).toBe(true);
    expect(await new DiskSpace(folder).refusal(Number.MAX_SAFE_INTEGER)).not.toBeNull();
    rmSync(folder, { recursive: true });
  });

  it('refuses the file with a message and stores nothing of it', async () => {
    const stored = vi.fn();
    const s3 = { send: stored } as unknown as S3Client;
    server = createServer((request, response) => {
      void receiveUpload(request, {
        s3,
        bucket: 'inbox',
        secret: '',
        diskSpace: withFree(1100),
        maySign: () => true,
      }).then((result) => {
        if ('key' in result) throw new Error('the upload was stored');
        response.writeHead(result.status).end(JSON.stringify({ message: result.message }));
      });
    });
    await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done));
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(60 * MB)]));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const response = await fetch(url, { method: 'POST', body: form });
    expect(response.status).toBe(507);
    expect(((await response.json()) as { message: string }).message).toContain('もう一度送ってください');
    expect(stored).not.toHaveBeenCalled();
  });

  it('leaves messages on their queue until there is space again', async () => {
    let hasRoom = false;
    const stopping = new AbortController();
    const received = vi.fn(async (_: unknown, { abortSignal }: { abortSignal: AbortSignal }) => {
      stopping.abort();
      return abortSignal.aborted ? { Messages: [] } : {};
    });
    const polling = pollQueue(
      { send: received } as unknown as SQSClient,
      {
        queueUrl: 'queue',
        queueArn: 'queue',
        batchSize: 1,
        concurrency: 1,
        partialFailures: true,
        handler: async () => undefined,
        mayReceive: async () => hasRoom,
      },
      stopping.signal,
    );
    await sleep(50);
    expect(received).not.toHaveBeenCalled();
    hasRoom = true;
    await polling;
    expect(received).toHaveBeenCalledTimes(1);
  });
});
