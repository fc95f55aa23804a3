import { expect, it } from 'vitest';
import { readMonitoring } from '../../../../shared/facts/collect/read-monitoring.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';

const read = (...entries: string[]) =>
  readMonitoring({
    readings: readingsOf(
      aDocument(
        {},
        entries.map((entry) => ['monitoring_entry', entry]),
      ),
    ),
  }).facts;

it('finds nothing without entries', () => {
  expect(read()).toEqual([]);
});

it('makes one line a month of several entries', () => {
  expect(read('2024-04 visit', '2024-05 phone', '2024-04 record', '2024-06')).toMatchObject([
    {
      path: 'monitoring',
      state: 'known',
      value: [
        { month: '2024-04', record: true, visit: true },
        { month: '2024-05', record: true, phone: true },
        { month: '2024-06', record: true },
      ],
    },
  ]);
});
