import * as z from 'zod';
import { addDays, dueDate, lastDayOf } from '../../calendar/days.ts';
import { factValue } from '../../facts/fact.ts';
import { pathsOf } from '../condition-facts.ts';
import { conditionSchema, evaluate } from '../conditions.ts';
import { configured, configuredPath, entryOf, periodSchema, violationSchema } from '../entry-base.ts';
import { monitoringLog, nextInterviewPeriod } from '../monitoring-log.ts';
import { cityConfig, entryName, type RuleBook, type RuleOf } from '../rule.ts';
import type { RuleContext } from '../rule-context.ts';
import { cannotTell, notApplicable, satisfied, type Watch } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('watch', {
  what: z.string().describe('届くのを待つもの'),
  opens: conditionSchema.describe('この提出の後に、届くのを待ち始める条件'),
  closes: conditionSchema.describe('この提出で届いたことになる条件'),
  start: z
    .union([z.string(), z.array(z.string()).min(1)])
    .describe('起算日となる事実。いくつか書けば、分かる最初のもの'),
  period: periodSchema.optional(),
  days: configured.optional().describe('期間の日数。市が定めるものは config.名前'),
  before: periodSchema.optional().describe('起算日から数えて前へ、遅くともこの長さ'),
  first_day: z.enum(['unstated', 'excluded', 'included']).default('excluded').describe('初日の数え方'),
  awaits_designation: z
    .boolean()
    .default(false)
    .describe('起算日は事業所の指定の日。まだ指定がなければ、登録簿に載るのを待つ'),
  only_ahead: z.boolean().default(false).describe('受付の日に期限が過ぎていれば、待ち始めない'),
  within_month: z
    .boolean()
    .default(false)
    .describe('期限が提供月のうちに過ぎていれば、待ち始めない（その月の規則が指摘する）'),
  latest_only: z.boolean().default(false).describe('起算日が後のものが来れば、前のものは待たない'),
  interview_months: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('面接の期間の長さ（月）。サービスの開始月の翌月から数え、まだ面接のない期間の末日を期限とする'),
  unit: z.string().default('日'),
  overdue: violationSchema.describe('期限までに届かなかったとき、包括の確認待ちに出す文'),
});
type WatchRule = RuleOf<z.output<typeof entry>>;

/**
 * A paper that must come after this one. The packet that starts the wait opens a watch, a packet that brings the paper
 * closes it; the sweep raises what is open on the day after it was due (shared/records/steps/watch.ts).
 */
export const watch: RuleTemplate<typeof entry> = {
  name: 'watch',
  entry,
  reads: (rule) => [
    ...[rule.opens, rule.closes].flatMap((c) => {
      const { read, compared } = pathsOf(c);
      return [...read, ...compared];
    }),
    ...[rule.start].flat(),
    ...configuredPath(rule.days),
    ...(rule.only_ahead ? ['dates.received', 'dates.today'] : []),
    ...(rule.interview_months ? ['monitoring', 'history', 'dates.checked_to'] : []),
  ],
  fills: () => ['what', 'start', 'due'],
  raises: (rule) => [rule.overdue],
  judge(rule, context, conditionsUsed) {
    const closes = evaluate(rule.closes, context.facts);
    const used = [...conditionsUsed, ...closes.used];
    if (closes.truth === true) return satisfied(used, { watch: { closes: entryName(rule) } });
    const opens = evaluate(rule.opens, context.facts);
    if (opens.truth === null) return cannotTell(opens.needs, used);
    if (opens.truth === false) return notApplicable([...used, ...opens.used]);
    const startFact = [rule.start].flat().find((path) => factValue(context.facts, path) !== undefined);
    if (!startFact && !rule.awaits_designation) return cannotTell([rule.start].flat().slice(0, 1), used);
    if (rule.days && cityConfig<number>(context.edition, rule.days) === undefined)
      return cannotTell([rule.days], used);
    if (rule.interview_months && !monitoringLog(context)) return cannotTell(['monitoring'], used);
    const opened = openedBy(rule, context, startFact);
    if (rule.only_ahead && opened.due !== null && opened.due < dayOf(context)) return notApplicable(used);
    const monthEnd = context.month && lastDayOf(context.month);
    if (rule.within_month && opened.due !== null && monthEnd && opened.due < monthEnd)
      return notApplicable(used);
    return satisfied([...used, ...opens.used, ...(startFact ? [startFact] : [])], {
      watch: { opens: opened },
    });
  },
};

/** The day of receipt; in a dry run, of the decision. */
const dayOf = ({ facts }: RuleContext): string =>
  factValue<string>(facts, 'dates.received') ?? factValue<string>(facts, 'dates.today') ?? '';

function openedBy(rule: WatchRule, context: RuleContext, startFact?: string): Watch {
  const { facts, edition } = context;
  const interview = rule.interview_months ? interviewDays(context, rule.interview_months) : undefined;
  const start = interview?.start ?? (startFact ? factValue<string>(facts, startFact)! : null);
  const settled = rule.first_day === 'unstated' ? cityConfig<string>(edition, 'start_day') : undefined;
  const countsFirstDay = (settled ?? rule.first_day) === 'included';
  const { code, severity, message, remedy } = rule.overdue;
  return {
    rule: rule.id,
    name: entryName(rule),
    what: rule.what,
    start,
    due: interview?.due ?? (start && dueOf(rule, edition, start, countsFirstDay)),
    awaits: rule.awaits_designation && rule.period ? { ...rule.period, countsFirstDay } : null,
    latest_only: rule.latest_only,
    code,
    severity,
    message,
    remedy,
    citation: rule.citation,
    edition: rule.edition,
  };
}

/** The first and last day of the period in which the next interview is due. */
function interviewDays(context: RuleContext, length: number): { start: string; due: string } | undefined {
  const log = monitoringLog(context);
  const period = log && nextInterviewPeriod(log, length);
  return period && { start: `${period.from}-01`, due: lastDayOf(period.to) };
}

function dueOf(rule: WatchRule, edition: RuleBook, start: string, countsFirstDay: boolean): string {
  const { period, before, days } = rule;
  if (before) return addDays(start, -((before.days ?? 0) + 7 * (before.weeks ?? 0)));
  if (days) return dueDate(start, { days: cityConfig<number>(edition, days)! }, countsFirstDay);
  return period ? dueDate(start, period, countsFirstDay) : start;
}
