import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runRedrive } from '../../cli/redrive.ts';
import { subjectOf } from '../../functions/operate/dead-letters.ts';
import { type Host, startHost } from '../../host/host.ts';
import { readTemplate, resourcesOf } from '../../host/template.ts';
import { DLQ_RETENTION_DAYS, MAX_RECEIVES, QUEUE_RETENTION_DAYS } from '../../infra/settings.ts';
import { Random } from '../../samples/city/random.ts';
import type { MessageFailed } from '../../shared/records/events/system-events.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { quietly } from '../harness/quiet.ts';
import { Bench, run } from '../harness/run.ts';
import { makeUploads } from '../harness/uploads.ts';
import { DEAD_URLS, QUEUE_URLS } from '../harness/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-poison-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a message that cannot be processed', () => {
  it('becomes a dead letter with its reason, while the other nine of its batch are processed', async () => {
    const random = new Random('poison');
    const registry = await loadRegistry(join(import.meta.dirname, '../../samples/registry/kumamoto.yaml'));
    const uploads = await makeUploads(random, 4, [registry], { plain: true });
    const { world } = await run({ name: 'calm' }, uploads, [registry], random);
    const good = uploads.flatMap((one) =>
      one.packets.map(({ packet_id }) => ({ kind: 'packet', packet_id })),
    );
    const nine = Array.from({ length: 9 }, (_, n) => good[n % good.length]!);
    for (const message of [...nine.slice(0, 4), { kind: 'packet', packet_id: 'unknown' }, ...nine.slice(4)])
      await world.queues.send(
        new SendMessageCommand({ QueueUrl: QUEUE_URLS.notify, MessageBody: JSON.stringify(message) }),
      );
    const bench = new Bench({ name: 'calm' }, world, random);
    const { log } = await quietly(() => bench.drain());
    expect(world.queues.count([QUEUE_URLS.notify])).toBe(0);
    expect(world.queues.count([DEAD_URLS.notify])).toBe(1);
    const failed = world.tables.all<MessageFailed>('events').filter((one) => one.type === 'message.failed');
    expect(failed).toMatchObject([{ stage: 'notify', tries: MAX_RECEIVES }]);
    expect(failed[0]!.code).toMatch(/^Error shared\/records\/views\/write-notice/);
    expect(log.join('')).not.toMatch(/見本|例示/);
  });
});

describe('redrive', () => {
  let desk: Host;
  beforeAll(async () => {
    process.env.UKETSUKE_LOG = 'off';
    desk = await startHost({ folder: join(folder, 'data'), port: 0 });
  });
  afterAll(() => desk?.stop());

  const command = async (...argv: string[]) => {
    const out: string[] = [];
    const spy = vi
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => Boolean(out.push(String(text))));
    const code = await runRedrive(['--data', join(folder, 'data'), ...argv]);
    spy.mockRestore();
    return { code, out: out.join('') };
  };

  it('lists dead letters without personal data, moves one back at a time, and counts the outcomes', async () => {
    const intake = desk.queues.find((one) => one.stage === 'intake')!;
    const key = 'uploads/R20260612-7K3F9QXT/0000000101_MIHON_HANAKO.zip';
    const ids: string[] = [];
    for (const MessageBody of [
      JSON.stringify({ Event: 's3:TestEvent' }),
      JSON.stringify({ Event: 's3:TestEvent', Records: [] }),
      JSON.stringify({ Records: [{ s3: { object: { key, eTag: 'e' } } }] }),
    ])
      ids.push(
        (await desk.cloud.sqs.send(new SendMessageCommand({ QueueUrl: intake.deadUrl, MessageBody })))
          .MessageId!,
      );
    const listed = await command();
    expect(listed.out).toContain(ids[2]);
    expect(listed.out).toContain('R20260612-7K3F9QXT');
    expect(listed.out).not.toMatch(/0000000101|MIHON/);
    const one = await command(ids[0]!);
    expect(one.out).toContain('intake: 1 件を戻しました');
    expect((await desk.countPending()).dead).toBe(2);
    // Messages that were read and not selected are visible again after a second.
    await new Promise((done) => setTimeout(done, 1200));
    const second = await command(ids[1]!);
    expect(second.out).toContain('退避に残っているもの 1 件');
    expect((await desk.countPending()).dead).toBe(1);
  });
});

describe('the subject of a message', () => {
  it.each([
    ['{"kind":"packet","packet_id":"ab12"}', 'ab12'],
    ['{"kind":"summary","city":"mito","area":"area-1","month":"2024-05"}', 'mito area-1 2024-05'],
    ['{"kind":"packet","packet_id":"見本 花子"}', '—'],
    [
      '{"source":"aws.guardduty","detail":{"s3ObjectDetails":{"objectKey":"uploads/R20260612-7K3F9QXT/upload"}}}',
      'R20260612-7K3F9QXT',
    ],
    ['no JSON, 見本 花子', '—'],
  ])('contains references only: %s', (body, about) => {
    expect(subjectOf(body)).toBe(about);
  });
});

describe('the time in which a second delivery is recognised', () => {
  it('lasts longer than the dead letters: its guard never expires, and they do', async () => {
    const template = await readTemplate(folder);
    // Trials of rules guard nothing.
    const expiring = resourcesOf(template, 'AWS::DynamoDB::Table')
      .filter(([, { Properties }]) => Properties.TimeToLiveSpecification?.Enabled)
      .map(([id]) => id.replace(/[0-9A-F]{8}$/, ''));
    expect(expiring).toEqual(['RecordsReplays']);
    expect(DLQ_RETENTION_DAYS).toBeGreaterThan(QUEUE_RETENTION_DAYS);
    for (const [, { Properties }] of resourcesOf(template, 'AWS::SQS::Queue'))
      expect(Properties.MessageRetentionPeriod).toBeLessThanOrEqual(DLQ_RETENTION_DAYS * 86_400);
  });
});
