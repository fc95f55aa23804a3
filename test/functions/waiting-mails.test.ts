import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendMail } from '../../functions/sweep/send-mail.ts';
import { tellWhatWaits } from '../../functions/sweep/tell-what-waits.ts';
import { importRegistry } from '../../shared/records/steps/import-registry.ts';
import { recordPacket } from '../../shared/records/steps/record-packet.ts';
import { openReview } from '../../shared/records/views/open-review.ts';
import { putPacketLine } from '../../shared/records/views/packet-line.ts';
import { loadRegistry, type Registry } from '../../shared/registry/registry.ts';
import { aFinding, aVerdict } from '../builders/a-verdict.ts';
import { atPacket } from '../builders/position.ts';
import { type TestRecords, testRecords } from '../builders/record-context.ts';

// What waits is mailed once a day: numbers and an address, nothing of a person.
const OFFICE = '0870100013';
const PAGE = 'https://desk.example';
let records: TestRecords;
let folder: string;
let registry: Registry;

beforeEach(async () => {
  records = await testRecords('2026-06-12T01:00:00.000Z');
  folder = mkdtempSync(join(tmpdir(), 'uketsuke-mail-'));
  process.env.UKETSUKE_MAIL_FOLDER = folder;
  registry = await loadRegistry(resolve(import.meta.dirname, '../../samples/registry/mito.yaml'));
  registry.offices = registry.offices.map((one) => ({ ...one, mail: `o${one.number}@office.example` }));
  registry.centers = registry.centers.map((one) => ({
    ...one,
    contact: { mail: `c${one.number}@c.example` },
  }));
});
afterEach(async () => {
  delete process.env.UKETSUKE_MAIL_FOLDER;
  rmSync(folder, { recursive: true, force: true });
  await records.stop();
});

const at = (iso: string) => ({ store: records.store, now: () => new Date(iso), sendMail, pageUrl: PAGE });
const mails = () =>
  Promise.all(readdirSync(folder).map((name) => PostalMime.parse(readFileSync(join(folder, name)))));

async function somethingWaits(): Promise<void> {
  const from = {
    upload_id: 'R1',
    received_at: '2026-06-11T23:00:00.000Z',
    sender: { kind: 'office' as const, office: OFFICE },
  };
  const returned = aVerdict({ decision: 'return', findings: [aFinding()] });
  const { decided } = await recordPacket(records, from, atPacket(1), returned);
  await putPacketLine(records.store, from, decided.position, decided, returned, null);
  const asked = aVerdict({ packet_id: 'p2', digest: 'd2', decision: 'review', findings: [aFinding()] });
  await recordPacket(records, from, atPacket(2), asked);
  await openReview(records, 'p2');
}

it('tells center and office once a day how much waits and where, and no one where nothing does', async () => {
  await importRegistry(records.store, { ...registry, mail_notices: true }, records.now());
  await somethingWaits();
  expect(await tellWhatWaits(at('2026-06-11T22:00:00.000Z'))).toEqual({ told: 0, errors: [] });
  expect((await tellWhatWaits(at('2026-06-12T00:30:00.000Z'))).told).toBe(2);
  expect((await tellWhatWaits(at('2026-06-12T05:00:00.000Z'))).told).toBe(0);
  const sent = await mails();
  const subjects = sent.map(({ subject }) => subject).sort();
  expect(subjects).toEqual([
    '【介護予防の書類受付】確認を待っているもの 1件',
    '【介護予防の書類受付】返戻となった書類 1件',
  ]);
  for (const { to, text = '' } of sent) {
    expect(to![0]!.address).toMatch(/@(c|office)\.example$/);
    expect(text).toContain(`${PAGE}/#/`);
    for (const personal of ['0000000101', '見本 花子', 'p2']) expect(text).not.toContain(personal);
  }
  // The next day the office has nothing new; the center still has.
  expect((await tellWhatWaits(at('2026-06-13T23:30:00.000Z'))).told).toBe(1);
});

it('is off unless the city switches it on', async () => {
  await importRegistry(records.store, registry, records.now());
  await somethingWaits();
  expect((await tellWhatWaits(at('2026-06-12T00:30:00.000Z'))).told).toBe(0);
  expect(await mails()).toEqual([]);
});

it('is tried again where a mail could not be sent, and delays no other', async () => {
  await importRegistry(records.store, { ...registry, mail_notices: true }, records.now());
  await somethingWaits();
  const failing = {
    ...at('2026-06-12T00:30:00.000Z'),
    sendMail: async (...mail: Parameters<typeof sendMail>) => {
      if (mail[0].endsWith('@c.example')) throw new Error('no mail');
      await sendMail(...mail);
    },
  };
  const first = await tellWhatWaits(failing);
  expect([first.told, first.errors.length]).toEqual([1, 1]);
  expect((await tellWhatWaits(at('2026-06-12T00:35:00.000Z'))).told).toBe(1);
});
