import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../../cli/api-client.ts';
import { recordContext } from '../../../functions/aws.ts';
import { type Host, startHost } from '../../../host/host.ts';
import type { PacketDecided } from '../../../shared/records/events/packet-events.ts';
import { readDecision, readRuns } from '../../../shared/records/events/read-packet.ts';
import { readReceived } from '../../../shared/records/events/read-upload.ts';
import type { Rebuilt } from '../../../shared/records/recovery/rebuild.ts';
import type { PacketLine } from '../../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../../shared/registry/registry.ts';

// Stored verdicts of a running desk are damaged: each packet is decided again from its stored upload.
const ROOT = resolve(import.meta.dirname, '../../..');
const sample = (name: string) => join(ROOT, `samples/packets/${name}.zip`);
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-verdict-'));
let desk: Host;
let client: ApiClient;
let packets: PacketLine[];

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder, port: 0 });
  client = new ApiClient(desk);
  for (const city of ['mito', 'kumamoto', 'iwaki'])
    await client.importRegistry(await loadRegistry(join(ROOT, `samples/registry/${city}.yaml`)));
  for (const name of ['mito-2024-04', 'kumamoto-renewal', 'iwaki-direct', 'broken-empty']) await submit(name);
  await desk.waitUntilIdle();
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function submit(name: string, as = name) {
  const id = await client.send({ name: `${as}.zip`, file: sample(name) });
  const status = await client.waitForAnswer(id, async () => false);
  packets = [...(packets ?? []), ...status.packets];
  return status;
}
const decisionOf = async (packet_id: string) => (await readDecision(recordContext([]), packet_id))!;
const verdictOf = async (packet_id: string) =>
  recordContext([]).results.readVerdict(await decisionOf(packet_id));
const rebuild = () => client.operate<Rebuilt & { lost: Rebuilt['failed'] }>('rebuild', { by: '運用 担当' });

function fileAt(key: string): string {
  const [found] = globSync(`**/*${basename(key)}.data`, { cwd: folder });
  return join(folder, found!);
}
const fileOf = ({ verdict_key }: PacketDecided): string => fileAt(verdict_key);
/** Flips a bit: the size stays. */
function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
}
const remove = ({ verdict_key }: PacketDecided) =>
  desk.cloud.s3.send(new DeleteObjectCommand({ Bucket: process.env.RESULTS, Key: verdict_key }));

describe('a verdict', () => {
  it.each([
    ['changed', async (decided: PacketDecided) => flip(fileOf(decided))],
    ['emptied', async (decided: PacketDecided) => writeFileSync(fileOf(decided), '')],
    ['deleted', remove],
  ])('that was %s is the very same after a rebuild', async (_, damage) => {
    for (const { packet_id } of packets) {
      const decided = await decisionOf(packet_id);
      const before = await verdictOf(packet_id);
      await damage(decided);
      await expect(verdictOf(packet_id)).rejects.toThrow('not what was decided');
      await expect(client.get(`/packets/${packet_id}`)).rejects.toThrow('失われています');
      expect((await rebuild()).failed).toEqual([]);
      expect(await verdictOf(packet_id)).toEqual(before);
      expect(await readRuns(recordContext([]), packet_id)).toHaveLength(1);
      await client.get(`/packets/${packet_id}`);
    }
  });

  it('and a letter that was deleted is written again, word for word', async () => {
    const { packet_id, upload_id } = packets[0]!;
    for (const id of [packet_id, upload_id]) {
      const before = await client.get<{ text: string; key: string }>(`/notices/${id}`);
      const letter = { Bucket: process.env.RESULTS, Key: before.key };
      await desk.cloud.s3.send(new DeleteObjectCommand(letter));
      await expect(client.get(`/notices/${id}`)).rejects.toThrow('失われています');
      expect((await rebuild()).failed).toEqual([]);
      expect(await client.get(`/notices/${id}`)).toEqual(before);
    }
  });

  it('and a letter whose bytes changed is never shown, and written again', async () => {
    const { packet_id, upload_id } = packets[0]!;
    for (const id of [packet_id, upload_id]) {
      const before = await client.get<{ key: string }>(`/notices/${id}`);
      flip(fileAt(before.key));
      await expect(client.get(`/notices/${id}`)).rejects.toThrow('失われています');
      const copy = { case: packet_id, out: join(folder, 'copy'), by: '運用 担当' };
      if (id === packet_id)
        await expect(client.operate('case/export', copy)).rejects.toThrow('rebuild で作り直してから');
      expect((await rebuild()).failed).toEqual([]);
      expect(await client.get(`/notices/${id}`)).toEqual(before);
    }
  });

  it('is restored when the same bytes are sent again', async () => {
    const [{ packet_id }] = (await submit('mito-2024-04', 'again')).packets as [PacketLine];
    flip(fileOf(await decisionOf(packet_id)));
    const { state, packets: lines } = await submit('mito-2024-04', 'once more');
    expect([state, lines[0]!.outcome]).toEqual(['finished', 'repeated']);
    await verdictOf(packet_id);
  });

  it('that differs from what was decided becomes a question for a person, with both results', async () => {
    const { packet_id } = packets.find(({ city }) => city === 'kumamoto')!;
    const decided = await decisionOf(packet_id);
    const other = decided.decision === 'return' ? 'accept' : 'return';
    await DynamoDBDocumentClient.from(new DynamoDBClient({})).send(
      new UpdateCommand({
        TableName: process.env.TABLE_EVENTS,
        Key: { stream: decided.stream, seq: decided.seq },
        UpdateExpression: 'SET decision = :other, verdict_digest = :digest',
        ExpressionAttributeValues: { ':other': other, ':digest': 'that of another verdict' },
      }),
    );
    expect((await rebuild()).failed).toEqual([]);
    await desk.waitUntilIdle();
    const verdict = await verdictOf(packet_id);
    expect(verdict.decision).toBe('review');
    expect(verdict.findings.find(({ code }) => code === 'F_PACKET_RESTORED')).toMatchObject({
      severity: 'review',
      message: expect.stringMatching(/前回の結果は「.+」、今回の結果は「.+」/),
    });
    expect(await readRuns(recordContext([]), packet_id)).toHaveLength(2);
    const { text } = await client.get<{ text: string }>(`/notices/${packet_id}`);
    expect(text).toContain('判定し直しました');
    // Both runs can be read: a second rebuild finds nothing to restore.
    expect((await rebuild()).failed).toEqual([]);
    expect(await readRuns(recordContext([]), packet_id)).toHaveLength(2);
  });

  it('is left where only its upload was damaged, which a rebuild and a viewer are told', async () => {
    const { packet_id, upload_id } = packets.find(({ city }) => city === 'mito')!;
    const files = () => client.get<{ files: object[] }>(`/packets/${packet_id}/files`);
    const before = await files();
    const { version_id } = (await readReceived(recordContext([]), upload_id))!;
    flip(fileAt(`~version~${version_id}`));
    await expect(files()).rejects.toThrow('送付物が失われているか');
    expect(await rebuild()).toMatchObject({
      failed: [],
      lost: [{ subject: upload_id, reason: 'UploadChanged' }],
    });
    const out = join(folder, 'copy without papers');
    const copied = await client.operate('case/export', { case: packet_id, out, by: '運用 担当' });
    expect(copied).toMatchObject({ lost: [upload_id] });
    expect(readFileSync(join(out, '00_はじめに.txt'), 'utf8')).toContain(
      `受付 ${upload_id} の送付物は失われて`,
    );
    // The same bit again: as restored from a backup.
    flip(fileAt(`~version~${version_id}`));
    expect(await files()).toEqual(before);
    expect(await rebuild()).toMatchObject({ lost: [] });
  });

  it('whose upload is lost too is listed, and everything else is rebuilt', async () => {
    const { packet_id } = packets.find(({ city }) => city === 'iwaki')!;
    const decided = await decisionOf(packet_id);
    const [{ key, version_id }] = [(await readReceived(recordContext([]), decided.upload_id))!];
    await remove(decided);
    await desk.cloud.s3.send(
      new DeleteObjectCommand({ Bucket: process.env.INBOX, Key: key, VersionId: version_id }),
    );
    const { failed, packets: rebuilt } = await rebuild();
    expect(failed.map(({ subject }) => subject).sort()).toEqual([packet_id, decided.upload_id].sort());
    expect(rebuilt).toBeGreaterThan(1);
  });
});
