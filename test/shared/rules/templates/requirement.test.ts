import { expect, it } from 'vitest';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'requirement',
  when: { event: ['new'] },
  require: { 'flags.plan_signed': true },
  violation: VIOLATION,
};

it('is satisfied where what it requires holds', () => {
  expect(judgeEntry(entry, { event: 'new', flags: { plan_signed: true } })).toMatchObject({
    status: 'satisfied',
    used: ['event', 'flags.plan_signed'],
  });
});

it('is violated where it does not hold', () => {
  const result = judgeEntry(entry, { event: 'new', flags: { plan_signed: false } });
  expect([result.status, result.findings.length]).toEqual(['violated', 1]);
});

it('cannot tell where the fact it requires is missing', () => {
  expect(judgeEntry(entry, { event: 'new' })).toMatchObject({
    status: 'cannot_tell',
    needs: ['flags.plan_signed'],
  });
});

it('does not apply to another event', () => {
  expect(judgeEntry(entry, { event: 'claim' }).status).toBe('not_applicable');
});
