import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
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
