import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkUpload } from '../../../functions/check/check-upload.ts';
import { coverFormOf } from '../../../functions/check/cover-form.ts';
import { decisionContext } from '../../../functions/intake/decision-context.ts';
import type { Sender } from '../../../shared/access/sender.ts';
import { decideOpened, decideUpload } from '../../../shared/flow.ts';
import { openUpload } from '../../../shared/packet/open-upload.ts';
import { append } from '../../../shared/records/events/event-log.ts';
import { importRegistry } from '../../../shared/records/steps/import-registry.ts';
import { recordCase } from '../../../shared/records/steps/record-case.ts';
import { TABLES, type TableName } from '../../../shared/records/store/tables.ts';
import { loadRegistry, type Registry } from '../../../shared/registry/registry.ts';
import { aVerdict } from '../../builders/a-verdict.ts';
import { aDecided } from '../../builders/events.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { zip } from '../../builders/zip.ts';

const SAMPLES = resolve(import.meta.dirname, '../../../samples');
const OFFICE: Sender = { kind: 'office', office: '0870100013' };
let records: TestRecords;
let registry: Registry;

beforeAll(async () => {
  records = await testRecords();
  registry = await loadRegistry(join(SAMPLES, 'registry/mito.yaml'));
  await importRegistry(records.store, registry, records.now());
});
afterAll(() => records.stop());

const deps = () => ({
  store: records.store,
  now: records.now,
  personKey: async () => records.personKey,
  domain: async () => ({ coverFormOf, decideOpened, openUpload }),
});
const check = (name: string, bytes: Buffer) => checkUpload(deps() as never, { name, bytes, sender: OFFICE });
const officeOfNumber = (office: string): Sender => ({ kind: 'office', office });
const everyRecord = async () =>
  Object.fromEntries(
    await Promise.all(
      (Object.keys(TABLES) as TableName[]).map(async (name) => [name, await records.all(name)] as const),
    ),
  );

it.each(['mito-2024-05', 'mito-2024-05-lacking'])(
  'decides %s with the findings of the real thing, and stores nothing',
  async (sample) => {
    const file = join(SAMPLES, `packets/${sample}.zip`);
    const before = await everyRecord();
    const checked = await check(`${sample}.zip`, readFileSync(file));
    expect(await everyRecord()).toEqual(before);
    expect(records.sent).toEqual([]);
    const real: object[] = [];
    const context = {
      registries: [registry],
      today: '2026-06-12',
      received: '2026-06-12',
      sender: OFFICE,
      historyOf: async () => [],
      claimantsOf: async () => [],
    };
    for await (const { packet_id, decision, findings } of decideUpload(
      { name: `${sample}.zip`, file },
      context,
    ))
      real.push({
        packet_id,
        findings,
        state: { accept: 'accepted', review: 'reviewing', return: 'returned' }[decision],
      });
    expect(checked).toMatchObject({ is_whole: true, packets: real });
    expect(real).not.toEqual([]);
  },
);

it('answers the same whether or not another office has sent papers of the person', async () => {
  const file = readFileSync(join(SAMPLES, 'packets/mito-2024-04.zip'));
  const before = await check('4月.zip', file);
  const other = { office: '0870100021', owner: '0870100021', sender: officeOfNumber('0870100021') };
  const person = records.personKey('082016', '0000000101');
  const verdict = aVerdict({ decision: 'accept', is_read: true, office_number: other.office });
  const decided = aDecided({ ...other, person, month: '2024-04' });
  const kept = { ...decided, ...(await records.results.keepVerdict(verdict)) };
  await append(records.store, kept);
  await recordCase(records, kept);
  const context = await decisionContext(records, { at: decided.at, sender: OFFICE });
  const claimed = await context.claimantsOf?.(
    { city: 'mito', insurer_number: '082016', insured_number: '0000000101' },
    '2024-04',
    { office_number: null, city: 'mito', area: null, center_number: null },
  );
  expect(claimed?.map(({ office_number }) => office_number)).toEqual([other.office]);
  expect(await check('4月.zip', file)).toEqual(before);
});

it('answers what cannot be opened, and counts what is read only after sending', async () => {
  const { packets } = await check('壊れた.zip', Buffer.from('PK\u0003\u0004 broken'));
  expect(packets).toMatchObject([{ state: 'returned' }]);
  const picture = readFileSync(join(SAMPLES, '../docs/ja/images/hokatsu-queue.png'));
  const checked = await check('写真.zip', Buffer.from(zip([{ name: '届出.png', bytes: picture }])));
  expect(checked.packets).toMatchObject([{ unread: 1 }]);
});

it('asks what the papers leave open, and a filled 送付票 in its place answers it', async () => {
  const entries = Object.entries(unzipSync(readFileSync(join(SAMPLES, 'packets/mito-2024-05.zip')))).filter(
    ([name]) => !name.endsWith('packet.json'),
  );
  const files = entries.map(([name, bytes]) => ({ name, bytes }));
  const [packet] = (await check('5月.zip', zip(files))).packets;
  expect(packet?.cover?.written).toEqual({});
  expect(packet?.cover?.questions.map(({ item }) => item)).toContain('previous_category');
  const path = packet!.cover!.path;
  expect(path).toBe(`${entries[0]![0].split('/')[0]}/packet.json`);
  const filled = [...files, { name: path, bytes: '{"previous_category":"yobo_shien_direct"}' }];
  const again = await check('5月.zip', zip(filled));
  expect(again.packets).toMatchObject([
    { cover: { path, written: { previous_category: 'yobo_shien_direct' } } },
  ]);
});

it('offers no 送付票 where it would count for other persons as well', async () => {
  const { packets } = await check(
    '混ざった束.zip',
    readFileSync(join(SAMPLES, 'packets/broken-two-persons.zip')),
  );
  expect(packets.map(({ cover }) => cover?.path ?? null)).not.toContain('packet.json');
  const beside = zip([
    ...['甲', '乙'].map((name) => ({ name: `${name}/契約書.txt`, bytes: name })),
    { name: '届出.txt', bytes: '届出' },
  ]);
  const { packets: three } = await check('三つ.zip', beside);
  expect(three.map(({ cover }) => cover?.path ?? null)).toContain(null);
  expect(three.map(({ cover }) => cover?.path)).toContain('甲/packet.json');
});
