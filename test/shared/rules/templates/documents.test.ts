import { expect, it } from 'vitest';
import { judgeEntries, judgeEntry, VIOLATION } from '../../../builders/judge-entries.ts';

const entry = {
  template: 'documents',
  items: [
    { document: 'hyokahyo', or: ['hyoka_record'] },
    { document: 'keika_kiroku', optional: true },
  ],
  violation: VIOLATION,
};

it('is satisfied by the document or its substitute', () => {
  expect(judgeEntry(entry, { documents: ['hyokahyo'] }).status).toBe('satisfied');
  expect(judgeEntry(entry, { documents: ['hyoka_record'] }).status).toBe('satisfied');
});

it('names the missing document; an optional one is never missing', () => {
  const { findings, contributes } = judgeEntry(entry, { documents: [] });
  expect(findings[0]).toMatchObject({ message: '「サービス評価表」がありません。', documents: ['hyokahyo'] });
  expect(contributes.documents).toEqual({
    required: ['hyokahyo'],
    optional: ['keika_kiroku'],
    missing: ['hyokahyo'],
  });
});

it('finds that a lesser form does not do, and cites the rule that says so', () => {
  const insufficient = {
    ...VIOLATION,
    document: 'care_plan_copy',
    code: 'F_ORIGINAL_REQUIRED',
    rule: 'XYZ-R02',
  };
  const original = { ...entry, items: [{ document: 'care_plan_original', insufficient }] };
  const [first] = judgeEntries([original, { template: 'permission' }], { documents: ['care_plan_copy'] });
  expect(first!.result.findings).toMatchObject([
    { code: 'F_ORIGINAL_REQUIRED', rule: 'XYZ-R02', rules: ['XYZ-R02', 'XYZ-R01'] },
  ]);
});
