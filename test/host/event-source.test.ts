import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onLoopback } from '../../host/emulators/loopback.ts';
import { pollQueue } from '../../host/event-source.ts';
import { redrive } from '../../operations/redrive.ts';

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
      return { batchItemFailures: bad.map((record) => ({ itemIdentifier: record.messageId })) };
    };
    const source = {
      queueUrl: queue.url,
      queueArn: arnOf('work'),
      batchSize: 10,
      concurrency: 1,
      partialFailures: true,
      visibilitySeconds: 60,
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
