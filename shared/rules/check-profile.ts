import { EVENT_NAMES } from '../vocabulary/event-names.ts';
import { isFactPath } from '../vocabulary/fact-labels.ts';
import type { Condition } from './conditions.ts';
import type { ProfileFile, RuleEntry } from './entry.ts';
import { conditionsOf, factsReadBy, pathsOf } from './facts-read.ts';

/**
 * What a profile must keep beyond its shape, so that a slip of the pen is told when the file is read and never shows
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
    ]),
  ];
}

const named = (rule: RuleEntry): string => `${rule.id}${rule.part ? `（${rule.part}）` : ''}`;

/** One profile, one family of rule ids: a rule copied from another city keeps its old number otherwise. */
function mixedPrefixes({ rules }: ProfileFile): string[] {
  const own = rules[0]?.id.slice(0, 3);
  return rules
    .filter((r) => !r.id.startsWith(`${own}-`))
    .map((r) => `${named(r)}: 規則番号の頭がこのファイルのほかの規則（${own}）と違います`);
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
    if (span.to < span.from) faults.push(`${named(rule)}: 終わりが始まりより前です`);
    const others = seen.get(named(rule)) ?? [];
    if (others.some((o) => o.from <= span.to && span.from <= o.to)) {
      faults.push(`${named(rule)}: 適用期間が重なっています`);
    }
    seen.set(named(rule), [...others, span]);
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
  if (!rule.source || rule.source in sources) return [];
  return [`${named(rule)}: 出典 ${rule.source} が sources にありません`];
}

/** A fact nobody knows is never there: the rule would wait for it for ever. */
function unknownFacts({ configuration }: ProfileFile, rule: RuleEntry): string[] {
  const isKnown = (path: string): boolean =>
    path.startsWith('config.') ? path.slice(7) in configuration : isFactPath(path);
  const facts = factsReadBy(rule)
    .filter((path) => !isKnown(path))
    .map((path) => `${named(rule)}: 知らない事実です「${path}」（docs/facts.md）`);
  const events = conditionsOf(rule)
    .flatMap((c) => eventsOf(c))
    .filter((event) => !(event in EVENT_NAMES))
    .map((event) => `${named(rule)}: 知らない提出の理由です「${event}」`);
  return [...facts, ...events];
}

/** `{…}` in a sentence that no template fills would leave a hole in the letter to the office. */
function unfilledNames(rule: RuleEntry): string[] {
  const known = fillable(rule);
  return sentencesOf(rule).flatMap((sentence) =>
    [...sentence.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name!)
      .filter((name) => !known.has(name))
      .map((name) => `${named(rule)}: 文の{${name}}に入る値がありません`),
  );
}

/** The names a template fills in the sentences of an entry (the templates' own code is the other half of this list). */
function fillable(rule: RuleEntry): Set<string> {
  switch (rule.template) {
    case 'alert':
    case 'requirement':
      return new Set(
        conditionsOf(rule)
          .flatMap((c) => pathsOf(c).read)
          .map(lastPart),
      );
    case 'documents':
      return new Set(['missing']);
    case 'notification':
      return new Set(['to', 'form', 'written', 'kind']);
    case 'deadline':
      return new Set(['due', 'done', 'start', 'what']);
    case 'monitoring':
      return new Set(['months', 'items', 'end']);
    case 'category':
      return new Set(['declared', 'category']);
    case 'addon':
      return new Set(['addon']);
    case 'exemption':
      return new Set(['cm_type']);
    default:
      return new Set();
  }
}

const lastPart = (path: string): string => path.split('.').at(-1)!;

function sentencesOf(rule: RuleEntry): string[] {
  const violation = 'violation' in rule ? [rule.violation].flat().filter((b) => b !== undefined) : [];
  const lesser =
    rule.template === 'documents' ? rule.items.flatMap((i) => (i.insufficient ? [i.insufficient] : [])) : [];
  return [...violation, ...lesser].flatMap((b) => [b.message, b.remedy]);
}

function eventsOf(condition: Condition): string[] {
  const own = condition.event;
  const named = typeof own === 'string' ? [own] : Array.isArray(own) ? own.map(String) : [];
  return [...named, ...(condition.any ?? []).flatMap(eventsOf)];
}
