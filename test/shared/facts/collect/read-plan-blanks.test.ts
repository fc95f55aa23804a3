import { describe, expect, it } from 'vitest';
import type { FieldName, ReadDocument } from '../../../../shared/documents/document.ts';
import { readPlanBlanks } from '../../../../shared/facts/collect/read-plan-blanks.ts';
import { aDocument, readingsOf } from '../../../builders/a-document.ts';

const DOMAINS = [1, 2, 3, 4].map((n) => [`assessment_domain_${n}` as FieldName, '杖で歩く']) as [
  FieldName,
  string,
][];
const plan = (fields: [FieldName, string][], over: Partial<ReadDocument> = {}) =>
  aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO', ...over }, fields);
const table = (...fields: [FieldName, string][]) =>
  aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO_SUB' }, fields);
const read = (...documents: ReadDocument[]) =>
  Object.fromEntries(
    readPlanBlanks({ documents, readings: readingsOf(...documents) }).facts.map((f) => [f.path, f.value]),
  );

describe('readPlanBlanks', () => {
  it('calls nothing blank without a plan', () => {
    expect(read(table())).toEqual({});
  });

  it('names the fields that are empty in data', () => {
    expect(read(plan(DOMAINS), table())).toEqual({
      'flags.plan_blank_fields': ['目標', '期間'],
      'flags.goal_period_blank': true,
      'flags.assessment_blank': false,
    });
  });

  it('names none where all are filled', () => {
    const filled = table(['goal', '毎朝歩く'], ['plan_period', '令和6年4月1日～令和6年9月30日']);
    expect(read(plan(DOMAINS), filled)).toMatchObject({
      'flags.plan_blank_fields': [],
      'flags.goal_period_blank': false,
    });
  });

  it('calls the assessment blank where one of four domains is empty', () => {
    expect(read(plan(DOMAINS.slice(1)))).toEqual({ 'flags.assessment_blank': true });
  });

  it('does not judge a plan on paper of which no domain was read', () => {
    expect(read(plan([], { read_by: 'text', title: '介護予防サービス・支援計画書' }))).toEqual({});
  });
});
