import { expect, test } from 'vitest';
import type { ReadDocument } from '../../../../shared/documents/document.ts';
import { readDocuments } from '../../../../shared/documents/read-documents.ts';
import {
  type BuiltType,
  csv,
  csvName,
  packetFile,
  upjsk,
  upkihon,
  upplan,
  upyobo,
  upyoboSub,
} from '../../../builders/csv.ts';

type Name = Parameters<typeof csvName>[1];
type File = [type: BuiltType, bytes?: Uint8Array, name?: Name];

async function read(...files: File[]): Promise<Record<string, ReadDocument>> {
  const packet = {
    name: '見本',
    digest: '',
    findings: [],
    rejected: [],
    files: files.map(([type, bytes, name]) => packetFile(csvName(type, name), bytes ?? csv(type))),
  };
  const documents = await readDocuments(packet);
  return Object.fromEntries(
    documents.map((d, i) => [`${d.title}${i > 0 && documents[i - 1]?.title === d.title ? '+' : ''}`, d]),
  );
}
const codes = (documents: Record<string, ReadDocument>): string[] =>
  Object.values(documents).flatMap((d) => d.findings.map((f) => `${d.title} ${f.code} ${f.severity}`));

test('says nothing of whole sets', async () => {
  expect(codes(await read(['UPYOBO'], ['UPYOBO_SUB']))).toEqual([]);
  expect(codes(await read(['UPKIHON'], ['UPKIHON_SUB1'], ['UPKIHON_SUB2']))).toEqual([]);
  expect(codes(await read(['UPPLAN'], ['UPSIKYU'], ['UPHOSOKU']))).toEqual([]);
});

test('asks for the missing parts of a set', async () => {
  expect(codes(await read(['UPYOBO']))).toEqual(['UPYOBO F_CSV_SET warn']);
  const kihon = await read(['UPKIHON'], ['UPKIHON_SUB2']);
  expect(codes(kihon)).toEqual(['UPKIHON F_CSV_SET warn']);
  expect(kihon.UPKIHON?.findings[0]?.message).toContain('UPKIHON_SUB1');
  expect(codes(await read(['UPPLAN']))).toEqual(['UPPLAN F_CSV_SET info', 'UPPLAN F_CSV_SET info']);
});

test('rejects a part without its plan', async () => {
  expect(codes(await read(['UPYOBO_SUB']))).toEqual(['UPYOBO_SUB F_CSV_SET error']);
});

test('rejects records that join no plan, and names their rows', async () => {
  const documents = await read(['UPYOBO', upyobo()], ['UPYOBO_SUB', upyoboSub({}, { 4: '20240601' })]);
  expect(codes(documents)).toEqual(['UPYOBO_SUB F_CSV_KEY error']);
  expect(documents.UPYOBO_SUB?.findings[0]?.where.row).toBe(2);
  const alone = await read(['UPYOBO', upyobo({}, { 3: '0000000102' })], ['UPYOBO_SUB']);
  expect(codes(alone)).toEqual(['UPYOBO F_CSV_KEY warn']);
});

test('does not call a file missing that is there but cannot be read', async () => {
  const documents = await read(['UPYOBO', Buffer.from([0x81, 0x20, 0x2c])], ['UPYOBO_SUB']);
  expect(codes(documents)).toEqual(['UPYOBO F_CSV_ENCODING error']);
});

test('asks for the family picture a 基本情報 names', async () => {
  const picture = 'UPKIHON_IMAGE_4370100010_43_4300100015_46_20240705101500_0001.jpg';
  const files: File[] = [['UPKIHON', upkihon({ 62: picture })], ['UPKIHON_SUB1'], ['UPKIHON_SUB2']];
  expect(codes(await read(...files))).toEqual(['UPKIHON F_CSV_SET warn']);
});

test('takes the services from 利用票, and from the plan only where 利用票 is missing', async () => {
  const services = (d: ReadDocument | undefined): number =>
    d?.readings.filter((r) => r.field === 'service_planned').length ?? 0;
  const alone = await read(['UPYOBO'], ['UPYOBO_SUB']);
  expect(services(alone.UPYOBO_SUB)).toBe(1);
  const both = await read(['UPYOBO'], ['UPYOBO_SUB'], ['UPPLAN']);
  expect(services(both.UPYOBO_SUB)).toBe(0);
  expect(services(both.UPPLAN)).toBe(1);
});

test('withdraws what a delete file names, with its 別表', async () => {
  const documents = await read(
    ['UPYOBO'],
    ['UPYOBO_SUB'],
    ['DLTYOBO', undefined, { stamp: '20240706000000' }],
  );
  expect(codes(documents)).toEqual(['UPYOBO F_CSV_DELETED info', 'UPYOBO_SUB F_CSV_DELETED info']);
  for (const title of ['UPYOBO', 'UPYOBO_SUB'])
    expect(documents[title]).toMatchObject({ outcome: 'used', kind: null, readings: [] });
});

test('withdraws only the person a delete file names', async () => {
  const documents = await read(
    ['UPYOBO', upyobo({}, { 3: '0000000102' })],
    ['UPYOBO_SUB', upyoboSub({}, { 3: '0000000102' })],
    ['DLTYOBO', undefined, { stamp: '20240706000000' }],
  );
  const numbers = documents.UPYOBO?.readings.filter((r) => r.field === 'insured_number');
  expect(numbers?.map((r) => r.value)).toEqual(['0000000102']);
  expect(documents.UPYOBO?.kind).toBe('shien_keikakusho');
});

test('keeps what was sent after the delete file, and asks about a delete that finds nothing', async () => {
  const documents = await read(
    ['DLTYOBO', undefined, { stamp: '20240701000000' }],
    ['UPYOBO'],
    ['UPYOBO_SUB'],
  );
  expect(codes(documents)).toEqual(['DLTYOBO F_CSV_DELETED review']);
  expect(documents.UPYOBO?.readings.length).toBeGreaterThan(0);
});

test('withdraws 実績 only of the provider and kind named', async () => {
  const rows = csv('UPJSK', {}, { 15: '631111', 20: '4370200026' });
  const documents = await read(['UPJSK', rows], ['DLTJSK', undefined, { stamp: '20240801000000' }]);
  const services = documents.UPJSK?.readings.filter((r) => r.field === 'service_actual').map((r) => r.raw);
  expect(services).toEqual(['631111']);
});

test('lets a newer file replace the older one of the same sender', async () => {
  const documents = await read(
    ['UPPLAN', upplan({ 15: '631111' })],
    ['UPPLAN', upplan(), { stamp: '20240706000000' }],
    ['UPSIKYU'],
    ['UPHOSOKU'],
  );
  // The newer 予定 came without its 別表 and 補足情報: their time differs.
  expect(codes(documents)).toEqual(['UPPLAN F_CSV_SET info', 'UPPLAN F_CSV_SET info']);
  expect(documents.UPPLAN?.readings).toEqual([]);
  expect(documents['UPPLAN+']?.readings.map((r) => r.raw)).toContain('A21111');
});

const OWN = { from: '4370200018', to: '4370100010' };
const used = (...kinds: string[]): Uint8Array => upjsk(...kinds.map((kind) => ({ 15: `${kind}1111` })));
const kindsRead = (document: ReadDocument | undefined): unknown[] =>
  (document?.readings ?? [])
    .filter((r) => r.field === 'service_actual')
    .map((r) => String((r.value as { code: string }).code).slice(0, 2));

test('takes 実績 that a provider sends again with less for the whole month', async () => {
  const documents = await read(
    ['UPJSK', used('A2', '63'), { ...OWN, stamp: '20240801090000' }],
    ['UPJSK', used('A2'), { ...OWN, stamp: '20240802090000' }],
  );
  expect(kindsRead(documents.UPJSK)).toEqual([]);
  expect(kindsRead(documents['UPJSK+'])).toEqual(['A2']);
  expect(codes(documents)).toEqual(['UPJSK F_CSV_SET info', 'UPJSK F_CSV_SET info']);
  expect(documents['UPJSK+']?.findings[0]?.message).toContain('2行目');
});

test('asks about 実績 that an office passed on again with less', async () => {
  const documents = await read(
    ['UPJSK', used('A2', '63'), { stamp: '20240801090000' }],
    ['UPJSK', used('A2'), { stamp: '20240802090000' }],
  );
  expect(kindsRead(documents['UPJSK+'])).toEqual(['A2']);
  expect(codes(documents)).toEqual(['UPJSK F_CSV_SET info', 'UPJSK F_CSV_SET review']);
});

test('counts 実績 of two providers that an office passed on one after the other', async () => {
  const documents = await read(
    ['UPJSK', used('A2'), { stamp: '20240801090000' }],
    ['UPJSK', upjsk({ 15: '631111', 20: '4370300016' }), { stamp: '20240802090000' }],
  );
  expect([...kindsRead(documents.UPJSK), ...kindsRead(documents['UPJSK+'])]).toEqual(['A2', '63']);
  expect(codes(documents)).toEqual([]);
});

test('asks which is right where provider and office tell different 実績 of one provider', async () => {
  const documents = await read(
    ['UPJSK', used('A2', '63'), { ...OWN, stamp: '20240801090000' }],
    ['UPJSK', used('A2'), { stamp: '20240802090000' }],
  );
  expect(codes(documents)).toEqual(['UPJSK F_CSV_SET review']);
  expect(documents['UPJSK+']?.findings[0]?.message).toContain('63・A2');
  const same = await read(
    ['UPJSK', used('A2', '63'), { ...OWN, stamp: '20240801090000' }],
    ['UPJSK', used('A2', '63'), { stamp: '20240802090000' }],
  );
  expect(codes(same)).toEqual([]);
});

test('notes parts of a set that were put out at another time', async () => {
  const stamped = (stamp: string): Name => ({ stamp });
  const apart = await read(
    ['UPYOBO', undefined, stamped('20240705101500')],
    ['UPYOBO_SUB', undefined, stamped('20240701101500')],
  );
  expect(codes(apart)).toEqual(['UPYOBO F_CSV_SET info']);
  expect(apart.UPYOBO?.findings[0]?.message).toContain('UPYOBO_SUB');
});

test('reports a withdrawn file once, also where a newer one follows', async () => {
  const documents = await read(
    ['UPYOBO', undefined, { stamp: '20240701090000' }],
    ['UPYOBO', undefined, { stamp: '20240703090000' }],
    ['UPYOBO_SUB', undefined, { stamp: '20240701090000' }],
    ['UPYOBO_SUB', undefined, { stamp: '20240703090000' }],
    ['DLTYOBO', undefined, { stamp: '20240702090000' }],
  );
  expect(codes(documents)).toEqual(['UPYOBO F_CSV_DELETED info', 'UPYOBO_SUB F_CSV_DELETED info']);
});
