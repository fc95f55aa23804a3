import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { recordContext } from '../../functions/aws.ts';
import { StoredOcrTexts } from '../../functions/ocr/stored-ocr-texts.ts';
import { type Host, startHost } from '../../host/host.ts';
import { readTemplate, type Template } from '../../host/template.ts';
import { openUpload } from '../../shared/packet/open-upload.ts';
import { uploadKeys } from '../../shared/records/events/event-keys.ts';
import { readEvent } from '../../shared/records/events/event-log.ts';
import { recordTextUse } from '../../shared/records/steps/record-text-use.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { repack } from '../builders/repack.ts';
import { AsAws, type Call } from './lib/as-aws.ts';

// The verbs of an operator as on AWS: a separate process with the outputs file and one address of the services.
// Every call is compared with the rights of the role in the template.
const ROOT = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-operator-'));
const outputs = join(folder, 'outputs.json');
const BY = ['--stack', outputs, '--by', '運用 担当'];
let desk: Host;
let aws: AsAws;
let template: Template;
/** of okayama; another person is in the same upload */
let packet: PacketLine;
/** of a case whose retention goes on */
let young: PacketLine;
let operator: ChildProcess;
let answers: AsyncIterator<string>;

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  const data = join(folder, 'data');
  desk = await startHost({ folder: data, port: 0 });
  template = await readTemplate(data);
  const client = new ApiClient(desk);
  for (const city of ['okayama', 'kumamoto', 'nobeoka'])
    await client.importRegistry(await loadRegistry(join(ROOT, `samples/registry/${city}.yaml`)));
  const both = join(folder, 'both.zip');
  writeFileSync(both, await repack([sample('okayama-new'), sample('kumamoto-renewal')]));
  for (const file of [both, sample('okayama-new'), sample('nobeoka-type-a')]) {
    const { packets } = await client.waitForAnswer(
      await client.send({ name: 'x.zip', file }),
      async () => false,
    );
    packet ??= packets.find((one) => one.city === 'okayama')!;
    young ??= packets.find((one) => one.city === 'nobeoka')!;
  }
  await desk.waitUntilIdle();
  await pretendOcrText();
  aws = await new AsAws(desk).open();
  writeFileSync(outputs, JSON.stringify(aws.outputs(template)));
  startOperator();
});
afterAll(async () => {
  operator?.kill();
  aws?.close();
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sample = (name: string) => join(ROOT, `samples/packets/${name}.zip`);

/** A process that gets only the address of AWS. */
function startOperator(): void {
  const { PATH, HOME } = process.env;
  const lent = { AWS_ACCESS_KEY_ID: 'lent', AWS_SECRET_ACCESS_KEY: 'for', AWS_SESSION_TOKEN: 'an hour' };
  operator = spawn(process.execPath, [join(import.meta.dirname, 'lib/verbs-process.ts')], {
    env: { PATH, HOME, ...lent, AWS_ENDPOINT_URL: aws.url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  answers = createInterface({ input: operator.stdout! })[Symbol.asyncIterator]();
}

/** A text as the OCR reader stores it, under the digest of a file of the case. */
async function pretendOcrText(): Promise<void> {
  const records = recordContext([]);
  const upload = await openUpload({ name: 'x.zip', file: sample('okayama-new') });
  for await (const { files } of upload.packets()) {
    const { digest } = files[0]!;
    await recordTextUse(records, packet.packet_id, [digest]);
    await new StoredOcrTexts(records).put({ edition: 1, digest, pages_total: 1, pages: [] });
  }
}

/** Every call made with each role, over all the tests. */
const made: Record<'Operator' | 'Eraser', Call[]> = { Operator: [], Eraser: [] };

/** Runs one verb with a role, in the process of the operator. */
async function uketsuke(role: keyof typeof made, ...argv: string[]) {
  aws.calls.length = 0;
  operator.stdin!.write(`${JSON.stringify(argv)}\n`);
  const { value } = await answers.next();
  const output = JSON.parse(value!) as { code: number | null; out: string; err: string };
  const calls = [...aws.calls];
  made[role].push(...calls);
  return { ...output, calls };
}

const db = () => DynamoDBDocumentClient.from(new DynamoDBClient({}));
const inTrail = async (record: string): Promise<string[]> => {
  const { Items } = await db().send(
    new QueryCommand({
      TableName: process.env.TABLE_AUDIT,
      KeyConditionExpression: '#r = :r',
      ExpressionAttributeNames: { '#r': 'record' },
      ExpressionAttributeValues: { ':r': record },
    }),
  );
  return (Items ?? []).map((one) => `${one.does} ${one.what} ${one.subject}`);
};
/** Position of the first call of its kind; the end where no call matches. */
const firstOf = (calls: Call[], is: (call: Call) => boolean): number => {
  const found = calls.findIndex(is);
  return found < 0 ? calls.length : found;
};
const isTrail = ({ action, resource }: Call) => action === 'dynamodb:PutItem' && resource.includes('Audit');
const changes = (call: Call) => /(Put|Update|Delete|Send|Receive|Change)/.test(call.action) && !isTrail(call);
const expectTrailFirst = (calls: Call[]) => {
  expect(calls.some(isTrail)).toBe(true);
  expect(firstOf(calls, isTrail)).toBeLessThan(firstOf(calls, changes));
};

describe('an operator with the outputs of the stack', () => {
  it('must give a name and the outputs file', async () => {
    const [unnamed, unreadable] = await Promise.all([
      uketsuke('Operator', 'rebuild', '--stack', outputs),
      uketsuke('Operator', 'rebuild', '--stack', join(folder, 'none.json'), '--by', 'x'),
    ]);
    expect([unnamed.code, unreadable.code]).toEqual([2, 2]);
    expect(unnamed.err).toContain('--by');
    expect(unreadable.err).toContain('outputs-file');
  });

  it.each([
    ['ExpiredTokenException', '期限が切れています'],
    ['UnrecognizedClientException', '認証情報がない'],
    ['AccessDeniedException', '許可されていません'],
    ['ResourceNotFoundException', 'アカウントが合っているか'],
  ])('gets a message for %s before any work starts', async (refusal, words) => {
    aws.refusal = refusal;
    const { code, err, calls } = await uketsuke('Operator', 'redrive', ...BY, 'all');
    aws.refusal = null;
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(calls).toEqual([]);
  });

  it('imports a registry and lists it', async () => {
    const file = join(ROOT, 'samples/registry/mito.yaml');
    const { code, out, calls } = await uketsuke('Operator', 'registry', 'import', ...BY, file);
    expect([code, out]).toEqual([0, expect.stringContaining('水戸市: 圏域')]);
    expectTrailFirst(calls);
    expect(await inTrail('registry#mito')).toEqual(['change PUT /registries/:city 運用 担当']);
    expect((await uketsuke('Operator', 'registry', 'list', ...BY)).out).toContain('水戸市');
  });

  it('sees the state of the queues', async () => {
    expect((await uketsuke('Operator', 'status', ...BY)).out).toContain(packet.upload_id);
    expect((await uketsuke('Operator', 'status', ...BY, packet.upload_id)).out).toContain('岡山市');
    expect((await uketsuke('Operator', 'status', ...BY, packet.packet_id)).code).toBe(0);
  });

  it('lists dead letters, moves one message back, and reads its outcome', async () => {
    const ids = await setAside();
    const listed = await uketsuke('Operator', 'redrive', ...BY);
    for (const id of Object.values(ids)) expect(listed.out).toContain(id);
    expectTrailFirst(listed.calls);
    const put = await uketsuke('Operator', 'redrive', ...BY, ids.notify!);
    expect(put.out).toContain('notify: 1 件を戻しました\nすべて片付きました。');
    expectTrailFirst(put.calls);
    const rest = await uketsuke('Operator', 'redrive', ...BY, 'all');
    for (const stage of ['intake', 'review', 'summarise', 'ocr', 'replay', 'sweep'])
      expect(rest.out).toContain(`${stage}: 1 件を戻しました`);
    expect(rest.out).toContain('すべて片付きました。');
    expect((await desk.countPending()).dead).toBe(0);
    expect((await inTrail('desk#dead-letters')).sort()).toEqual([
      'change operate.redrive 運用 担当',
      'change operate.redrive 運用 担当',
      'read operate.dead-letters 運用 担当',
    ]);
    expect((await uketsuke('Operator', 'redrive', ...BY, 'nowhere')).err).toContain('intake、review');
  });

  it('rebuilds lost read models from the log', async () => {
    await loseReadModels();
    const { code, out, calls } = await uketsuke('Operator', 'rebuild', ...BY);
    expect([code, out]).toEqual([0, expect.stringContaining('受付 3、案件 3')]);
    expectTrailFirst(calls);
    const client = new ApiClient(desk);
    const { packets } = await client.upload(packet.upload_id);
    expect(packets.map((one) => one.packet_id)).toContain(packet.packet_id);
  });

  it('receives uploads of the inbox that are missing from a restored log', async () => {
    const key = uploadKeys.received(packet.upload_id);
    const Key = { stream: key.stream, seq: key.seq };
    await db().send(new DeleteCommand({ TableName: process.env.TABLE_EVENTS, Key }));
    const { out, calls } = await uketsuke('Operator', 'recover', ...BY);
    expect(out).toContain('1 件を受付に知らせました');
    expectTrailFirst(calls);
    await desk.waitUntilIdle();
    expect(await readEvent(recordContext([]).store, key)).not.toBeNull();
    expect((await uketsuke('Operator', 'recover', ...BY)).out).toContain('ありません');
  });

  it('decides the stored packets again under edited rules, changing nothing', async () => {
    const edited = join(folder, 'edited');
    mkdirSync(edited);
    cpSync(join(ROOT, 'profiles/okayama.yaml'), join(edited, 'okayama.yaml'));
    const { code, out, calls } = await uketsuke('Operator', 'replay', ...BY, '--profiles', edited);
    expect([code, out]).toEqual([0, expect.stringContaining('4 件の提出のうち')]);
    expect(calls.filter(changes)).toEqual([]);
    expect(await inTrail('desk#cases')).toEqual(['read operate.replay 運用 担当']);
  });

  it('enters the 完結の日, which locks every version, and holds and releases', async () => {
    const of = ['--case', packet.packet_id];
    const done = await uketsuke('Operator', 'retention', 'complete', ...BY, ...of, '--on', '2018-03-31');
    expect(done.out).toContain('保存期限: 2023-03-31（OKY-R66）');
    expectTrailFirst(done.calls);
    // S3 refuses a lock that ends in the past: only the case whose retention goes on is locked.
    expect(aws.locks).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    const completed = ['retention', 'complete', ...BY, '--case', young.packet_id, '--on', today];
    expectTrailFirst((await uketsuke('Operator', ...completed)).calls);
    const locked = aws.locks.filter((one) => one.startsWith('PUT Retention'));
    expect(locked.some((one) => one.includes('/uploads/'))).toBe(true);
    expect(locked.some((one) => one.includes('/verdicts/'))).toBe(true);
    expect(locked.some((one) => one.includes('/offices/'))).toBe(true);
    await uketsuke('Operator', 'retention', 'hold', ...BY, ...of, '--reason', '監査');
    expect((await uketsuke('Operator', 'retention', 'show', ...BY, ...of)).out).toContain('保全中: 監査');
    await uketsuke('Operator', 'retention', 'release', ...BY, ...of, '--reason', '終了');
    expect(aws.locks.some((one) => one.startsWith('PUT LegalHold'))).toBe(true);
    const due = await uketsuke('Operator', 'retention', 'due', ...BY);
    expect(due.out).toContain('2023-03-31');
    expect(await inTrail('desk#retention')).toEqual(['read operate.due 運用 担当']);
  });

  it('lists what waits for a 包括, and ends a review', async () => {
    const { packets } = await new ApiClient(desk).upload(packet.upload_id);
    const { packet_id, area } = packets.find((one) => one.city === 'kumamoto')!;
    const of = ['--city', 'kumamoto', '--area', area!];
    const listed = await uketsuke('Operator', 'review', 'list', ...BY, ...of);
    expect([listed.code, listed.out]).toEqual([0, expect.stringContaining(packet_id)]);
    const closing = ['review', 'close', packet_id, '--decision', 'confirmed'];
    const closed = await uketsuke('Operator', ...closing, ...BY);
    expect([closed.code, closed.err]).toEqual([0, '']);
    expectTrailFirst(closed.calls);
    expect((await uketsuke('Operator', 'review', 'list', ...BY, ...of)).out).not.toContain(packet_id);
  });

  it('exports a case for 運営指導, and reads its trail', async () => {
    const out = join(folder, 'export');
    const of = ['--case', packet.packet_id];
    expect((await uketsuke('Operator', 'export', ...BY, ...of, '--out', out)).code).toBe(0);
    expect(readFileSync(join(out, '99_目録_utf8.csv'), 'utf8')).toContain('01_提出書類');
    expect(readdirSync(join(out, '01_提出書類'), { recursive: true }).length).toBeGreaterThan(2);
    const trail = await uketsuke('Operator', 'trail', ...BY, ...of);
    for (const what of ['operate.complete', 'operate.hold', 'operate.show', 'operate.export'])
      expect(trail.out).toContain(what);
  });

  it('erases with the role Eraser a case whose retention has ended', async () => {
    await closeReviews();
    const erase = ['retention', 'erase', ...BY, '--case', packet.packet_id, '--reason', '保存期間の満了'];
    const plan = await uketsuke('Eraser', ...erase);
    expect(plan.out).toContain('まだ何も消していません');
    expect(plan.calls.filter(changes)).toEqual([]);
    const erased = await uketsuke('Eraser', ...erase, '--really');
    expect(erased.out).toContain('廃棄しました');
    expectTrailFirst(erased.calls);
    const left = JSON.stringify(await db().send(new ScanCommand({ TableName: process.env.TABLE_CASES })));
    expect(left).not.toContain(packet.insured_number);
  });
});

describe('the role', () => {
  const covers = (rights: ReturnType<AsAws['rightsOf']>, { action, resource }: Call): boolean =>
    rights.some(
      (right) =>
        right.actions.includes(action) &&
        right.resources.some(
          (one) => one === resource || (one.endsWith('*') && resource.startsWith(one.slice(0, -1))),
        ),
    );

  it.each(['Operator', 'Eraser'] as const)('%s allows every call that its verbs made', (role) => {
    const rights = aws.rightsOf(role, template);
    expect(made[role].length).toBeGreaterThan(50);
    const refused = made[role].filter((call) => !covers(rights, call));
    expect([...new Set(refused.map(({ action, resource }) => `${action} ${resource}`))]).toEqual([]);
  });

  it.each(['Operator', 'Eraser'] as const)('%s allows nothing that no verb needs', (role) => {
    const unused = aws.rightsOf(role, template).flatMap(({ actions, resources }) =>
      actions.flatMap((action) =>
        resources
          // Of all that may be done with a table only the query goes to an index.
          .filter((resource) => !resource.includes('/index/') || action === 'dynamodb:Query')
          .filter(
            (one) => !made[role].some((call) => covers([{ actions: [action], resources: [one] }], call)),
          )
          .map(
            (resource) =>
              `${action} ${resource.replace(/^.*:/, '').replace(/^.*-inbox-[^/]*|^storageresults[^/]*/, '')}`,
          ),
      ),
    );
    expect(unused.sort()).toEqual(EXPLAINED[role]);
  });
});

/** Rights that no call of this test uses. */
const EXPLAINED = {
  Operator: [
    // A rebuild where a paper is awaited of a person.
    'dynamodb:PutItem table/RecordsWatchesFA21BD3C',
    // The queue of an area is read from the index, which the statement names beside its table.
    'dynamodb:Query table/RecordsReviewsA2BA7EED',
    // S3, SQS and DynamoDB use the key on behalf of the person.
    'kms:Decrypt ',
    'kms:GenerateDataKey ',
    // A replay of packets with scans.
    's3:GetObject /texts/*',
    // For inbox and results: without it a missing object looks like a forbidden one.
    's3:ListBucket ',
    's3:ListBucket ',
  ],
  // Erasure of a case of which a paper is awaited.
  Eraser: [
    'dynamodb:DeleteItem table/RecordsWatchesFA21BD3C',
    'kms:Decrypt ',
    'kms:GenerateDataKey ',
    's3:ListBucket ',
    's3:ListBucket ',
  ],
};

/** One dead letter for every stage, each for finished work. Message ids by stage. */
async function setAside(): Promise<Record<string, string>> {
  const { packet_id, city, area, service_month: month } = packet;
  const bodies: Record<string, object> = {
    intake: { Event: 's3:TestEvent' },
    summarise: { kind: 'summary', city, area, month },
    replay: { kind: 'replay', city, replay_id: '0'.repeat(26) },
    sweep: { kind: 'sweep' },
  };
  const ids: Record<string, string> = {};
  for (const { stage, deadUrl } of desk.queues) {
    const { MessageId } = await desk.cloud.sqs.send(
      new SendMessageCommand({
        QueueUrl: deadUrl,
        MessageBody: JSON.stringify(bodies[stage] ?? { kind: 'packet', packet_id }),
        ...(deadUrl.endsWith('.fifo') && { MessageGroupId: 'one', MessageDeduplicationId: 'one' }),
      }),
    );
    ids[stage] = MessageId!;
  }
  return ids;
}

/** Deletes every read model, and the letter of the packet. */
async function loseReadModels(): Promise<void> {
  const keys = {
    TABLE_SUBMISSIONS: ['upload_id', 'part'],
    TABLE_CASES: ['area_month', 'case_key'],
    TABLE_REVIEWS: ['packet_id'],
    TABLE_NOTICES: ['notice_id'],
    TABLE_SUMMARIES: ['city', 'month_area'],
  };
  const { key } = await new ApiClient(desk).get<{ key: string }>(`/notices/${packet.packet_id}`);
  await desk.cloud.s3.send(new DeleteObjectCommand({ Bucket: process.env.RESULTS, Key: key }));
  for (const [variable, names] of Object.entries(keys)) {
    const TableName = process.env[variable];
    const { Items } = await db().send(new ScanCommand({ TableName }));
    for (const item of Items ?? []) {
      const Key = Object.fromEntries(names.map((name) => [name, item[name]]));
      await db().send(new DeleteCommand({ TableName, Key }));
    }
  }
}

/** What the 包括 does after its review. */
async function closeReviews(): Promise<void> {
  const TableName = process.env.TABLE_REVIEWS;
  const { Items } = await db().send(new ScanCommand({ TableName }));
  for (const { packet_id } of Items ?? [])
    await db().send(
      new UpdateCommand({
        TableName,
        Key: { packet_id },
        UpdateExpression: 'SET #state = :closed',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':closed': 'closed' },
      }),
    );
}
