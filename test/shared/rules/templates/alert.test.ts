import { expect, it } from 'vitest';
import { judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'alert',
  when: { 'flags.office_changed': true },
  violation: { ...VIOLATION, message: '変わったか: {office_changed}' },
};

it('is violated where its conditions hold, and fills the facts it read in', () => {
  const result = judgeEntry(entry, { flags: { office_changed: true } });
  expect(result.status).toBe('violated');
  expect(result.findings[0]).toMatchObject({ rule: 'XYZ-R01', message: '変わったか: true' });
});

it('does not apply where they do not hold, and cannot tell where the fact is missing', () => {
  expect(judgeEntry(entry, { flags: { office_changed: false } }).status).toBe('not_applicable');
  expect(judgeEntry(entry, {})).toMatchObject({ status: 'cannot_tell', needs: ['flags.office_changed'] });
});

it('forbids the month where the entry says so', () => {
  const given = { flags: { office_changed: true } };
  expect(judgeEntry({ ...entry, forbids: true }, given).contributes.forbids).toBe(true);
  expect(judgeEntry(entry, given).contributes.forbids).toBe(false);
});
