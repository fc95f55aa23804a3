import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { expect, it, vi } from 'vitest';
import { withUpload } from '../../functions/fetch-upload.ts';

it('removes its copy of an upload and those of killed processes, but none of a running process', async () => {
  const scratchOf = (pid: number) => {
    const folder = mkdtempSync(join(tmpdir(), `uketsuke-upload-${pid}-`));
    writeFileSync(join(folder, 'upload'), 'papers');
    return folder;
  };
  const [dead, alive] = [scratchOf(spawnSync(process.execPath, ['-e', '']).pid), scratchOf(process.ppid)];
  const s3 = { send: async () => ({ Body: Readable.from(['papers']) }) } as unknown as S3Client;
  const own = await withUpload({ s3, inbox: 'inbox' }, { key: 'k' }, async (file) => {
    expect(readFileSync(file, 'utf8')).toBe('papers');
    return readdirSync(tmpdir()).filter((name) => name.startsWith(`uketsuke-upload-${process.pid}-`));
  });
  expect(own).toHaveLength(1);
  expect([dead, alive, join(tmpdir(), own[0]!)].map((folder) => existsSync(folder))).toEqual([
    false,
    true,
    false,
  ]);
  rmSync(alive, { recursive: true });
});

it('refuses bytes of the same size that are not those that were received', async () => {
  const from = {
    s3: { send: async () => ({ Body: Readable.from(['papers']) }) } as unknown as S3Client,
    inbox: 'inbox',
  };
  const read = (bytes: string) => {
    const etag = createHash('md5').update(bytes).digest('hex');
    return withUpload(from, { key: 'k', version_id: etag, etag, size: 6 }, async () => 'read');
  };
  vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1');
  expect(await read('papers')).toBe('read');
  await expect(read('Papers')).rejects.toMatchObject({ name: 'UploadChanged' });
  // S3 encrypts with a key of the stack: its tag is no digest of the bytes.
  vi.stubEnv('AWS_ENDPOINT_URL_S3', '');
  expect(await read('Papers')).toBe('read');
  vi.unstubAllEnvs();
});

it('fetches a version once for those who read it at the same time, and again for the next', async () => {
  const send = vi.fn(async () => ({ Body: Readable.from(['papers']) }));
  const from = { s3: { send } as unknown as S3Client, inbox: 'inbox' };
  const read = (version_id?: string, inner?: () => Promise<string>) =>
    withUpload(from, { key: 'k', version_id }, async (file) => (await inner?.()) ?? file);
  const files = await Promise.all([read('v1', () => read('v1')), read('v1'), read('v2')]);
  expect([new Set(files).size, send.mock.calls.length]).toEqual([2, 2]);
  expect(files.map((file) => existsSync(file))).toEqual([false, false, false]);
  await read('v1');
  // Without a version the object may be another meanwhile.
  await read(undefined, () => read());
  expect(send).toHaveBeenCalledTimes(5);
});
