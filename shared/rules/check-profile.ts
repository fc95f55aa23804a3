import { EVENT_NAMES } from '../vocabulary/event-names.ts';
import { isFactPath } from '../vocabulary/fact-labels.ts';
import type { Condition } from './conditions.ts';
import type { ProfileFile, RuleEntry } from './entry.ts';
import { conditionsOf, factsReadBy } from './facts-read.ts';
import { entryName } from './rule.ts';
import { templateOf } from './templates/registry.ts';

/**
 * What a profile must keep beyond its shape, so that a mistake is reported when the file is read and never shows
 * as a rule that stays silent. Returns one Japanese sentence per fault, none when the profile is sound.
 */
export function validateProfile(profile: ProfileFile): string[] {
  return [
    ...mixedPrefixes(profile),
    ...overlaps(profile),
    ...startDay(profile),
    ...profile.rules.flatMap((rule) => [
      ...unknownSource(profile, rule),
      ...unknownFacts(profile, rule),
      ...unfilledNames(rule),
      ...missingPeriod(rule),
    ]),
  ];
}

/** One profile, one family of rule ids: a rule copied from another city keeps its old number otherwise. */
function mixedPrefixes({ rules }: ProfileFile): string[] {
  const own = rules[0]?.id.slice(0, 3);
  return rules
    .filter((r) => !r.id.startsWith(`${own}-`))
    .map((r) => `${entryName(r)}: 規則番号の頭がこのファイルのほかの規則（${own}）と違います`);
}

/** Two entries of the same rule and part must not be in force on the same day. */
function overlaps(profile: ProfileFile): string[] {
  const faults: string[] = [];
  const seen = new Map<string, { from: string; to: string }[]>();
  for (const rule of profile.rules) {
    const span = {
      from: rule.from ?? profile.in_force.from,
      to: rule.to ?? profile.in_force.to ?? '9999-12-31',
    };
    if (span.to < span.from) faults.push(`${entryName(rule)}: 終わりが始まりより前です`);
    const others = seen.get(entryName(rule)) ?? [];
    if (others.some((o) => o.from <= span.to && span.from <= o.to)) {
      faults.push(`${entryName(rule)}: 適用期間が重なっています`);
    }
    seen.set(entryName(rule), [...others, span]);
  }
  return faults;
}

/** A misspelt reading of the first day would be taken for the usual one. */
function startDay({ configuration }: ProfileFile): string[] {
  const value = configuration.start_day?.value ?? null;
  return value === null || value === 'excluded' || value === 'included'
    ? []
    : [`configuration.start_day: excluded（初日不算入）か included（初日算入）と書きます`];
}

function unknownSource({ sources }: ProfileFile, rule: RuleEntry): string[] {
  return [rule.source, rule.confirmed_by?.source]
    .filter((source) => source !== undefined && !(source in sources))
    .map((source) => `${entryName(rule)}: 出典 ${source} が sources にありません`);
}

/** An unknown fact never has a value: the rule would wait for it for ever. */
function unknownFacts({ configuration }: ProfileFile, rule: RuleEntry): string[] {
  const isKnown = (path: string): boolean =>
    path.startsWith('config.') ? path.slice(7) in configuration : isFactPath(path);
  const facts = factsReadBy(rule)
    .filter((path) => !isKnown(path))
    .map((path) => `${entryName(rule)}: 知らない事実です「${path}」（docs/facts.md）`);
  const events = conditionsOf(rule)
    .flatMap((c) => eventsOf(c))
    .filter((event) => !Object.hasOwn(EVENT_NAMES, event))
    .map((event) => `${entryName(rule)}: 知らない提出の理由です「${event}」`);
  return [...facts, ...events];
}

/** `{…}` in a sentence that the template does not fill would leave a gap in the letter to the office. */
function unfilledNames(rule: RuleEntry): string[] {
  const template = templateOf(rule);
  const filled = new Set(template.fills(rule));
  const sentences = template
    .raises(rule)
    .flatMap(({ message, remedy, for_office }) => [message, remedy, ...Object.values(for_office ?? {})]);
  return sentences
    .flatMap((sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))
    .filter((name) => !filled.has(name))
    .map((name) => `${entryName(rule)}: 文の{${name}}に入る値がありません`);
}

/** A check of periods without their length would take each month for a period. */
function missingPeriod(rule: RuleEntry): string[] {
  if (rule.template !== 'monitoring' || !rule.check.startsWith('visit_')) return [];
  const isRun = rule.check === 'visit_in_consecutive_periods';
  return rule.period_months === undefined || (isRun && rule.consecutive === undefined)
    ? [`${entryName(rule)}: 訪問の期間の長さ period_months${isRun ? ' と続く数 consecutive' : ''} を書きます`]
    : [];
}

function eventsOf(condition: Condition): string[] {
  const own = condition.event;
  const named = typeof own === 'string' ? [own] : Array.isArray(own) ? own.map(String) : [];
  return [...named, ...(condition.any ?? []).flatMap(eventsOf)];
}
