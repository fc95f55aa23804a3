import type { Condition } from '../rules/conditions.ts';
import type { Edition, Rule } from '../rules/profile.ts';
import { documentTitle } from '../vocabulary/document-kinds.ts';
import { describeCondition, describeException } from './describe-condition.ts';
import { settleRule } from './settle-rule.ts';

export interface GuideOptions {
  /** only this event (key of the fact vocabulary) */
  event?: string;
  /** service month YYYY-MM; the newest edition without it */
  month?: string;
  profiles?: string;
}

/** The rules of an edition as they are in force, of one event or of all. */
export const rulesOf = (edition: Edition, event: string | undefined): Rule[] =>
  edition.rules
    .map((rule) => settleRule(rule, edition))
    .filter((rule): rule is Rule => rule !== null && concernsEvent(rule, event));

/** What a rule asks to hand in. An entry about papers none of which came repeats others, which name each paper. */
export const askedOf = (rule: Rule): RuleNamed<'documents'>['items'] => {
  if (rule.template !== 'documents') return [];
  const test = rule.when?.documents;
  const lacking = typeof test === 'object' && !Array.isArray(test) ? (test.lacks ?? []) : [];
  return rule.items.filter(({ document }) => !lacking.includes(document));
};

/** A rule without a condition on the event belongs to every event. */
function concernsEvent(rule: Rule, event: string | undefined): boolean {
  if (!event) return true;
  const events = eventsOf(rule.when);
  return events === null || events.includes(event);
}

function eventsOf(condition: Condition | undefined): string[] | null {
  if (!condition) return null;
  const test = condition.event;
  if (typeof test === 'string' || Array.isArray(test)) return [test].flat().map(String);
  // Alternatives name the events of a rule only when every one of them does.
  const alternatives = condition.any?.map(eventsOf);
  if (alternatives?.every((events) => events !== null)) return alternatives.flat();
  return condition.is_switch === true ? SWITCHING_EVENTS : null;
}

/** Events in whose month the category can differ from the month before. */
const SWITCHING_EVENTS = ['category_switch', 'continuing', 'itaku_to_direct', 'to_jigyo_taishosha'];

export const cite = (rule: Rule): string => `${rule.id}（${rule.citation.title} ${rule.citation.place}）`;
export const whenText = (rule: Rule): string => {
  const except = exceptText(rule);
  return except ? `${whenAlone(rule)}（${except}を除く）` : whenAlone(rule);
};

/** The same inside brackets, where a second pair would be hard to read. */
export const whenSentence = (rule: Rule, when = whenAlone(rule)): string => {
  const except = exceptText(rule);
  return except ? `${when}。${except}を除く` : when;
};

const whenAlone = (rule: Rule): string => describeCondition(rule.when) || 'すべての月';
const exceptText = ({ unless, exempt_by }: Rule): string =>
  [unless, exempt_by?.when]
    .filter((c) => c !== undefined)
    .map(describeException)
    .join('、');
type RuleNamed<T extends Rule['template']> = Extract<Rule, { template: T }>;
export const of = <T extends Rule['template']>(rules: Rule[], template: T): RuleNamed<T>[] =>
  rules.filter((r): r is RuleNamed<T> => r.template === template);

/** The name of a body in a city's words; empty where the rule names none. */
export const bodyName = (edition: Edition, key: string | undefined): string =>
  key ? (edition.names[key] ?? key) : '';

/** What a 届出 has to carry. */
export const detailsOf = (rule: RuleNamed<'notification'>, edition: Edition): string[] =>
  [
    rule.form[0] && `様式「${rule.form[0]}」`,
    rule.kind && `区分「${rule.kind}」`,
    rule.responsible && `担当＝${bodyName(edition, rule.responsible)}`,
    rule.entrusted && `受託＝${bodyName(edition, rule.entrusted)}`,
    rule.attachments.length > 0 && `添付＝${rule.attachments.map(documentTitle).join('・')}`,
    rule.signed && '利用者の署名',
  ].filter((detail) => typeof detail === 'string');
