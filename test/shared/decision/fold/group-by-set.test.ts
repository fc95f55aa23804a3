import { expect, it } from 'vitest';
import { groupBySet } from '../../../../shared/decision/fold/group-by-set.ts';
import { judgeEntries, VIOLATION } from '../../../builders/judge-entries.ts';

const asks = (documents: string[], more: object = {}) => ({
  template: 'documents',
  items: documents.map((document) => ({ document })),
  violation: VIOLATION,
  ...more,
});
const reported = (...entries: ReturnType<typeof asks>[]) =>
  groupBySet(judgeEntries(entries, { documents: [] })).map(({ rules, documents }) => ({ rules, documents }));

it('makes one finding of what is missing of a set', () => {
  const set = { document_set: '契約' };
  expect(reported(asks(['keiyakusho'], set), asks(['hihokenshasho'], set))).toEqual([
    { rules: ['XYZ-R01', 'XYZ-R02'], documents: ['keiyakusho', 'hihokenshasho'] },
  ]);
});

it('reports a document once, by the rule that asks for more documents', () => {
  expect(reported(asks(['hyokahyo']), asks(['hyokahyo', 'riyohyo']))).toEqual([
    { rules: ['XYZ-R02', 'XYZ-R01'], documents: ['hyokahyo', 'riyohyo'] },
  ]);
});

it('prefers a set to a single rule that asks for as many documents', () => {
  expect(reported(asks(['hyokahyo']), asks(['hyokahyo'], { document_set: '契約' }))).toEqual([
    { rules: ['XYZ-R02', 'XYZ-R01'], documents: ['hyokahyo'] },
  ]);
});

it('keeps findings of which each reports a document of its own', () => {
  expect(reported(asks(['hyokahyo']), asks(['riyohyo']))).toHaveLength(2);
});
