import { type HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { ResultStore } from '../../../../shared/records/store/result-store.ts';
import { aVerdict } from '../../../builders/a-verdict.ts';
import { MemoryObjects } from '../../../harness/memory-objects.ts';

function aStore(options?: { refusesExisting: boolean }) {
  const objects = new MemoryObjects();
  const asked: string[] = [];
  const s3 = {
    send: (command: PutObjectCommand | HeadObjectCommand) => {
      asked.push(command.constructor.name);
      return objects.send(command);
    },
  } as unknown as S3Client;
  return { objects, asked, results: new ResultStore(s3, 'results', options) };
}

it('stores a new verdict by one request', async () => {
  const { results, asked } = aStore();
  const ref = await results.keepVerdict(aVerdict());
  expect(asked).toEqual(['PutObjectCommand']);
  expect(await results.readVerdict(ref)).toEqual(aVerdict());
});

it('leaves a verdict that exists whole as it is', async () => {
  const { results, objects } = aStore();
  const { verdict_key } = await results.keepVerdict(aVerdict());
  await results.keepVerdict(aVerdict());
  expect(objects.list('results', verdict_key)).toHaveLength(1);
});

it.each([true, false])(
  'writes one that was cut again, where the store refuses existing keys: %s',
  async (refusesExisting) => {
    const { results, objects } = aStore({ refusesExisting });
    const { verdict_key: Key } = await aStore().results.keepVerdict(aVerdict());
    await objects.send(new PutObjectCommand({ Bucket: 'results', Key, Body: '{"packet' }));
    const ref = await results.keepVerdict(aVerdict());
    expect(await results.readVerdict(ref)).toEqual(aVerdict());
  },
);

it('asks a store that refuses nothing before it writes', async () => {
  const { results, asked, objects } = aStore({ refusesExisting: false });
  const { verdict_key } = await results.keepVerdict(aVerdict());
  await results.keepVerdict(aVerdict());
  expect(asked).toEqual(['HeadObjectCommand', 'PutObjectCommand', 'HeadObjectCommand']);
  expect(objects.list('results', verdict_key)).toHaveLength(1);
});
