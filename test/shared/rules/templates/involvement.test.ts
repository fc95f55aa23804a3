import { expect, it } from 'vitest';
import { judgeEntry } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'involvement',
  reason: '計画の検証',
  start: 'dates.received',
  period: { weeks: 2 },
};

it('names the reason and the day two weeks after receipt', () => {
  const given = { dates: { received: '2024-06-03' } };
  expect(judgeEntry(entry, given).contributes.involvement).toEqual({
    rule: 'XYZ-R01',
    due: '2024-06-17',
    reason: '計画の検証',
  });
});

it('names no day where the start is not known', () => {
  expect(judgeEntry(entry, {}).contributes.involvement?.due).toBeNull();
});
