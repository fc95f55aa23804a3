import { addMonths, monthsBetween, monthsFromTo } from '../calendar/days.ts';
import type { Given } from '../cover-sheet/given-facts.ts';
import { type FactSheet, factValue } from '../facts/fact.ts';
import type { HistoryMonth } from '../vocabulary/history.ts';
import type { RuleContext } from './rule-context.ts';

export type LogMonth = NonNullable<Given['monitoring']>[number] & { provider_report?: boolean };

/** The log of monitoring, and the months and periods of it that are judged. */
export interface MonitoringLog {
  entries: LogMonth[];
  entryOf(month: string): LogMonth | undefined;
  usesVideo: boolean;
  /** month in which the service started; undefined where not known */
  start: string | undefined;
  /** last month that is judged */
  until: string;
  months: string[];
  /**
   * The complete periods of `length` months, counted from the month after the start (the monitoring rules of the
   * profiles cite it). Without the start: every way they can fall in the months of the log.
   */
  periods(length: number): string[][][];
}

/**
 * Undefined where there is no log. Only what is over by `dates.checked_to` is judged. Without that day the months
 * before the first of the log were not shown and are not judged.
 */
export function monitoringLog({ facts, month }: RuleContext): MonitoringLog | undefined {
  const shown = factValue<LogMonth[]>(facts, 'monitoring');
  if (!shown) return undefined;
  const entries = [...shown, ...recordedBefore(facts, shown)];
  const start = factValue<string>(facts, 'dates.service_start_month');
  const logged = entries.map((entry) => entry.month).sort();
  const until = factValue<string>(facts, 'dates.checked_to') ?? month ?? logged.at(-1) ?? '0000-01';
  const isWhole = facts.has('dates.checked_to');
  const isShown = (m: string): boolean => isWhole || logged.some((first) => first <= m);
  return {
    entries,
    entryOf: (m) => entries.find((entry) => entry.month === m),
    usesVideo: entries.some((entry) => entry.video === true),
    start,
    until,
    months: start
      ? monthsFromTo(addMonths(start, 1), until).filter(isShown)
      : entries.map((entry) => entry.month),
    periods: (length) =>
      waysToCount(start, logged, until, length).map((way) => way.filter(([first]) => isShown(first!))),
  };
}

/**
 * The period of `length` months in which the next interview is due, as its first and last month: that of the last month
 * judged, or the next one where the person was met in it already. Undefined without the start of the service.
 */
export function nextInterviewPeriod(
  { start, until, entryOf }: MonitoringLog,
  length: number,
): { from: string; to: string } | undefined {
  if (!start) return undefined;
  const first = addMonths(start, 1);
  const passed = Math.floor(Math.max(0, monthsBetween(first, until)) / length);
  const periodAt = (index: number): { from: string; to: string } => ({
    from: addMonths(first, index * length),
    to: addMonths(first, (index + 1) * length - 1),
  });
  const current = periodAt(passed);
  const isMet = monthsFromTo(current.from, current.to).some((month) => {
    const entry = entryOf(month);
    return entry?.visit === true || entry?.video === true;
  });
  return isMet ? periodAt(passed + 1) : current;
}

/** The months directly before the first shown one, from the history, without a gap: a month that is not known is not judged. */
function recordedBefore(facts: FactSheet, shown: LogMonth[]): LogMonth[] {
  const history = factValue<HistoryMonth[]>(facts, 'history') ?? [];
  const first = shown.map(({ month }) => month).sort()[0];
  const before: LogMonth[] = [];
  for (let month = first && addMonths(first, -1); month; month = addMonths(month, -1)) {
    const seen = history.find((one) => one.month === month)?.monitoring;
    if (!seen) break;
    before.push({ month, ...seen });
  }
  return before;
}

function waysToCount(
  start: string | undefined,
  logged: string[],
  until: string,
  length: number,
): string[][][] {
  if (start) return [completePeriods(addMonths(start, 1), until, length)];
  const last = logged.filter((month) => month <= until).at(-1);
  if (last === undefined) return [];
  return Array.from({ length }, (_, i) => completePeriods(addMonths(logged[0]!, i), last, length));
}

function completePeriods(first: string, until: string, length: number): string[][] {
  const months = monthsFromTo(first, until);
  const periods: string[][] = [];
  for (let i = 0; i + length <= months.length; i += length) periods.push(months.slice(i, i + length));
  return periods;
}
