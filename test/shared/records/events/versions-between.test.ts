import { afterEach, beforeEach, expect, it } from 'vitest';
import { caseKeys } from '../../../../shared/records/events/event-keys.ts';
import { versionsBetween } from '../../../../shared/records/events/read-case.ts';
import { removeRange } from '../../../../shared/records/lifecycle/remove-items.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

const PERSON = { city: 'mihon', person: 'k1' };
const CHAIN = { event: 'continuing', owner: '0000000001' };
let records: TestRecords;

beforeEach(async () => {
  records = await testRecords();
  for (const month of ['2023-12', '2024-01', '2024-03', '2024-04', 'unknown'])
    await records.store.put('events', {
      ...caseKeys.version({ ...PERSON, month }, CHAIN, 1, 1),
      packet_id: month,
    });
  const other = { ...PERSON, person: 'k2', month: '2024-01' };
  await records.store.put('events', { ...caseKeys.version(other, CHAIN, 1, 1), packet_id: 'other' });
});
afterEach(() => records.stop());

const monthsRead = async (from: string, to: string): Promise<string[][]> =>
  [...(await versionsBetween(records.store, PERSON, [from, to]))].map(([month, versions]) => [
    month,
    ...versions.map(({ packet_id }) => packet_id),
  ]);

it('reads the months of a person from one to another, both included', async () => {
  expect(await monthsRead('2024-01', '2024-03')).toEqual([
    ['2024-01', '2024-01'],
    ['2024-03', '2024-03'],
  ]);
  expect(await monthsRead('2024-05', '2024-09')).toEqual([]);
});

it('loses only the month that is removed', async () => {
  await removeRange(records.store, caseKeys.everyVersion({ ...PERSON, month: '2024-01' }));
  expect((await monthsRead('2023-01', '2025-01')).map(([month]) => month)).toEqual([
    '2023-12',
    '2024-03',
    '2024-04',
  ]);
});
