import { addMonths, lastDayOf, monthOf, monthsFromTo } from '../../calendar/days.ts';
import type { Given } from '../../cover-sheet/given-facts.ts';
import { factValue } from '../../facts/fact.ts';
import {
  cannotTell,
  findingOf,
  type RuleContext,
  type RuleOf,
  type RuleResult,
  satisfied,
} from '../rule-context.ts';

type Month = NonNullable<Given['monitoring']>[number] & { provider_report?: boolean };

/**
 * monitoring: what must have happened in the months of the log.
 * Periods: three months each, counted from the month after the service start (岡山市 コメント1, 延岡市 第32条(19)).
 * Only periods that are over by `dates.checked_to` are judged; where it is not said, what lies before the first month
 * of the log was not shown and is not judged. Where the start is not known, only what is violated however the periods
 * fall.
 */
export function monitoring(rule: RuleOf<'monitoring'>, context: RuleContext, used: string[]): RuleResult {
  const log = factValue<Month[]>(context.facts, 'monitoring');
  if (!log) return cannotTell(['monitoring'], used);
  const start = factValue<string>(context.facts, 'dates.service_start_month');
  const all = [...used, 'monitoring', 'dates.service_start_month'];
  const until = checkedTo(log, context);
  const violation = (values: Record<string, string>, about = ['monitoring']): RuleResult => ({
    status: 'violated',
    findings: [findingOf(rule, rule.violation, context, about, values)],
    used: all,
    needs: [],
  });
  const at = (month: string): Month | undefined => log.find((m) => m.month === month);
  const whole = context.facts.has('dates.checked_to');
  const shown = (month: string): boolean => whole || log.some((m) => m.month <= month);
  const months = start ? monthsFromTo(addMonths(start, 1), until).filter(shown) : log.map((m) => m.month);
  const ways = periodings(start, log, until, rule.period_months).map((w) => w.filter((p) => shown(p[0]!)));
  const has = (period: string[], what: 'visit' | 'video'): boolean =>
    period.some((m) => at(m)?.[what] === true);
  const usesVideo = log.some((m) => m.video === true);

  switch (rule.check) {
    case 'visit_each_period': {
      const empty = ways.map((periods) => periods.filter((p) => !has(p, 'visit') && !has(p, 'video')));
      if (empty.length > 0 && empty.every((periods) => periods.length > 0))
        return violation({ months: empty[0]!.map(span).join('、') });
      return start ? satisfied(all) : cannotTell(['dates.service_start_month'], used);
    }
    case 'visit_in_consecutive_periods': {
      const bare = ways.map((periods) =>
        periods
          .map((_, i) => periods.slice(i, i + rule.consecutive))
          .filter((run) => run.length === rule.consecutive)
          .find((run) => run.every((p) => !has(p, 'visit')) && run.some((p) => has(p, 'video'))),
      );
      if (bare.length > 0 && bare.every((run) => run !== undefined))
        return violation({ months: bare[0]!.map(span).join('、') });
      return start ? satisfied(all) : cannotTell(['dates.service_start_month'], used);
    }
    case 'video_consent':
      if (!usesVideo) return satisfied(all);
      return context.documents.has('video_doisho')
        ? satisfied(all)
        : violation({}, ['flags.video_consent_doc']);
    case 'video_agreement': {
      if (!usesVideo) return satisfied(all);
      const agreed = factValue<string[]>(context.facts, 'flags.video_agreed_items');
      if (!agreed) return cannotTell(['flags.video_agreed_items'], all);
      const absent = rule.agreed_items
        .map((item) => [item].flat())
        .filter((names) => !names.some((name) => agreed.includes(name)))
        .map(([name]) => name);
      return absent.length > 0
        ? violation({ items: absent.join('・') }, ['flags.video_agreed_items'])
        : satisfied(all);
    }
    case 'monthly_record':
      return everyMonth(months, (m) => at(m)?.record === true, violation, all);
    case 'provider_report': {
      const told = log.some((m) => m.provider_report !== undefined);
      if (!told) return cannotTell(['monitoring.provider_report'], all);
      return everyMonth(months, (m) => at(m)?.provider_report === true, violation, all);
    }
    case 'monthly_contact':
      return everyMonth(months, (m) => isReached(at(m)), violation, all);
    case 'evaluation_month_visit': {
      const end = factValue<string>(context.facts, 'dates.plan_to');
      if (!end) return cannotTell(['dates.plan_to'], all);
      if (monthOf(end) > until) return satisfied([...all, 'dates.plan_to']);
      return at(monthOf(end))?.visit === true
        ? satisfied(all)
        : violation({ months: monthOf(end), end: lastDayOf(monthOf(end)) });
    }
    case 'significant_change_visit':
      return log.some((m) => m.visit === true) ? satisfied(all) : violation({}, ['flags.significant_change']);
  }
}

function everyMonth(
  months: string[],
  holds: (month: string) => boolean,
  violation: (values: Record<string, string>) => RuleResult,
  used: string[],
): RuleResult {
  const bad = months.filter((m) => !holds(m));
  return bad.length > 0 ? violation({ months: bad.join('、') }) : satisfied(used);
}

/** Met at home, by video or elsewhere, or at least reached (電話等): any way the log names but the two records. */
const isReached = ({ month: _, record, provider_report, ...ways }: Month = { month: '' }): boolean =>
  Object.values(ways).includes(true);

function checkedTo(log: Month[], context: RuleContext): string {
  const to = factValue<string>(context.facts, 'dates.checked_to') ?? context.month;
  return (
    to ??
    log
      .map((m) => m.month)
      .sort()
      .at(-1) ??
    '0000-01'
  );
}

/** The periods from the month after the start; without it, every way they can fall in the months of the log. */
function periodings(start: string | undefined, log: Month[], until: string, length: number): string[][][] {
  if (start) return [completePeriods(addMonths(start, 1), until, length)];
  const months = log.map((m) => m.month).sort();
  const last = months.filter((m) => m <= until).at(-1);
  if (last === undefined) return [];
  return Array.from({ length }, (_, i) => completePeriods(addMonths(months[0]!, i), last, length));
}

function completePeriods(first: string, until: string, length: number): string[][] {
  const months = monthsFromTo(first, until);
  const periods: string[][] = [];
  for (let i = 0; i + length <= months.length; i += length) periods.push(months.slice(i, i + length));
  return periods;
}

const span = (period: string[]): string => `${period[0]}〜${period.at(-1)}`;
