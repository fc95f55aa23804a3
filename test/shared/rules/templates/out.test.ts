import { expect, it } from 'vitest';
import { judgeEntry } from '../../../builders/judge-entries.ts';

it('adds nothing to a decision', () => {
  const { status, findings, contributes } = judgeEntry({ template: 'out', reason: '書類に現れない' }, {});
  expect([status, findings, contributes]).toEqual(['satisfied', [], {}]);
});

it('needs its reason', () => {
  expect(() => judgeEntry({ template: 'out' }, {})).toThrow('reason');
});
