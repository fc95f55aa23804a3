import { describe, expect, it } from 'vitest';
import { compareEntries, compareVerdicts } from '../../../shared/decision/compare-verdicts.ts';
import type { PacketVerdict } from '../../../shared/decision/verdict.ts';
import { loadProfile } from '../../../shared/rules/profile.ts';
import { decideGiven } from '../../builders/decide-given.ts';

const verdict = (more: Partial<PacketVerdict> = {}): PacketVerdict =>
  ({
    ...decideGiven('mito', {
      service_month: '2024-05',
      event: 'category_switch',
      certification: '要支援1',
      services_actual: [{ name: '介護予防ホームヘルプ', class: 'sogo' }],
      provider_route: 'itaku',
      documents: [],
    }),
    packet: '0000000101_2024-05',
    city: 'mito',
    service_month: '2024-05',
    ...more,
  }) as PacketVerdict;

describe('compareVerdicts', () => {
  it('returns nothing for two equal verdicts', () => {
    expect(compareVerdicts(verdict(), verdict(), new Map())).toBe(null);
  });

  it('names the field with both values', () => {
    const change = compareVerdicts(verdict(), verdict({ payer: 'kokuhoren' }), new Map());
    expect(change?.fields).toEqual([{ field: 'payer', before: 'mito_city', after: 'kokuhoren' }]);
  });

  it('lists findings that are added, removed and only reworded', () => {
    const before = verdict();
    const [first, second, ...rest] = before.findings;
    const reworded = { ...first!, remedy: '別の直し方です。' };
    const added = { ...second!, code: 'F_ROUTE' as const };
    const change = compareVerdicts(before, { ...before, findings: [reworded, added, ...rest] }, new Map());
    expect(change?.findings.added.map((f) => f.code)).toEqual(['F_ROUTE']);
    expect(change?.findings.removed.map((f) => f.code)).toEqual([second!.code]);
    expect(change?.findings.reworded.map((r) => r.after.remedy)).toEqual(['別の直し方です。']);
  });

  it('gives as reason the rules whose status differs and those whose data changed and that apply', () => {
    const before = verdict();
    const after = structuredClone(before);
    after.decision = 'accept';
    for (const trace of after.explanation.rules) if (trace.rule === 'MIT-R10') trace.status = 'satisfied';
    const entries = new Map([
      ['MIT-R16', 'changed'],
      ['MIT-R06', 'changed'],
    ] as const);
    const change = compareVerdicts(before, after, entries);
    expect(change?.rules.map((r) => [r.rule, r.before, r.after, r.entry])).toEqual([
      ['MIT-R10', 'violated', 'satisfied', 'same'],
      ['MIT-R16', 'violated', 'violated', 'changed'],
    ]);
  });
});

describe('compareEntries', () => {
  const rules = loadProfile('mito').rules;

  it('lists rules changed, added and removed, and no other', () => {
    const edited = rules
      .filter((r) => r.id !== 'MIT-R05')
      .map((r) => (r.id === 'MIT-R16' ? { ...r, summary: '別の文' } : r));
    const more = [...edited, { ...rules[0]!, id: 'MIT-R99' }];
    expect(Object.fromEntries(compareEntries(rules, more))).toEqual({
      'MIT-R05': 'removed',
      'MIT-R16': 'changed',
      'MIT-R99': 'added',
    });
    expect(compareEntries(rules, rules).size).toBe(0);
  });
});
