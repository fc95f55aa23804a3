import * as z from 'zod';
import { lastDayOf, monthOf } from '../../calendar/days.ts';
import { factValue } from '../../facts/fact.ts';
import { entryOf, violationSchema } from '../entry-base.ts';
import { type LogMonth, type MonitoringLog, monitoringLog } from '../monitoring-log.ts';
import type { RuleOf } from '../rule.ts';
import { findingOf, type RuleContext } from '../rule-context.ts';
import { cannotTell, type RuleResult, satisfied, violated } from '../rule-result.ts';
import type { RuleTemplate } from '../rule-template.ts';

const entry = entryOf('monitoring', {
  check: z.enum([
    'visit_each_period',
    'visit_in_consecutive_periods',
    'video_consent',
    'video_agreement',
    'monthly_record',
    'monthly_contact',
    'provider_report',
    'evaluation_month_visit',
    'significant_change_visit',
  ]),
  period_months: z.number().int().positive().optional().describe('訪問の期間の長さ（月）'),
  consecutive: z.number().int().positive().optional().describe('続く期間の数'),
  agreed_items: z
    .array(z.union([z.string(), z.array(z.string()).min(1)]))
    .default([])
    .describe('合意すべき事項。一覧は同じ事項の番号の書き方（i と a など）'),
  unit: z.string().default('月'),
  violation: violationSchema,
});
type Monitoring = RuleOf<z.output<typeof entry>>;

/** What must have happened in the months of the log. */
export const monitoring: RuleTemplate<typeof entry> = {
  name: 'monitoring',
  entry,
  reads: () => [
    'monitoring',
    'monitoring.provider_report',
    'dates.service_start_month',
    'dates.checked_to',
    'dates.plan_to',
    'dates.significant_change',
    'documents',
    'flags.video_consent_doc',
    'flags.video_agreed_items',
  ],
  fills: () => ['months', 'items', 'end'],
  raises: (rule) => [rule.violation],
  judge(rule, context, conditionsUsed) {
    const log = monitoringLog(context);
    if (!log) return cannotTell(['monitoring'], conditionsUsed);
    const used = [...conditionsUsed, 'monitoring', 'dates.service_start_month'];
    return CHECKS[rule.check]({ rule, log, context, conditionsUsed, used });
  },
};

interface Case {
  rule: Monitoring;
  log: MonitoringLog;
  context: RuleContext;
  conditionsUsed: readonly string[];
  used: readonly string[];
}

const CHECKS: Record<Monitoring['check'], (c: Case) => RuleResult> = {
  visit_each_period: (c) =>
    visits(c, (periods) => periods.filter((p) => !has(c, p, 'visit') && !has(c, p, 'video'))),
  visit_in_consecutive_periods: (c) => visits(c, (periods) => runWithoutVisit(c, periods)),
  video_consent(c) {
    if (!c.log.usesVideo || c.context.documents.has('video_doisho')) return satisfied(c.used);
    return fails(c, {}, ['flags.video_consent_doc']);
  },
  video_agreement: agreement,
  monthly_record: (c) => everyMonth(c, (month) => month?.record === true),
  monthly_contact: (c) => everyMonth(c, isReached),
  provider_report(c) {
    const isReported = c.log.entries.some((month) => month.provider_report !== undefined);
    if (!isReported) return cannotTell(['monitoring.provider_report'], c.used);
    return everyMonth(c, (month) => month?.provider_report === true);
  },
  evaluation_month_visit(c) {
    const end = factValue<string>(c.context.facts, 'dates.plan_to');
    if (!end) return cannotTell(['dates.plan_to'], c.used);
    const month = monthOf(end);
    if (month > c.log.until) return satisfied([...c.used, 'dates.plan_to']);
    if (c.log.entryOf(month)?.visit === true) return satisfied(c.used);
    return fails(c, { months: month, end: lastDayOf(month) });
  },
  significant_change_visit(c) {
    // A visit before the change does not show what came of it. Without its month, any visit of the log may be the one.
    const since = changeMonth(c.context) ?? '';
    const isVisited = c.log.entries.some(({ month, visit }) => visit === true && month >= since);
    return isVisited ? satisfied(c.used) : fails(c, { months: since }, ['flags.significant_change']);
  },
};

/** The month of a change: of its day where a source gives one, else the service month of the papers that report it. */
function changeMonth({ facts, month }: RuleContext): string | undefined {
  const day = factValue<string>(facts, 'dates.significant_change');
  return day === undefined ? month : monthOf(day);
}

const fails = (
  { rule, context, used }: Case,
  values: Record<string, string>,
  about = ['monitoring'],
): RuleResult => violated(used, [findingOf(rule, rule.violation, context, about, values)]);

/** Violated only where the periods lack a visit however they fall. Without the start they could fall otherwise. */
function visits(c: Case, lacking: (periods: string[][]) => string[][]): RuleResult {
  const ways = c.log.periods(c.rule.period_months ?? 1).map(lacking);
  if (ways.length > 0 && ways.every((periods) => periods.length > 0))
    return fails(c, { months: ways[0]!.map((p) => `${p[0]}〜${p.at(-1)}`).join('、') });
  return c.log.start ? satisfied(c.used) : cannotTell(['dates.service_start_month'], c.conditionsUsed);
}

/** The first run of consecutive periods with video and without any visit. */
function runWithoutVisit(c: Case, periods: string[][]): string[][] {
  const length = c.rule.consecutive ?? 1;
  const runs = periods.map((_, i) => periods.slice(i, i + length)).filter((run) => run.length === length);
  return (
    runs.find((run) => run.every((p) => !has(c, p, 'visit')) && run.some((p) => has(c, p, 'video'))) ?? []
  );
}

const has = ({ log }: Case, period: string[], way: 'visit' | 'video'): boolean =>
  period.some((month) => log.entryOf(month)?.[way] === true);

function agreement(c: Case): RuleResult {
  if (!c.log.usesVideo) return satisfied(c.used);
  const agreed = factValue<string[]>(c.context.facts, 'flags.video_agreed_items');
  if (!agreed) return cannotTell(['flags.video_agreed_items'], c.used);
  const absent = c.rule.agreed_items
    .map((item) => [item].flat())
    .filter((names) => !names.some((name) => agreed.includes(name)))
    .map(([name]) => name);
  if (absent.length === 0) return satisfied(c.used);
  return fails(c, { items: absent.join('・') }, ['flags.video_agreed_items']);
}

function everyMonth(c: Case, holds: (month: LogMonth | undefined) => boolean): RuleResult {
  const lacking = c.log.months.filter((month) => !holds(c.log.entryOf(month)));
  return lacking.length > 0 ? fails(c, { months: lacking.join('、') }) : satisfied(c.used);
}

/** Met at home, by video or elsewhere, or at least reached (電話等): any way the log names but the two records. */
function isReached(entry: LogMonth | undefined): boolean {
  if (!entry) return false;
  const { month, record, provider_report, ...ways } = entry;
  return Object.values(ways).includes(true);
}
