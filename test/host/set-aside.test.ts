import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { unfinishedLines } from '../../cli/unfinished-lines.ts';
import { type Host, startHost } from '../../host/host.ts';
import { GONE, intakeRecords, OPEN, recordStuckUploads } from '../builders/stuck-uploads.ts';

// Uploads that no retry can end: the desk shows them, and answers every other one.
const ROOT = resolve(import.meta.dirname, '../..');
const sample = (name: string) => join(ROOT, `samples/packets/${name}.zip`);
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-set-aside-'));
let desk: Host;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  await recordStuckUploads(intakeRecords());
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a desk with uploads that cannot end', () => {
  it('answers the others, and names those it set aside', async () => {
    const client = new ApiClient(desk);
    const id = await client.send({ name: 'mito.zip', file: sample('mito-2024-04') });
    await desk.waitUntilIdle();
    expect((await client.upload(id)).state).toBe('finished');
    const unfinished = await desk.listUnfinished();
    expect(unfinished.map(({ subject }) => subject).sort()).toEqual([GONE, OPEN]);
    const lines = unfinishedLines(unfinished).join('\n');
    expect(lines).toMatch(new RegExp(`${GONE}（受付・判定）: 保存されているはずのファイルがありません`));
    expect(lines).toContain('redrive');
    await desk.stop();
  });

  it('starts again, answers, says what is set aside, and ends with exit code 2', async () => {
    const child = spawn(
      process.execPath,
      ['cli/cli.ts', 'start', '--once', '--port', '0', '--data', folder, sample('kumamoto-renewal')],
      { cwd: ROOT, env: process.env },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const code = await new Promise((done) => child.once('exit', done));
    expect(output).toContain('[1/1]');
    expect(output).toContain('判定済');
    expect(output).toContain('圏域ごとの集計');
    expect(output).toMatch(/次の 2 件は終えられず/);
    expect(output).toContain(GONE);
    expect(output).toContain(OPEN);
    expect(code).toBe(2);
  });
});
