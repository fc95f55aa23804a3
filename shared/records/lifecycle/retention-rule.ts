import { dueDate } from '../../calendar/days.ts';
import type { FactSheet } from '../../facts/fact.ts';
import { evaluate } from '../../rules/conditions.ts';
import { type Edition, editionOn, type Rule } from '../../rules/profile.ts';
import { cityConfig } from '../../rules/rule.ts';
import { applies, type RuleContext } from '../../rules/rule-context.ts';
import { rulesOf } from '../../rules/rule-template.ts';
import { deadline } from '../../rules/templates/deadline.ts';
import { KeptAnswers } from '../../rules/truth.ts';
import type { KeepUntil } from '../events/retention-events.ts';

/** The fact a retention rule starts from: entered by an operator, never inferred. */
const COMPLETED = 'dates.completed';
/** Where its sources are silent, a city may set the years in the configuration of its profile. */
const YEARS = 'hozon_nen';

/**
 * The day until which a case must be kept, by the profile of its city: the rules that count from 完結の日
 * (OKY-R66, NOB-R45), evaluated like any other rule; the latest counts where there are several.
 * Without a rule that surely applies the city's own configuration `hozon_nen`; without that: kept.
 */
export function keepUntil(
  city: string,
  of: { month: string; category: string | null; completed_on: string },
): KeepUntil {
  const nothing: KeepUntil = { keep_until: null, rule: null, citation: null };
  // A packet without a known city: no rule says when it may go.
  if (city.startsWith('_')) return nothing;
  const month = /^\d{4}-\d{2}$/.test(of.month) ? of.month : undefined;
  const edition = editionOn(city, month);
  const facts = factsOf(of);
  const context: RuleContext = {
    facts,
    documents: new Set(),
    edition,
    month,
    category: null,
    isWhatIf: false,
    isEvaluated: () => true,
    answers: new KeptAnswers(facts),
    computed: new Map(),
  };
  const found = rulesOf(edition, deadline)
    .filter((rule) => [rule.start].flat().includes(COMPLETED) && surelyApplies(rule, facts))
    .flatMap((rule) =>
      (deadline.judge(rule, context, [])?.contributes.deadlines ?? []).map(({ due }) => ({ rule, due })),
    )
    .sort((a, b) => a.due.localeCompare(b.due));
  const latest = found.at(-1);
  if (!latest) return configured(edition, of.completed_on) ?? nothing;
  return { keep_until: latest.due, rule: latest.rule.id, citation: latest.rule.citation };
}

/** A rule that may not apply does not end the retention period. */
const surelyApplies = (rule: Pick<Rule, 'when' | 'unless'>, facts: FactSheet): boolean =>
  applies(rule, facts).truth === true && (!rule.unless || evaluate(rule.unless, facts).truth === false);

function factsOf({ category, completed_on }: { category: string | null; completed_on: string }): FactSheet {
  const kind = /^(yobo_shien|yobo_cm|kyotaku)/.exec(category ?? '')?.[0];
  const known: [string, string | undefined][] = [
    ['event', 'retention'],
    ['category', category ?? undefined],
    ['category_kind', kind],
    [COMPLETED, completed_on],
  ];
  return new Map(
    known.flatMap(([path, value]) =>
      value ? [[path, { path, state: 'known' as const, value, evidence: [] }] as const] : [],
    ),
  );
}

function configured(edition: Edition, completed_on: string): KeepUntil | null {
  const years = cityConfig<number>(edition, YEARS);
  if (typeof years !== 'number') return null;
  const entry = edition.configuration[YEARS]!;
  return {
    keep_until: dueDate(completed_on, { years }),
    rule: null,
    citation: { title: `${edition.name} 設定 ${YEARS}`, place: entry.place },
  };
}
