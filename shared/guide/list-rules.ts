import type { Citation, Severity } from '../findings/finding.ts';
import type { FindingCode } from '../findings/finding-codes.ts';
import { quotesAt } from '../profiles/passages.ts';
import { editionOn, entriesOf, loadProfile, type Rule } from '../rules/profile.ts';
import { templateOf } from '../rules/templates/registry.ts';
import { whyEntriesStay } from '../rules/waiver.ts';
import { describeCondition, describeException } from './describe-condition.ts';

/** What is behind a citation: the rule as profiles/ state it, and the words of its source. */
export interface Passage {
  rule: string;
  part: string | null;
  scope: Rule['scope'];
  summary: string;
  /** word for word, in the order of the source; empty where none is kept */
  quotes: string[];
  citation: Citation;
  /** address of the source, where it has one */
  url: string | null;
  from: string;
  to: string | null;
  /** when it applies and when not, in words */
  when: string;
  unless: string;
  note: string | null;
}

/** One entry in force, as a city reads it. */
export interface ListedRule extends Passage {
  grade: string | null;
  checklist: string | null;
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
    ...passageOf(rule, city),
    grade: rule.grade ?? null,
    checklist: rule.checklist ? [rule.checklist].flat().join('／') : null,
    raises: templateOf(rule)
      .raises(rule)
      .map(({ code, severity }) => ({ code, severity })),
    why_not_waivable:
      rule.scope === 'national'
        ? '国の決まりは、市では免除できません。'
        : whyEntriesStay(own.get(rule.id) ?? []),
  }));
}

/** Every entry of a rule of a city or of the national law, whenever it is in force; empty for an unknown one. */
export const passagesOf = (city: string, id: string): Passage[] =>
  entriesOf(city, id).map((rule) => passageOf(rule, city));

const passageOf = (rule: Rule, city: string): Passage => ({
  rule: rule.id,
  part: rule.part ?? null,
  scope: rule.scope,
  summary: rule.summary,
  quotes: quotesAt(city, rule.place),
  citation: rule.citation,
  url: addressOf(rule, city),
  from: rule.from,
  to: rule.to ?? null,
  when: rule.when ? describeCondition(rule.when) : '',
  unless: rule.unless ? describeException(rule.unless) : '',
  note: rule.note ?? null,
});

function addressOf(rule: Rule, city: string): string | null {
  const profile = loadProfile(rule.scope === 'national' ? 'national' : city);
  const source = (rule.source && profile.sources[rule.source]) || profile.source;
  return source.url ?? null;
}
