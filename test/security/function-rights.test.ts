import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { type Host, startHost } from '../../host/host.ts';
import { Rights } from '../../host/rights/rights.ts';
import { readTemplate, type Template } from '../../host/template.ts';
import { API_ROUTES } from '../../infra/api-routes.ts';
import { Random } from '../../samples/city/random.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { myNumber } from '../builders/my-number.ts';
import { zip } from '../builders/zip.ts';
import { crashAtWrite, type FaultPlan } from '../harness/faults.ts';
import { makePairs, withSecondOffice } from '../harness/pairs.ts';
import { quietly } from '../harness/quiet.ts';
import { run } from '../harness/run.ts';
import { type BenchUpload, expected, makeUploads } from '../harness/uploads.ts';
import { type Asked, askEveryRoute, unasked } from './lib/every-route.ts';
import { namesOfHarness, plainRight } from './lib/names-of-harness.ts';

// Every function runs with the role of the template: on a desk whose calls are held to it, and in a cloud in memory
// where it is killed around its writes, so that what repairs is called too. Nothing may be refused, and nothing be
// granted that no call uses.
const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-function-rights-'));
// Two packets: the end of the malware scan is shown before the second.
const NUMBERED = zip([
  { name: '甲/番号.txt', bytes: `個人番号 ${myNumber('48392057163')}` },
  { name: '甲/票.csv', bytes: 'paper' },
  { name: '乙/票.csv', bytes: 'another paper' },
]);
let desk: Host;
let template: Template;
let registries: Registry[];
/** requests that one after the other reach every route */
let asked: Asked[] = [];
/** of the cloud in memory */
let killed: Rights;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  registries = await Promise.all(
    ['kumamoto', 'mito', 'okayama'].map((city) => loadRegistry(join(ROOT, `samples/registry/${city}.yaml`))),
  );
  desk = await startHost({ folder: join(folder, 'data'), port: 0 });
  template = await readTemplate(folder);
  await useDesk(new ApiClient(desk));
  killed = new Rights(template, namesOfHarness(template));
  await killOften();
}, 600_000);
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What offices and reviewers do: accepted, returned, in review, redacted, read by OCR, sent twice; and every view. */
async function useDesk(client: ApiClient): Promise<void> {
  for (const registry of registries) await client.importRegistry(registry);
  const numbered = join(folder, 'numbered.zip');
  writeFileSync(numbered, NUMBERED);
  const samples = [
    'mito-2024-05-lacking',
    'mito-2024-06',
    'kumamoto-renewal',
    'broken-pdf-picture',
    'mito-2024-06',
  ];
  const files = [...samples.map((name) => join(ROOT, `samples/packets/${name}.zip`)), numbered];
  for (const [n, file] of files.entries()) await client.send({ name: `${n}.zip`, file });
  // Announced again under its name: it has a number.
  await client.send({ name: '0.zip', file: files[0]! });
  await desk.waitUntilIdle();
  await sweepAll();
  const { uploads } = await client.get<{ uploads: { upload_id: string }[] }>('/uploads');
  for (const { upload_id } of uploads)
    for (const packet of (await client.upload(upload_id)).packets) {
      const { packet_id, city, area, service_month } = packet;
      await client.get(`/packets/${packet_id}`);
      await client.get(`/packets/${packet_id}/trail`);
      await client.get(`/packets/${packet_id}/files`).catch(() => {});
      await client.get(`/packets/${packet_id}/files/1`).catch(() => {});
      await client.get(`/notices/${packet_id}`).catch(() => {});
      const added = new Uint8Array(zip([{ name: '追加.txt', bytes: Buffer.from('追加の書類') }]));
      await client.request(`/checks?name=x.zip&joins=${packet_id}`, { method: 'POST', body: added });
      if (!area || !service_month) continue;
      await client.get(`/areas/${city}/${area}/${service_month}`);
      await client.get(`/cities/${city}/${service_month}`);
      const { items } = await client.get<{ items: ReviewItem[] }>(`/review?city=${city}&area=${area}`);
      const reviewed = items.some((item) => item.packet_id === packet_id);
      if (reviewed && asked.length === 0)
        asked = await askEveryRoute(client, packet, registries.find((one) => one.city === city)!);
      else if (reviewed)
        await client.request(`/review/${packet_id}/close`, {
          method: 'POST',
          body: JSON.stringify({ decision: 'confirmed' }),
        });
    }
  await client.get('/registries');
  const checked = readFileSync(join(ROOT, 'samples/packets/mito-2024-06.zip'));
  await client.request('/checks?name=x.zip', { method: 'POST', body: checked });
  await desk.waitUntilIdle();
}

async function sweepAll(): Promise<void> {
  const { url } = desk.queues.find(({ stage }) => stage === 'sweep')!;
  await desk.cloud.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: '{"kind":"sweep"}' }));
  await desk.waitUntilIdle();
}

/** The same functions, killed around their writes in turn. */
async function killOften(): Promise<void> {
  const random = new Random('rights');
  const known = registries.map((registry) =>
    registry.city === 'mito' ? withSecondOffice(registry) : registry,
  );
  const [pair] = await makePairs(random.fork('pairs'), 1, known);
  const [plain] = await makeUploads(random.fork('few'), 1, known, { most: 2, plain: true });
  const numbered = await expected('numbered.zip', NUMBERED, known);
  const under = (name: string, plan: FaultPlan, uploads: BenchUpload[]) =>
    quietly(() => run({ name, plan: () => plan, rights: killed }, uploads, known, random));
  await under('rivals', () => null, pair!);
  for (let n = 1; n < 40; n += 4)
    await under(`write ${n}`, crashAtWrite(n, 'crash after'), [plain!, numbered]);
  // The sweeper sends what was never sent.
  for (let n = 1; n < 14; n++) await under(`message ${n}`, loseMessage(n), [plain!, numbered]);
}

/** The n-th message is not sent. */
function loseMessage(n: number): FaultPlan {
  let sent = 0;
  return ({ service }) => (service === 'queues' && ++sent === n ? 'error' : null);
}

/** Rights that neither run uses, as in `intake dynamodb:PutItem events`. */
function unused(): string[] {
  const inMemory = new Set(killed.unused().map(plainRight));
  return desk.rights
    .unused()
    .map(plainRight)
    .filter((right) => inMemory.has(right) && !NOT_EMULATED.test(right))
    .sort();
}

/** Lambda writes the logs and reads the queue; SQS, S3 and DynamoDB use the key on behalf of the function. */
const NOT_EMULATED =
  / (logs|kms):| sqs:(ReceiveMessage|ChangeMessageVisibility|GetQueueUrl|DeleteMessage) |^(?!api )\w+ sqs:GetQueueAttributes /;

/** Rights that no call of this test uses, by the reason why they are granted. */
const EXPLAINED: Record<string, string[]> = {
  'Nothing is lost here. Without it a lost object would look like a forbidden one.': [
    'api s3:ListBucket inbox',
    'api s3:ListBucket results',
    'check s3:ListBucket inbox',
    'check s3:ListBucket results',
    'intake s3:ListBucket inbox',
    'notify s3:ListBucket results',
    'ocr s3:ListBucket inbox',
    'ocr s3:ListBucket results',
    'replay s3:ListBucket inbox',
    'replay s3:ListBucket results',
    'review s3:ListBucket results',
    'sweep s3:ListBucket results',
  ],
  'Uploads that were recorded before versions are read without one.': [
    'api s3:GetObject inbox/uploads/*',
    'check s3:GetObject inbox/uploads/*',
    'intake s3:GetObject inbox/uploads/*',
    'ocr s3:GetObject inbox/uploads/*',
    'replay s3:GetObject inbox/uploads/*',
  ],
  'No message fails here; why one failed is recorded.': [
    'replay dynamodb:PutItem events',
    'summarise dynamodb:PutItem events',
    'sweep dynamodb:PutItem events',
  ],
  'No packet and no replay here is so long that its rest is another message.': [
    'ocr sqs:SendMessage ocr',
    'replay sqs:SendMessage replay',
  ],
  'The sweeper repeats whatever step of the intake was interrupted; not each of them is interrupted here.': [
    'sweep dynamodb:GetItem events',
    'sweep dynamodb:PutItem cases',
    'sweep dynamodb:PutItem submissions',
    'sweep dynamodb:PutItem watches',
    'sweep dynamodb:UpdateItem cases',
    'sweep dynamodb:UpdateItem events',
    'sweep dynamodb:UpdateItem reviews',
    'sweep dynamodb:UpdateItem submissions',
    'sweep s3:GetObject results/verdicts/*',
    'sweep s3:GetObjectTagging inbox/uploads/*',
    'sweep s3:GetObjectVersionTagging inbox/uploads/*',
    'sweep s3:ListBucketVersions inbox',
    'sweep sqs:SendMessage intake',
    'sweep sqs:SendMessage notify',
    'sweep sqs:SendMessage ocr',
    'sweep sqs:SendMessage review',
    'sweep sqs:SendMessage summarise',
  ],
  'A case that a later packet replaces, with its review item: test/faults.': [
    'intake dynamodb:UpdateItem cases',
    'intake dynamodb:UpdateItem reviews',
  ],
  'No act of a reviewer is interrupted here; the messages of the acts themselves: test/functions.': [
    'api sqs:SendMessage intake',
    'api sqs:SendMessage notify',
    'intake dynamodb:GetItem reviews',
    'intake dynamodb:Query reviews',
    'review dynamodb:GetItem events',
    'review dynamodb:GetItem reviews',
    'review dynamodb:UpdateItem events',
    'review dynamodb:UpdateItem reviews',
    'sweep dynamodb:GetItem reviews',
    'sweep dynamodb:Query reviews',
  ],
  'No packet is withdrawn here.': ['api dynamodb:PutItem watches', 'api dynamodb:UpdateItem submissions'],
  'The text of a picture that was read before.': [
    'ocr s3:GetObject results/texts/*',
    'replay s3:GetObject results/texts/*',
  ],
  'No message is dead here: one that is, with its reason, goes back to its own queue (test/host).': [
    'operate dynamodb:GetItem events',
    'operate sqs:SendMessage intake',
    'operate sqs:SendMessage notify',
    'operate sqs:SendMessage ocr',
    'operate sqs:SendMessage replay',
    'operate sqs:SendMessage review',
    'operate sqs:SendMessage summarise',
    'operate sqs:SendMessage sweep',
  ],
  'One machine has copies instead of points in time.': ['operate dynamodb:DescribeContinuousBackups events'],
  'No city here has switched mail on: test/functions/waiting-mails.test.ts.': [
    'sweep dynamodb:Query notices',
    'sweep dynamodb:Query submissions',
  ],
  'No upload here is late or settled by the sweeper before the test ends.': [
    'sweep dynamodb:PutItem progress',
    'sweep dynamodb:UpdateItem progress',
  ],
  'A paper that has to follow, and one that never came: test/faults, test/host.': [
    'intake dynamodb:PutItem watches',
    'sweep dynamodb:PutItem reviews',
  ],
};

describe('every function, held to its role', () => {
  it('is asked by every route', () => {
    // Asked above, or files of the page without a record.
    const others = [
      ['POST', '/uploads'],
      ['POST', '/checks'],
      ['GET', '/'],
      ['GET', '/web/main.js'],
      ['POST', '/cover-sheets'],
    ] as Asked[];
    expect(unasked(API_ROUTES, [...asked, ...others])).toEqual([]);
  });

  it('is refused nothing', () => {
    expect([...desk.rights.refused, ...killed.refused]).toEqual([]);
  });

  it('is granted nothing that it never uses', () => {
    const explained = Object.values(EXPLAINED).flat();
    expect(unused().filter((right) => !explained.includes(right))).toEqual([]);
  });
});

describe('the rights of one machine', () => {
  const withPolicy = (change: (statements: { Action: string | string[] }[]) => object[]): Rights => {
    const changed = structuredClone(template);
    const [, policy] = Object.entries(changed.Resources).find(
      ([id, { Type }]) => Type === 'AWS::IAM::Policy' && id.startsWith('SummariseStep'),
    )!;
    policy.Properties.PolicyDocument.Statement = change(policy.Properties.PolicyDocument.Statement);
    return new Rights(changed, namesOfHarness(changed));
  };
  const query = (rights: Rights) =>
    rights.as('summarise', () => rights.ask('QueryCommand', { TableName: 'cases' }, async () => 'answer'));

  it('answer what the role grants', async () => {
    expect(await query(withPolicy((all) => all))).toBe('answer');
  });

  it('refuse a call whose right was removed, and name it', async () => {
    const without = withPolicy((all) =>
      all.filter(({ Action }) => ![Action].flat().includes('dynamodb:Query')),
    );
    await expect(query(without)).rejects.toThrow('summarise may not dynamodb:Query on arn:aws:dynamodb');
    expect([...without.refused]).toHaveLength(1);
  });

  it('name a right that was added and that no call uses', () => {
    const more = withPolicy((all) => [
      ...all,
      { Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::results/*' },
    ]);
    expect(more.unused()).toContain('summarise s3:DeleteObject arn:aws:s3:::results/*');
  });

  it('show a missing object as forbidden where the role may not list', async () => {
    const missing = async () => {
      throw Object.assign(new Error('none'), { name: 'NoSuchKey' });
    };
    const may = [
      { Action: 's3:GetObject', Resource: 'arn:aws:s3:::results/*' },
      { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::results' },
    ];
    const read = (rights: Rights) =>
      rights.as('summarise', () => rights.ask('GetObjectCommand', { Bucket: 'results', Key: 'x' }, missing));
    await expect(read(withPolicy(() => may))).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(read(withPolicy(() => may.slice(0, 1)))).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
