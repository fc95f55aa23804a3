import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiClient } from '../../cli/api-client.ts';
import { unfinishedLines } from '../../cli/unfinished-lines.ts';
import { recordContext } from '../../functions/aws.ts';
import { backup, restore } from '../../host/backup.ts';
import { type Host, startHost } from '../../host/host.ts';
import type { CaseErased } from '../../shared/records/events/case-events.ts';
import type { RecordEvent } from '../../shared/records/events/event.ts';
import { readLog } from '../../shared/records/events/event-log.ts';
import type { AuditEntry } from '../../shared/records/lifecycle/audit.ts';
import { contentsOf, findCase } from '../../shared/records/lifecycle/case-contents.ts';
import { eraseCase } from '../../shared/records/lifecycle/erase-case.ts';
import type { Rebuilt } from '../../shared/records/recovery/rebuild.ts';
import type { CaseRecord } from '../../shared/records/store/case-record.ts';
import { ObjectKeeper } from '../../shared/records/store/object-keeper.ts';
import { TABLES, type TableName, tableVariable } from '../../shared/records/store/tables.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import type { PacketLine } from '../../shared/records/views/packet-line.ts';
import { loadRegistry } from '../../shared/registry/registry.ts';
import { openDeskFolder } from '../builders/desk-folder.ts';
import { repack } from '../builders/repack.ts';

// The life of cases on one desk: read, exported, completed, held, erased; then the desk is copied to another folder.
const ROOT = resolve(import.meta.dirname, '../..');
const sample = (name: string) => join(ROOT, `samples/packets/${name}.zip`);
const folder = mkdtempSync(join(tmpdir(), 'uketsuke-life-'));
const data = join(folder, 'data');
let desk: Host;
let client: ApiClient;
/** two persons in one upload, and the first of them again in another */
let both: { upload_id: string; packets: PacketLine[] };
/** name and number of the person whose case is erased, and the files that held them */
let person: string[];
let holdersBefore: Map<string, string[]>;
let again: { upload_id: string; packets: PacketLine[] };

beforeAll(async () => {
  process.env.UKETSUKE_LOG = 'off';
  desk = await startHost({ folder: data, port: 0 });
  client = new ApiClient(desk);
  for (const city of ['okayama', 'mito'])
    await client.importRegistry(await loadRegistry(join(ROOT, `samples/registry/${city}.yaml`)));
  const file = join(folder, 'both.zip');
  writeFileSync(file, await repack([sample('okayama-new'), sample('mito-2024-04')]));
  both = await submit('both.zip', file);
  again = await submit('again.zip', sample('okayama-new'));
  await desk.waitUntilIdle();
});
afterAll(async () => {
  await desk?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function submit(name: string, file: string) {
  return client.waitForAnswer(await client.send({ name, file }), async () => false);
}
const db = () => DynamoDBDocumentClient.from(new DynamoDBClient({}));
async function all<T>(table: TableName): Promise<T[]> {
  const TableName = process.env[tableVariable(table)];
  return ((await db().send(new ScanCommand({ TableName }))).Items ?? []) as T[];
}
/** Ends an erasure after its first objects, as a process that is killed would. */
async function interruptErasure(packet_id: string): Promise<void> {
  const records = recordContext([]);
  const of = (await findCase(records, packet_id))!;
  const contents = await contentsOf(records, of, readLog(records.store));
  const buckets = { inbox: process.env.INBOX!, results: process.env.RESULTS! };
  const keeper = new ObjectKeeper(records.s3, buckets, false);
  let erased = 0;
  vi.spyOn(keeper, 'erase').mockImplementation(async (object) => {
    if (erased++ === 2) throw new Error('killed');
    return ObjectKeeper.prototype.erase.call(keeper, object);
  });
  const operator = { by: '審査 担当', reason: '保存期間の満了' };
  await expect(eraseCase(records, keeper, contents, operator)).rejects.toThrow('killed');
}

const operate = <T>(verb: string, input: object) => client.operate<T>(`case/${verb}`, input);
const okayama = () => both.packets.find((one) => one.city === 'okayama')!;
const mito = () => both.packets.find((one) => one.city === 'mito')!;
const dump = async () => {
  const tables = (Object.keys(TABLES) as TableName[]).filter((name) => name !== 'audit');
  return Object.fromEntries(
    await Promise.all(tables.map(async (t) => [t, (await all(t)).map((i) => JSON.stringify(i)).sort()])),
  );
};

describe('the trail of a case', () => {
  it('names who read its packet and notice, and who only read its area', async () => {
    const { packet_id, area, service_month } = okayama();
    await client.get(`/packets/${packet_id}`);
    await client.get(`/packets/${packet_id}`);
    await client.get(`/notices/${packet_id}`);
    await client.get(`/areas/okayama/${area}/${service_month}`);
    await client.get(`/review?city=okayama&area=${area}`);
    const { trail } = await client.get<{ trail: AuditEntry[] }>(`/packets/${packet_id}/trail`);
    const what = trail.map((one) => `${one.does} ${one.what} ${one.role} ${one.subject}`);
    for (const route of [
      '/packets/:id',
      '/notices/:id',
      '/areas/:city/:area/:month',
      '/review',
      '/packets/:id/trail',
    ])
      expect(what).toContain(`read GET ${route} operator this-machine`);
    // The upload was announced: a change.
    expect(what).toContain('change POST /uploads operator this-machine');
  });

  it('names no access to another case', async () => {
    const { trail } = await client.get<{ trail: AuditEntry[] }>(`/packets/${mito().packet_id}/trail`);
    expect(trail.filter((one) => one.of === okayama().packet_id)).toEqual([]);
  });
});

describe('an export', () => {
  it('contains the original files, every verdict, the notice, events and trail, with their digests', async () => {
    const out = join(folder, 'export');
    const { packet_id } = okayama();
    await operate('export', { case: packet_id, out, by: '検査 係' });
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name).slice(out.length + 1));
    for (const part of ['01_提出書類', '02_判定', '03_通知', '05_出来事', '06_閲覧と変更の記録', '99_目録'])
      expect(
        files.some((one) => one.startsWith(part)),
        part,
      ).toBe(true);
    expect(files.filter((one) => one.startsWith('01_'))).toHaveLength(okayama().ledger.files);
    const manifest = readFileSync(join(out, '99_目録_utf8.csv'), 'utf8')
      .slice(1)
      .trim()
      .split('\r\n')
      .slice(1);
    for (const line of manifest) {
      const [path, bytes, sha256] = line.split(',');
      const content = readFileSync(join(out, path!));
      expect(content.length, path).toBe(Number(bytes));
      expect(createHash('sha256').update(content).digest('hex'), path).toBe(sha256);
    }
    const cp932 = iconv.decode(readFileSync(join(out, '02_判定と指摘_cp932.csv')), 'cp932');
    const utf8 = readFileSync(join(out, '02_判定と指摘_utf8.csv'), 'utf8').slice(1);
    expect(cp932.split('\r\n').length).toBe(utf8.split('\r\n').length);
    // Nothing about the other person of the same upload.
    const events = readFileSync(join(out, '05_出来事_utf8.csv'), 'utf8');
    expect(events).not.toContain(mito().packet_id);
    expect(readFileSync(join(out, '06_閲覧と変更の記録_utf8.csv'), 'utf8')).toContain('検査 係');
  });

  it('refuses a folder that has files, or cannot be made, with a message', async () => {
    const { packet_id } = okayama();
    const exportTo = (out: string) => operate('export', { case: packet_id, out, by: '検査 係' });
    await expect(exportTo(folder)).rejects.toThrow('新しいフォルダーを指定してください');
    const file = join(folder, 'a file');
    writeFileSync(file, '');
    await expect(exportTo(join(file, 'export'))).rejects.toThrow('書き出せません');
    await expect(exportTo(file)).rejects.toThrow('書き出せません');
    rmSync(file);
  });

  it('refuses an unknown case with a message', async () => {
    await expect(operate('export', { case: 'no-such', out: folder, by: 'x' })).rejects.toThrow(
      'はありません',
    );
  });
});

interface Said {
  retention: { completed_on: string; keep_until: string | null; rule: string | null; hold: object | null };
}
interface Erasure {
  erased: { objects: number } | null;
  plan: { why_kept: string[]; objects: { key: string }[]; kept_uploads: string[]; whole_uploads: string[] };
}

describe('完結の日', () => {
  it('is entered by a person; the rule of the city gives the day of erasure', async () => {
    const input = { case: okayama().packet_id, on: '2018-03-31', by: '審査 担当' };
    const { retention } = await operate<Said>('complete', input);
    expect(retention).toMatchObject({
      completed_on: '2018-03-31',
      keep_until: '2023-03-31',
      rule: 'OKY-R66',
    });
    const [record] = (await all<CaseRecord>('cases')).filter((one) => one.city === 'okayama');
    expect(record?.retention).toMatchObject({
      completed_on: '2018-03-31',
      keep_until: '2023-03-31',
      hold: false,
    });
  });

  it('of a city without a rule keeps the case', async () => {
    const { retention } = await operate<Said>('complete', {
      case: mito().packet_id,
      on: '2018-03-31',
      by: '担当',
    });
    expect(retention).toMatchObject({ keep_until: null, rule: null });
    const erasure = { case: mito().packet_id, by: '担当', reason: '期限', really: true };
    const { erased, plan } = await operate<Erasure>('erase', erasure);
    expect(erased).toBeNull();
    expect(plan.why_kept.join()).toContain('保存期間の定めがありません');
  });

  it('that has not come yet is refused', async () => {
    const input = { case: okayama().packet_id, on: '2999-01-01', by: '担当' };
    await expect(operate('complete', input)).rejects.toThrow('まだ来ていません');
  });
});

describe('an erasure', () => {
  const input = (really: boolean) => ({
    case: okayama().packet_id,
    by: '審査 担当',
    reason: '保存期間の満了',
    really,
  });

  it('waits while the case is held', async () => {
    await operate('hold', { case: okayama().packet_id, by: '監査 係', reason: '監査' });
    expect((await operate<{ due: object[] }>('due', {})).due).toEqual([]);
    const { erased, plan } = await operate<Erasure>('erase', input(true));
    expect(erased).toBeNull();
    expect(plan.why_kept.join()).toContain('保全');
    await operate('release', { case: okayama().packet_id, by: '監査 係', reason: '終了' });
    expect((await operate<{ due: object[] }>('due', {})).due).toHaveLength(1);
  });

  it('waits while its review is open, and changes nothing in a dry run', async () => {
    await closeReviews();
    const before = await dump();
    const { erased, plan } = await operate<Erasure>('erase', input(false));
    expect(erased).toBeNull();
    expect(plan).toMatchObject({
      why_kept: [],
      whole_uploads: [again.upload_id],
      kept_uploads: [both.upload_id],
    });
    expect(await dump()).toEqual(before);
  });

  it('that was interrupted is named until the same erasure ends it, and nothing of it comes back', async () => {
    const { packet_id } = okayama();
    await interruptErasure(packet_id);
    // Its verdict is among what is gone.
    await expect(client.get(`/packets/${packet_id}`)).rejects.toThrow('廃棄の途中で止まっています');
    expect((await operate<{ due: object[] }>('due', {})).due).toMatchObject([{ is_erasing: true }]);
    expect(unfinishedLines(await desk.listUnfinished()).join('\n')).toMatch(
      /okayama\/.+（廃棄）: 途中で止まっています/,
    );
    const [objects, numbers] = [await objectKeys(), await summaries()];
    const { failed, lost } = await client.operate<Rebuilt & { lost: object[] }>('rebuild');
    expect(new Set(failed.map(({ reason }) => reason))).toEqual(new Set(['ErasureOpen']));
    expect(lost).toEqual([]);
    expect((await objectKeys()).filter((key) => key.startsWith('verdicts/'))).toEqual(
      objects.filter((key) => key.startsWith('verdicts/')),
    );
    expect(await summaries()).toEqual(numbers);
    expect((await all<CaseRecord>('cases')).filter((one) => one.city === 'okayama')).toHaveLength(1);
  });

  it('leaves no object and no record of the person, the numbers as they were, and the other case whole', async () => {
    const { packet_id, insured_number } = okayama();
    const [record] = (await all<CaseRecord>('cases')).filter((one) => one.city === 'okayama');
    person = [record!.name!, record!.insured_number!];
    holdersBefore = new Map(person.map((text) => [text, holdersOf(text)]));
    const numbers = await summaries();
    const other = await client.get(`/packets/${mito().packet_id}`);
    const { erased } = await operate<Erasure>('erase', input(true));
    // Those that the interrupted erasure had erased are counted.
    expect(erased?.objects).toBeGreaterThan(2);
    expect(await desk.listUnfinished()).toEqual([]);
    const keys = await objectKeys();
    expect(keys.filter((key) => key.includes(packet_id.replace(/[^A-Za-z0-9._-]/g, '_')))).toEqual([]);
    expect(keys.some((key) => key.includes(again.upload_id))).toBe(false);
    expect(keys.some((key) => key.includes(both.upload_id))).toBe(true);
    const left = JSON.stringify([await dump(), await all('audit')]);
    const own = left.split(mito().insured_number ?? '').length;
    expect(own).toBeGreaterThan(1);
    if (insured_number !== mito().insured_number) expect(left).not.toContain(`"${insured_number}"`);
    expect((await all<CaseRecord>('cases')).filter((one) => one.city === 'okayama')).toMatchObject([
      { name: null, insured_number: null, erased: true },
    ]);
    const events = await all<RecordEvent>('events');
    const [event] = events.filter((one): one is CaseErased => one.type === 'case.erased');
    expect(event).toMatchObject({ by: '審査 担当', rule: 'OKY-R66', kept_uploads: [both.upload_id] });
    expect(await summaries()).toEqual(numbers);
    expect(await client.get(`/packets/${mito().packet_id}`)).toEqual(other);
    const receipt = await client.get<{ text: string }>(`/notices/${both.upload_id}`);
    expect(receipt.text).toContain('廃棄済');
  });

  it('leaves no byte of the name and the number in any file of the desk', () => {
    for (const text of person) expect(holdersBefore.get(text)!.length, text).toBeGreaterThan(0);
    // The upload with the papers of another person is kept as it came, and the erasure says so.
    const holders = person.flatMap(holdersOf).filter((file) => !file.includes(both.upload_id));
    expect(holders).toEqual([]);
  });

  it('is still done after a rebuild', async () => {
    const before = await dump();
    await client.operate('rebuild');
    const after = await dump();
    for (const table of ['submissions', 'cases', 'reviews', 'notices'] as const)
      expect(after[table], table).toEqual(before[table]);
  });

  it('accepts the same bytes again as a new case, whose notice and receipt are one object and go together', async () => {
    const { upload_id, packets } = await submit('again.zip', sample('okayama-new'));
    expect(packets.map((one) => one.outcome)).toEqual(['decided']);
    await desk.waitUntilIdle();
    const of = { case: packets[0]!.packet_id, by: '審査 担当' };
    const ofUpload = async () => (await objectKeys()).filter((key) => key.includes(upload_id));
    const letters = (await ofUpload()).filter((key) => key.startsWith('offices/'));
    expect(letters).toHaveLength(1);
    for (const id of [upload_id, packets[0]!.packet_id])
      expect((await client.get<{ text: string }>(`/notices/${id}`)).text.length).toBeGreaterThan(0);
    await closeReviews();
    await operate('complete', { ...of, on: '2018-03-31' });
    await operate('erase', { ...of, reason: '保存期間の満了', really: true });
    expect(await ofUpload()).toEqual([]);
    for (const id of [upload_id, packets[0]!.packet_id])
      await expect(client.get(`/notices/${id}`)).rejects.toThrow();
  });
});

describe('an erasure that is killed again and again', () => {
  it('is found by the same number each time, and leaves nothing of the upload and the packet', async () => {
    const { upload_id, packets } = await submit('見本 花子.zip', sample('okayama-new'));
    await desk.waitUntilIdle();
    const { packet_id } = packets[0]!;
    await closeReviews();
    await operate('complete', { case: packet_id, by: '審査 担当', on: '2018-03-31' });
    let attempts = 0;
    while (!(await eraseUntilRemoval(packet_id, ++attempts)));
    // Each attempt begins where the one before ended.
    expect(attempts).toBeGreaterThan(5);
    const left = (await all<RecordEvent>('events')).filter(({ type }) => type !== 'case.erased');
    const others = [
      await all('submissions'),
      await all('reviews'),
      await all('notices'),
      await all('progress'),
    ];
    // The upload with another person keeps the number of the packet, and no name.
    for (const id of [`packet#${packet_id}`, upload_id, '見本 花子'])
      expect(JSON.stringify([left, others]), id).not.toContain(id);
    expect((await objectKeys()).filter((key) => key.includes(upload_id))).toEqual([]);
    expect(left.filter(({ type }) => type.startsWith('retention.') && type.includes('erasing'))).toEqual([]);
  });
});

/** Erases a case and ends at the removal with this number, as a killed process would. True: it came to its end. */
async function eraseUntilRemoval(packet_id: string, last: number): Promise<boolean> {
  const records = recordContext([]);
  const { store } = records;
  const of = await findCase(records, packet_id);
  expect(of, `after ${last - 1} removals`).not.toBeNull();
  const contents = await contentsOf(records, of!, readLog(store));
  const keeper = new ObjectKeeper(
    records.s3,
    { inbox: process.env.INBOX!, results: process.env.RESULTS! },
    false,
  );
  let removals = 0;
  const remove = store.remove.bind(store);
  const spy = vi.spyOn(store, 'remove').mockImplementation(async (...given) => {
    if (++removals === last) throw new Error('killed');
    return remove(...given);
  });
  try {
    await eraseCase(records, keeper, contents, { by: '審査 担当', reason: '保存期間の満了' });
    return true;
  } catch (error) {
    expect((error as Error).message).toBe('killed');
    return false;
  } finally {
    spy.mockRestore();
  }
}

describe('a copy of a stopped desk', () => {
  it('is refused while the desk runs', async () => {
    await expect(backup(data, join(folder, 'early'))).rejects.toThrow('もう受付が動いています');
  });

  it('started in another folder has everything, and accepts new uploads', async () => {
    const before = await dump();
    const keys = await objectKeys();
    await desk.stop();
    const { files: copied } = await backup(data, join(folder, 'copy'));
    rmSync(data, { recursive: true, force: true });
    const restored = await restore(join(folder, 'copy'), join(folder, 'elsewhere'));
    expect(restored).toEqual({ files: copied, notes: [] });
    const elsewhere = join(folder, 'elsewhere');
    const open = await openDeskFolder(elsewhere);
    expect(await dump()).toEqual(before);
    expect(await objectKeys(open.s3)).toEqual(keys);
    await open.close();
    const argv = [
      'cli/cli.ts',
      'start',
      '--once',
      '--port',
      '0',
      '--data',
      elsewhere,
      sample('mito-2024-05'),
    ];
    const { status, stdout } = spawnSync(process.execPath, argv, { cwd: ROOT, encoding: 'utf8' });
    expect(status, stdout).toBe(0);
    expect(stdout).toContain('1人分');
  });

  it('that was changed is not restored', async () => {
    const copy = join(folder, 'copy');
    const [some] = readdirSync(join(copy, 'objects'), { recursive: true, withFileTypes: true }).filter(
      (one) => one.name.endsWith('.data'),
    );
    writeFileSync(join(some!.parentPath, some!.name), 'something else');
    await expect(restore(copy, join(folder, 'nowhere'))).rejects.toThrow('取ったときと違います');
  });
});

/** Files of the running desk that hold a text, also in what was deleted from tables and queues. */
function holdersOf(text: string): string[] {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter((file) => readFileSync(file).includes(text))
    .map((file) => file.slice(data.length));
}

async function summaries(): Promise<object[]> {
  const found = await all<AreaSummary>('summaries');
  return found.map(({ revision, computed_at, ...rest }) => rest);
}

async function objectKeys(s3 = desk.cloud.s3): Promise<string[]> {
  const keys = await Promise.all(
    [process.env.INBOX, process.env.RESULTS].map(async (Bucket) => {
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1000 }));
      return (Contents ?? []).map((one) => one.Key!);
    }),
  );
  return keys.flat().sort();
}

/** What the 包括 does after its review. */
async function closeReviews(): Promise<void> {
  for (const { packet_id } of await all<{ packet_id: string }>('reviews'))
    await db().send(
      new UpdateCommand({
        TableName: process.env.TABLE_REVIEWS,
        Key: { packet_id },
        UpdateExpression: 'SET #state = :closed',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':closed': 'closed' },
      }),
    );
}
