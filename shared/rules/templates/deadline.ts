import * as z from 'zod';
import { addDays, addMonths, dueDate, lastDayOf, monthOf } from '../../calendar/days.ts';
import { factValue } from '../../facts/fact.ts';
import type { Finding } from '../../findings/finding.ts';
import {
  configured,
  configuredPath,
  entryOf,
  periodSchema,
  type Violation,
  violationSchema,
} from '../entry-base.ts';
import { cityConfig, type RuleOf } from '../rule.ts';
import { findingOf, type RuleContext } from '../rule-context.ts';
import { cannotTell, type Deadline, satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

/** Not done by the end of the service month: compared like a day on which it was done. */
const MONTH_END = 'month_end';

const entry = entryOf('deadline', {
  what: z.string().describe('何の期限か'),
  start: z
    .union([z.string(), z.array(z.string()).min(1)])
    .describe('起算日となる事実。いくつか書けば、分かる最初のもの'),
  period: periodSchema.optional(),
  before: periodSchema.optional().describe('起算日から数えて前へ、遅くともこの長さ'),
  day_of_next_month: z.union([z.number().int(), configured]).optional().describe('起算日の翌月の何日か'),
  month_end: z
    .union([z.literal(true), z.number().int()])
    .optional()
    .describe('起算日の月の末日（true）、または何か月後かの月の末日'),
  done: z
    .string()
    .optional()
    .describe(`済んだ日となる事実。${MONTH_END} は、サービス提供月の末日にもまだ済んでいないとき`),
  first_day: z
    .enum(['unstated', 'excluded', 'included'])
    .default('excluded')
    .describe('初日の数え方。unstated 資料に定めがない'),
  unit: z.string().default('日'),
  violation: violationSchema.optional(),
});
type DeadlineRule = RuleOf<z.output<typeof entry>>;

/**
 * Something is due a period after (or before) a day.
 * Where a source does not say how the first day counts, both readings are computed. Where they disagree about the day
 * it was done, a person decides (F_DATE_CONVENTION), unless the city has settled it: `start_day` in its configuration.
 */
export const deadline: RuleTemplate<typeof entry> = {
  name: 'deadline',
  entry,
  reads: (rule) => [rule.start, factOf(rule.done), configuredPath(rule.day_of_next_month)].flat(),
  fills: () => ['due', 'done', 'start', 'what', 'strict'],
  raises: (rule) => {
    if (!rule.violation) return [];
    return rule.first_day === 'unstated' ? [rule.violation, DATE_CONVENTION] : [rule.violation];
  },
  judge(rule, context, conditionsUsed) {
    const starts = [rule.start].flat();
    const startFact = starts.find((path) => factValue(context.facts, path) !== undefined);
    if (!startFact) return cannotTell(starts.slice(0, 1), conditionsUsed);
    const day = dayOfNextMonth(rule, context);
    if (rule.day_of_next_month !== undefined && day === undefined)
      return cannotTell([`${rule.day_of_next_month}`], conditionsUsed);
    const period = periodOf(rule, context, startFact, day);
    const used = [...conditionsUsed, startFact, ...factOf(rule.done)];
    const deadlines = [lineOf(rule, period.due, period.basis)];
    if (!rule.done || !rule.violation) return satisfied(used, { deadlines });
    const done = dayOf(rule.done, context);
    if (!done) return cannotTell(factOf(rule.done), used, { deadlines });
    const report = (violation: Violation): Finding => {
      const { due, start, strict } = period;
      const values = { due, done, start, what: rule.what, strict };
      return findingOf(rule, violation, context, [...factOf(rule.done), startFact], values);
    };
    if (done > period.due) return violated(used, [report(rule.violation)], { deadlines });
    if (!period.isOpen || done <= period.strict) return satisfied(used, { deadlines });
    const other = lineOf(rule, period.strict, '初日を算入する厳しい読み', `${rule.what}（厳しい読み）`);
    return violated(used, [report(DATE_CONVENTION)], { deadlines: [...deadlines, other] });
  },
};

const factOf = (done: string | undefined): string[] =>
  done === undefined ? [] : [done === MONTH_END ? 'service_month' : done];

const dayOf = (path: string, { facts, month }: RuleContext): string | undefined =>
  path === MONTH_END ? month && lastDayOf(month) : factValue<string>(facts, path);

/** A period with its last day, ISO dates. */
interface Period {
  start: string;
  due: string;
  /** the last day where the first day counts */
  strict: string;
  basis: string;
  /** neither the source nor the city says how the first day counts */
  isOpen: boolean;
}

function periodOf(
  rule: DeadlineRule,
  { facts, edition }: RuleContext,
  startFact: string,
  day?: number,
): Period {
  const settled = rule.first_day === 'unstated' ? cityConfig<string>(edition, 'start_day') : undefined;
  const firstDay = settled ?? rule.first_day;
  const start = factValue<string>(facts, startFact)!;
  return {
    start,
    due: dueOf(rule, start, firstDay === 'included', day),
    strict: dueOf(rule, start, true, day),
    basis: settled ? FIRST_DAY_SETTLED : FIRST_DAY[rule.first_day],
    isOpen: firstDay === 'unstated',
  };
}

const DATE_CONVENTION: Violation = {
  code: 'F_DATE_CONVENTION',
  severity: 'review',
  message:
    '{what}：{done}は、起算日の読み方で期限内（{due}まで）とも期限後（{strict}まで）とも読めます。資料は起算日を定めていません。',
  remedy:
    '事業所の対応は不要です。審査担当が適否を判断し、市が起算日の数え方を定めると、次からはその日で審査します。',
};
const FIRST_DAY = {
  unstated: '起算日の定めがないため初日不算入で数えた',
  excluded: '資料による',
  included: '資料による（初日算入）',
};
const FIRST_DAY_SETTLED = '市の定めた起算日の数え方による';

/** A day the city supplies is unknown until it has. */
const dayOfNextMonth = (rule: DeadlineRule, { edition }: RuleContext): number | undefined =>
  typeof rule.day_of_next_month === 'string'
    ? cityConfig<number>(edition, rule.day_of_next_month)
    : rule.day_of_next_month;

function dueOf(rule: DeadlineRule, start: string, firstDayCounts: boolean, day?: number): string {
  if (day !== undefined) return `${addMonths(monthOf(start), 1)}-${String(day).padStart(2, '0')}`;
  if (rule.month_end !== undefined)
    return lastDayOf(addMonths(monthOf(start), rule.month_end === true ? 0 : rule.month_end));
  if (rule.before) return addDays(start, -((rule.before.days ?? 0) + 7 * (rule.before.weeks ?? 0)));
  return dueDate(start, rule.period ?? {}, firstDayCounts);
}

const lineOf = (rule: DeadlineRule, due: string, basis: string, what = rule.what): Deadline => ({
  what,
  due,
  basis,
  rule: rule.id,
});
