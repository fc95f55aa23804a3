import { expect, it } from 'vitest';
import { withConfirmed } from '../../../shared/documents/confirmed-readings.ts';
import type { ReadDocument, Reading } from '../../../shared/documents/document.ts';
import { aDocument } from '../../builders/a-document.ts';

const reading = (field: Reading['field'], value: Reading['value']): Reading => ({
  field,
  value,
  raw: String(value),
  where: { file: 'a.jpg', page: 1 },
  uncertain: true,
});
const scan = (readings: Reading[]): ReadDocument => ({
  ...aDocument({ file: 'a.jpg', read_by: 'ocr' }),
  digest: 'd1',
  readings,
});
const read = async (readings: Reading[], confirmed: { field: string; read: string; value: string }[]) =>
  (await withConfirmed([scan(readings)], async (digest) => (digest === 'd1' ? confirmed : [])))[0]!.readings;

it('makes what a reviewer saw certain, corrected where it was read wrong', async () => {
  const name = reading('name', '見木 花子');
  expect(await read([name], [{ field: 'name', read: '見木 花子', value: '見本 花子' }])).toMatchObject([
    { value: '見本 花子', raw: '見木 花子', uncertain: false },
  ]);
});

it('confirms every value of a field at once, whatever it is made of', async () => {
  const services = [
    reading('service_planned', { name: '訪問型', class: 'sogo' }),
    reading('service_planned', { name: '通所型', class: 'sogo' }),
  ];
  const confirmed = await read(services, [{ field: 'service_planned', read: '*', value: '*' }]);
  expect(confirmed.map(({ uncertain, value }) => [uncertain, value])).toEqual(
    services.map(({ value }) => [false, value]),
  );
});

it('asks again where the picture is read otherwise, and the last word of a reviewer counts', async () => {
  const other = reading('cert_valid_to', '2025-03-31');
  const seen = (read: string, value: string) => ({ field: 'cert_valid_to', read, value });
  expect(await read([other], [seen('2025-08-31', '2025-03-31')])).toMatchObject([{ uncertain: true }]);
  expect(
    await read([other], [seen('2025-03-31', '2025-04-30'), seen('2025-03-31', '2025-05-31')]),
  ).toMatchObject([{ value: '2025-05-31' }]);
});

it('keeps the kind of a corrected value, and asks again for one of several parts', async () => {
  const readings = [
    reading('keika_center_contact', true),
    reading('unit_count', 442),
    reading('service_planned', { name: '訪問型', class: 'sogo' }),
  ];
  const confirmed = await read(readings, [
    { field: 'keika_center_contact', read: 'はい', value: 'いいえ' },
    { field: 'unit_count', read: '442', value: '472' },
    { field: 'service_planned', read: '訪問型', value: '通所型' },
  ]);
  expect(confirmed.map(({ uncertain, value }) => [uncertain, value])).toEqual([
    [false, false],
    [false, 472],
    [true, { name: '訪問型', class: 'sogo' }],
  ]);
});
