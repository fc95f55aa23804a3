import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redrive } from '../../functions/operate/redrive.ts';
import type { LocalCloud } from '../../host/cloud.ts';
import { onLoopback } from '../../host/emulators/loopback.ts';
import { pollQueue } from '../../host/event-source.ts';
import { announcedIn } from '../../host/inbox.ts';
import { failingIn, messagesIn } from '../../host/unfinished-work.ts';
import { announceObject } from '../../operations/announce-object.ts';

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
});
const urlOf = (name: string) => `http://sqs.ap-northeast-1.localhost:${fauxqs.port}/000000000000/${name}`;
const arnOf = (name: string) => `arn:aws:sqs:ap-northeast-1:000000000000:${name}`;

function queues(name: string, maxReceiveCount: number) {
  fauxqs.createQueue(`${name}-dead`);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(`${name}-dead`), maxReceiveCount });
  fauxqs.createQueue(name, { attributes: { VisibilityTimeout: '300', RedrivePolicy } });
  return { stage: name, name, url: urlOf(name), deadUrl: urlOf(`${name}-dead`) };
}
const waiting = async (QueueUrl: string) => {
  const { Attributes: a } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return Number(a!.ApproximateNumberOfMessages) + Number(a!.ApproximateNumberOfMessagesNotVisible);
};
/** Instead of a short visibility timeout, in which a busy machine may not end the work on a good message. */
const returnAtOnce = (QueueUrl: string, ReceiptHandle: string) =>
  sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await sleep(50);
}

describe('the emulated services', () => {
  it('listen on the loopback interface only', () => {
    expect(fauxqs.address).toContain('127.0.0.1');
  });
});

describe('the event source', () => {
  it('deletes successes, retries failures, and moves repeated failures to the dead-letter queue', async () => {
    const queue = queues('work', 2);
    for (const body of ['good', 'bad'])
      await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
    const seen: string[] = [];
    const stopping = new AbortController();
    const handler = async (event: SQSEvent) => {
      seen.push(...event.Records.map((record) => record.body));
      const bad = event.Records.filter((record) => record.body === 'bad');
      for (const { receiptHandle } of bad) await returnAtOnce(queue.url, receiptHandle);
      return { batchItemFailures: bad.map((record) => ({ itemIdentifier: record.messageId })) };
    };
    const source = {
      queueUrl: queue.url,
      queueArn: arnOf('work'),
      batchSize: 10,
      concurrency: 1,
      partialFailures: true,
      handler,
    };
    const polling = pollQueue(sqs, source, stopping.signal);
    await until(async () => (await waiting(queue.deadUrl)) === 1);
    stopping.abort();
    await polling;
    expect(seen.filter((body) => body === 'good')).toHaveLength(1);
    expect(seen.filter((body) => body === 'bad')).toHaveLength(2);
    expect(await waiting(queue.url)).toBe(0);
    expect(await redrive(sqs, queue)).toBe(1);
    expect([await waiting(queue.url), await waiting(queue.deadUrl)]).toEqual([1, 0]);
  });
});

describe('a restart', () => {
  it('moves equal dead letters back once, and none that is on the queue already', async () => {
    const queue = queues('restarted', 2);
    const send = (QueueUrl: string, MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await send(queue.url, 'queued');
    for (const body of ['queued', 'dead', 'dead', 'dead', 'other']) await send(queue.deadUrl, body);
    const queued = messagesIn(fauxqs, queue.name).map(({ body }) => body);
    expect(await redrive(sqs, queue, { queued })).toBe(2);
    expect(messagesIn(fauxqs, queue.name).map(({ body }) => body)).toEqual(['queued', 'dead', 'other']);
    expect(await waiting(queue.deadUrl)).toBe(0);
  });

  it('announces no object whose notification is still on the queue', async () => {
    const queue = { ...queues('announced', 2), stage: 'intake' };
    const notification = { bucket: 'inbox', queueUrl: queue.url };
    const object = { key: 'uploads/R 1/直接 1.zip', etag: 'e', version_id: 'v1', size: 1 };
    await announceObject(sqs, notification, object);
    await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'no JSON' }));
    const announced = announcedIn({ fauxqs } as LocalCloud, [queue]);
    expect([...announced]).toEqual([`${object.key}\n${object.version_id}`]);
  });
});

describe('a message that fails again and again', () => {
  it('is told from those that wait', async () => {
    const { name, url } = queues('failing', 9);
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'fails' }));
    for (let n = 0; n < 4; n++) {
      const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5 }));
      expect(failingIn(fauxqs, name)).toHaveLength(n === 3 ? 1 : 0);
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: url,
          ReceiptHandle: Messages![0]!.ReceiptHandle,
          VisibilityTimeout: 1,
        }),
      );
    }
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'waits' }));
    expect(failingIn(fauxqs, name).map(({ body }) => body)).toEqual(['fails']);
  });
});
