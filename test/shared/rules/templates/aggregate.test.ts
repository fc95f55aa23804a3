import { expect, it } from 'vitest';
import { judgeEntry } from '../../../builders/judge-entries.ts';

const cases = [
  { user: 'A', area: '東', category: 'yobo_shien_direct' },
  { user: 'A', area: '東', category: 'yobo_cm_itaku' },
  { user: 'B', area: '西', category: 'yobo_shien_direct' },
];

it('counts users and categories per area', () => {
  expect(judgeEntry({ template: 'aggregate' }, { flags: { cases } }).contributes.aggregates).toEqual({
    東: { yobo_shien_direct: 1, yobo_cm_itaku: 1, users: 1 },
    西: { yobo_shien_direct: 1, users: 1 },
  });
});

it('has no numbers without cases', () => {
  expect(judgeEntry({ template: 'aggregate' }, {}).contributes.aggregates).toBeNull();
});
