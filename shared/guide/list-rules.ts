import type { Citation, Severity } from '../findings/finding.ts';
import type { FindingCode } from '../findings/finding-codes.ts';
import { editionOn, loadProfile, type Rule } from '../rules/profile.ts';
import { templateOf } from '../rules/templates/registry.ts';
import { whyEntriesStay } from '../rules/waiver.ts';
import { describeCondition, describeException } from './describe-condition.ts';

/** One entry in force, as a city reads it. */
export interface ListedRule {
  rule: string;
  part: string | null;
  scope: Rule['scope'];
  summary: string;
  citation: Citation;
  /** address of the source, where it has one */
  url: string | null;
  from: string;
  to: string | null;
  grade: string | null;
  /** when it applies and when not, in words */
  when: string;
  unless: string;
  checklist: string | null;
  note: string | null;
  raises: { code: FindingCode; severity: Severity }[];
  /** null: the city may waive it */
  why_not_waivable: string | null;
}

/** The rules of a city in force in a service month (YYYY-MM), its own first; without a month, the newest. */
export function listRules(city: string, month: string | undefined): ListedRule[] {
  const edition = editionOn(city, month);
  const own = Map.groupBy(loadProfile(city).rules, ({ id }) => id);
  const rules = edition.rules.toSorted(
    (a, b) => Number(a.scope === 'national') - Number(b.scope === 'national'),
  );
  return rules.map((rule) => ({
    rule: rule.id,
    part: rule.part ?? null,
    scope: rule.scope,
    summary: rule.summary,
    citation: rule.citation,
    url: addressOf(rule, city),
    from: rule.from,
    to: rule.to ?? null,
    grade: rule.grade ?? null,
    when: rule.when ? describeCondition(rule.when) : '',
    unless: rule.unless ? describeException(rule.unless) : '',
    checklist: rule.checklist ? [rule.checklist].flat().join('／') : null,
    note: rule.note ?? null,
    raises: templateOf(rule)
      .raises(rule)
      .map(({ code, severity }) => ({ code, severity })),
    why_not_waivable:
      rule.scope === 'national'
        ? '国の決まりは、市では免除できません。'
        : whyEntriesStay(own.get(rule.id) ?? []),
  }));
}

function addressOf(rule: Rule, city: string): string | null {
  const profile = loadProfile(rule.scope === 'national' ? 'national' : city);
  const source = (rule.source && profile.sources[rule.source]) || profile.source;
  return source.url ?? null;
}
