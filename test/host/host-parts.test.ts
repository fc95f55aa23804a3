import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth, fitTo, table } from '../../cli/display-width.ts';
import { packFolder } from '../../cli/pack-folder.ts';
import { onLoopback } from '../../host/emulators/loopback.ts';
import { mendObjects } from '../../host/emulators/repair-storage.ts';
import { drive } from '../../host/event-source.ts';
import { resolver } from '../../host/template.ts';
import { redrive } from '../../operations/queue-care.ts';

const folder = mkdtempSync(join(tmpdir(), 'uketsuke-parts-'));
let fauxqs: FauxqsServer;
let sqs: SQSClient;
beforeAll(async () => {
  fauxqs = await onLoopback(() => startFauxqs({ port: 0, logger: false, defaultRegion: 'ap-northeast-1' }));
  sqs = new SQSClient({
    endpoint: `http://127.0.0.1:${fauxqs.port}`,
    region: 'ap-northeast-1',
    useQueueUrlAsEndpoint: false,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  await fauxqs.stop();
  rmSync(folder, { recursive: true, force: true });
});
const urlOf = (name: string) => `http://sqs.ap-northeast-1.localhost:${fauxqs.port}/000000000000/${name}`;
const arnOf = (name: string) => `arn:aws:sqs:ap-northeast-1:000000000000:${name}`;

function queues(name: string, maxReceiveCount: number) {
  fauxqs.createQueue(`${name}-dead`);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(`${name}-dead`), maxReceiveCount });
  fauxqs.createQueue(name, { attributes: { VisibilityTimeout: '60', RedrivePolicy } });
  return { stage: name, name, url: urlOf(name), deadUrl: urlOf(`${name}-dead`) };
}
const waiting = async (QueueUrl: string) => {
  const { Attributes: a } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return Number(a!.ApproximateNumberOfMessages) + Number(a!.ApproximateNumberOfMessagesNotVisible);
};
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 200 && !(await isTrue()); n++) await sleep(50);
}

describe('the services of one machine', () => {
  it('listen to this machine alone', () => {
    expect(fauxqs.address).toContain('127.0.0.1');
  });
});

describe('the event source', () => {
  it('deletes what succeeded, brings back what failed, and sets aside what fails again and again', async () => {
    const queue = queues('work', 2);
    for (const body of ['good', 'bad'])
      await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
    const seen: string[] = [];
    const stopping = new AbortController();
    const handler = async (event: SQSEvent) => {
      seen.push(...event.Records.map((record) => record.body));
      const bad = event.Records.filter((record) => record.body === 'bad');
      return { batchItemFailures: bad.map((record) => ({ itemIdentifier: record.messageId })) };
    };
    const source = {
      queueUrl: queue.url,
      queueArn: arnOf('work'),
      batchSize: 10,
      concurrency: 1,
      partialFailures: true,
      visibility: 60,
      handler,
    };
    const running = drive(sqs, source, stopping.signal);
    await until(async () => (await waiting(queue.deadUrl)) === 1);
    stopping.abort();
    await running;
    expect(seen.filter((body) => body === 'good')).toHaveLength(1);
    expect(seen.filter((body) => body === 'bad')).toHaveLength(2);
    expect(await waiting(queue.url)).toBe(0);
    expect(await redrive(sqs, queue)).toBe(1);
    expect([await waiting(queue.url), await waiting(queue.deadUrl)]).toEqual([1, 0]);
  });
});

describe('the object store after a kill', () => {
  const objects = join(folder, 'buckets/inbox/objects/uploads');
  const put = (name: string, data: string | null, meta: string | null) => {
    mkdirSync(objects, { recursive: true });
    if (data !== null) writeFileSync(join(objects, `${name}.data`), data);
    if (meta !== null) writeFileSync(join(objects, `${name}.meta.json`), meta);
  };

  it('loses the halves and keeps what is whole', () => {
    put('whole', 'abc', '{"contentLength":3}');
    put('no-meta', 'abc', null);
    put('half-meta', 'abc', '{"content');
    put('half-data', 'a', '{"contentLength":3}');
    expect(mendObjects(folder)).toBe(3);
    expect(existsSync(join(objects, 'whole.data'))).toBe(true);
    for (const name of ['no-meta', 'half-meta', 'half-data'])
      expect(existsSync(join(objects, `${name}.data`)), name).toBe(false);
    expect(mendObjects(folder)).toBe(0);
  });
});

describe('a folder', () => {
  it('is packed into the same bytes every time, without hidden files', async () => {
    const source = join(folder, 'office');
    mkdirSync(join(source, '見本'), { recursive: true });
    writeFileSync(join(source, '見本/b.csv'), 'b');
    writeFileSync(join(source, '見本/a.pdf'), 'a');
    writeFileSync(join(source, '.DS_Store'), 'x');
    const [one, two] = [join(folder, '1.zip'), join(folder, '2.zip')];
    await packFolder(source, one);
    await sleep(1100);
    await packFolder(source, two);
    const bytes = await readFile(one);
    expect(bytes.equals(await readFile(two))).toBe(true);
    expect(bytes.includes('.DS_Store')).toBe(false);
    expect(bytes.indexOf('見本/a.pdf')).toBeLessThan(bytes.indexOf('見本/b.csv'));
  });
});

describe('a reference of the template', () => {
  it('becomes what it is on this machine', () => {
    const names = new Map([['Inbox', { ref: 'inbox', attributes: { Arn: 'arn:inbox' } }]]);
    const resolve = resolver(names);
    expect(resolve({ Ref: 'Inbox' })).toBe('inbox');
    expect(resolve({ 'Fn::GetAtt': ['Inbox', 'Arn'] })).toBe('arn:inbox');
    expect(resolve({ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] })).toBe('a-000000000000');
    expect(resolve({ Ref: 'Nothing' })).toBe('');
  });
});

describe('a table on the terminal', () => {
  it('counts kanji as two columns and combining marks as none', () => {
    expect(displayWidth('受付a')).toBe(5);
    expect(displayWidth('ｱ')).toBe(1);
    expect(displayWidth('か\u3099')).toBe(2);
  });

  it('cuts and fills to the column', () => {
    expect(fitTo('介護予防支援', 7)).toBe('介護予…');
    expect(fitTo('46', 5, 'right')).toBe('   46');
  });

  it('keeps its columns in line', () => {
    const lines = table(
      [{ title: '市' }, { title: '数', align: 'right' }],
      [{ cells: ['水戸市', '1'] }, { cells: ['a', '10'] }],
    ).split('\n');
    expect(new Set(lines.map(displayWidth)).size).toBe(1);
  });
});
