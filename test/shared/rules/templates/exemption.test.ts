import { expect, it } from 'vitest';
import { judgeEntries, VIOLATION } from '../../../builders/judge-entries.ts';

const entries = [
  { template: 'exemption', when: { cm_type: 'C' }, violation: { ...VIOLATION, message: '{cm_type}のため' } },
  {
    template: 'documents',
    exempt_by: { rule: 'XYZ-R01', when: { cm_type: 'C' } },
    items: [{ document: 'hyokahyo' }],
    violation: VIOLATION,
  },
];
const statuses = (given: { cm_type?: string }, rules?: string[]): string[] =>
  judgeEntries(entries, given, rules ? { rules } : {}).map(({ result }) => result.status);

it('switches the other rule off and says so', () => {
  expect(statuses({ cm_type: 'C' })).toEqual(['violated', 'exempt']);
  expect(judgeEntries(entries, { cm_type: 'C' })[0]!.result.findings[0]!.message).toBe('Cのため');
});

it('leaves the other rule on where it does not apply', () => {
  expect(statuses({ cm_type: 'A' })).toEqual(['not_applicable', 'violated']);
});

it('says nothing where it switches off no rule that is evaluated', () => {
  const [exemption] = judgeEntries(entries, { cm_type: 'C' }, { rules: ['XYZ-R01'] });
  expect(exemption!.result.status).toBe('satisfied');
  // A what-if that nothing sends back shows the notice all the same.
  expect(exemption!.result.whenNotReturned?.status).toBe('violated');
});
