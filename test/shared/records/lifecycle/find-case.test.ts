import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCase } from '../../../../shared/records/lifecycle/case-contents.ts';
import { personKeyOf } from '../../../../shared/records/store/person-key.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeAll(async () => {
  records = await testRecords();
});
afterAll(() => records.stop());

it('finds a case by the 被保険者番号 that an operator sees, with the key or the name of the city', async () => {
  const personKey = await personKeyOf(records.store);
  const of = { city: 'mito', person: personKey('082016', '0000000101'), month: '2024-05' };
  for (const input of ['mito/0000000101/2024-05', '水戸市/0000000101/2024-05', `mito/${of.person}/2024-05`])
    expect(await findCase(records, input)).toEqual(of);
  expect(await findCase(records, 'nowhere')).toBeNull();
});
