import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { recordContext } from '../../functions/aws.ts';
import { type Host, startHost } from '../../host/host.ts';
import { OPERATOR } from '../../shared/access/sender.ts';
import { receiveUpload } from '../../shared/records/steps/receive-object.ts';
import {
  GONE,
  intakeRecords,
  OPEN,
  receiveWithoutObject,
  recordStuckUploads,
} from '../builders/stuck-uploads.ts';

// Uploads that no retry can end: the operator gives them up.
const ROOT = resolve(import.meta.dirname, '../..');
const sample = (name: string) => join(ROOT, `samples/packets/${name}.zip`);
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-give-up-'));
const EARLY = 'R20260612-22222222';
const UNSCANNED = 'R20260612-33333333';
let desk: Host;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  const records = intakeRecords();
  await recordStuckUploads(records);
  // Its bytes were lost before they were scanned.
  await receiveWithoutObject(records, UNSCANNED);
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('uploads that cannot end', () => {
  it('ends them where the operator gives them up, and asks their sender to send them again', async () => {
    const client = new ApiClient(desk);
    await desk.waitUntilIdle();
    for (const id of [GONE, OPEN, UNSCANNED]) await client.operate(`give-up/${id}`, { by: '運用 担当' });
    await desk.waitUntilIdle();
    for (const id of [GONE, OPEN, UNSCANNED]) {
      const { state, packets } = await client.upload(id);
      expect(state).toBe('finished');
      expect(packets.at(-1)).toMatchObject({ decision: 'return', insured_number: null });
      const { text } = await client.get<{ text: string }>(`/notices/${packets.at(-1)!.packet_id}`);
      expect(text).toContain('受付の側の故障により読み取れなくなりました');
      expect(text).toContain('もう一度送ってください');
      expect(text).toContain('新しい提出としてもう一度お送りください');
      expect(text).not.toContain('「不備」とある項目を直し');
      // What joins it could not be read either, and would wait for ever.
      const { packet_id } = packets.at(-1)!;
      const more = { name: 'more.zip', file: sample('iwaki-direct') };
      await expect(client.send(more, undefined, { packet_id, replaces: [] })).rejects.toThrow('新しい提出');
      await expect(client.get(`/packets/${packet_id}/correction`)).rejects.toThrow('新しい提出');
      await expect(client.operate(`give-up/${id}`)).rejects.toThrow('もう終わっています');
    }
    // The same bytes are no repetition of what was lost.
    const again = await client.send({ name: 'again.zip', file: sample('iwaki-direct') });
    expect((await client.waitForAnswer(again, async () => false)).repeated).toBe(0);
  });

  it('read what can be read where it is given up too early', async () => {
    const records = recordContext(['intake']);
    const client = new ApiClient(desk);
    const { s3, versions } = desk.cloud;
    const key = `uploads/${EARLY}/upload`;
    const Body = readFileSync(sample('okayama-new'));
    const put = await s3.send(new PutObjectCommand({ Bucket: versions.bucket, Key: key, Body }));
    const object = { key, etag: put.ETag!.replaceAll('"', ''), version_id: put.VersionId, size: Body.length };
    await receiveUpload(records, { upload_id: EARLY, name: 'early.zip', sender: OPERATOR, ...object });
    await client.operate(`give-up/${EARLY}`);
    await desk.waitUntilIdle();
    const { packets } = await client.upload(EARLY);
    expect(packets).toMatchObject([{ insured_number: expect.stringMatching(/^\d{10}$/) }]);
  });

  it('are no longer named by the next start', async () => {
    await desk.stop();
    const child = spawn(
      process.execPath,
      ['cli/cli.ts', 'start', '--once', '--port', '0', '--data', folder],
      {
        cwd: ROOT,
        env: process.env,
      },
    );
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const code = await new Promise((done) => child.once('exit', done));
    expect(output).not.toContain('終えられず');
    expect(code).toBe(0);
  });
});
