import { addDays, addMonths, dueDate, lastDayOf, monthOf } from '../../calendar/days.ts';
import { factValue } from '../../facts/fact.ts';
import {
  cannotTell,
  cityConfig,
  findingOf,
  type RuleContext,
  type RuleOf,
  type RuleResult,
} from '../rule-context.ts';
import type { Deadline } from '../rule-trace.ts';

/**
 * deadline: something is due a period after (or before) a day.
 * Where a source does not say how the first day counts, both readings are computed; when they disagree about the
 * day it was done, a person decides (F_DATE_CONVENTION). The city settles it with `start_day` in its configuration.
 */
export function deadline(rule: RuleOf<'deadline'>, context: RuleContext, used: string[]): RuleResult {
  const starts = [rule.start].flat();
  const startFact = starts.find((path) => factValue(context.facts, path) !== undefined);
  if (!startFact) return cannotTell(starts.slice(0, 1), used);
  const start = factValue<string>(context.facts, startFact)!;
  const decided =
    rule.first_day === 'unstated' ? cityConfig<string>(context.edition, 'start_day') : undefined;
  const firstDay = decided ?? rule.first_day;
  const day = dayOfNextMonth(rule, context);
  if (rule.day_of_next_month !== undefined && day === undefined)
    return cannotTell([`${rule.day_of_next_month}`], used);
  const due = dueOf(rule, start, firstDay === 'included', day);
  const done = rule.done ? factValue<string>(context.facts, rule.done) : undefined;
  const all = [...used, startFact, ...(rule.done ? [rule.done] : [])];
  const deadlines = [entry(rule, due, decided ? START_DAY_SETTLED : START_DAY[rule.first_day])];
  const result: RuleResult = { status: 'satisfied', findings: [], used: all, needs: [], deadlines };
  if (done === undefined)
    return rule.done && rule.violation ? { ...cannotTell([rule.done], all), deadlines } : result;
  if (!rule.violation) return result;
  const values = { due, done, start, what: rule.what };
  if (done > due)
    return {
      ...result,
      status: 'violated',
      findings: [findingOf(rule, rule.violation, context, [rule.done!, startFact], values)],
    };
  if (firstDay !== 'unstated') return result;
  const strict = dueOf(rule, start, true, day);
  if (done <= strict) return result;
  const doubt = findingOf(rule, rule.violation, context, [rule.done!, startFact], values);
  return {
    ...result,
    status: 'violated',
    deadlines: [...deadlines, entry(rule, strict, '初日を算入する厳しい読み', `${rule.what}（厳しい読み）`)],
    findings: [
      {
        ...doubt,
        code: 'F_DATE_CONVENTION',
        severity: 'review',
        message: `${rule.what}：${done}は、起算日の読み方で期限内（${due}まで）とも期限後（${strict}まで）とも読めます。資料は起算日を定めていません。`,
        remedy:
          '事業所の対応は不要です。審査担当が適否を判断し、市は設定 start_day で読み方を定めてください。',
      },
    ],
  };
}

const START_DAY = {
  unstated: '起算日の定めがないため初日不算入で数えた',
  excluded: '資料による',
  included: '資料による（初日算入）',
};
const START_DAY_SETTLED = '市の設定 start_day による';

/** A day the city supplies is open until it has. */
const dayOfNextMonth = (rule: RuleOf<'deadline'>, { edition }: RuleContext): number | undefined =>
  typeof rule.day_of_next_month === 'string'
    ? cityConfig<number>(edition, rule.day_of_next_month)
    : rule.day_of_next_month;

function dueOf(rule: RuleOf<'deadline'>, start: string, firstDayCounts: boolean, day?: number): string {
  if (day !== undefined) return `${addMonths(monthOf(start), 1)}-${String(day).padStart(2, '0')}`;
  if (rule.month_end !== undefined)
    return lastDayOf(addMonths(monthOf(start), Number(rule.month_end) - (rule.month_end === true ? 1 : 0)));
  if (rule.before) return addDays(start, -((rule.before.days ?? 0) + 7 * (rule.before.weeks ?? 0)));
  return dueDate(start, rule.period ?? {}, firstDayCounts);
}

const entry = (rule: RuleOf<'deadline'>, due: string, basis: string, what = rule.what): Deadline => ({
  what,
  due,
  basis,
  rule: rule.id,
});
