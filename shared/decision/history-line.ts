import { type FactSheet, factValue } from '../facts/fact.ts';
import type { HistoryLine, HistoryMonth } from '../vocabulary/history.ts';
import type { Decision } from './verdict.ts';

/** What decisions on later months ask of this one. */
export function toHistoryLine(facts: FactSheet, { addons_denied }: Decision): HistoryLine {
  const month = factValue<string>(facts, 'service_month');
  const claimed = factValue<string[]>(facts, 'addons_claimed');
  const log = factValue<Seen[]>(facts, 'monitoring');
  const { month: _, ...seen } = log?.find((entry) => entry.month === month) ?? {};
  return {
    used: factValue<boolean>(facts, 'flags.no_service_used') === true ? false : null,
    certification: factValue<string>(facts, 'certification') ?? null,
    addons: claimed?.filter((key) => !addons_denied.includes(key)) ?? null,
    notification: notificationOf(facts),
    contracts: factValue<string[][]>(facts, 'contracts') ?? null,
    monitoring: Object.keys(seen).length > 0 ? seen : null,
    rested_on: (factValue<HistoryMonth[]>(facts, 'history') ?? []).map(({ month: earlier, category }) => ({
      month: earlier,
      category: category ?? null,
    })),
  };
}

type Seen = NonNullable<HistoryLine['monitoring']> & { month?: string };

function notificationOf(facts: FactSheet): HistoryLine['notification'] {
  if (!facts.has('notification')) return null;
  const written = (member: string): string | null =>
    factValue<string>(facts, `notification.${member}`) ?? null;
  return {
    kind: written('kind'),
    to: written('to'),
    date: written('date'),
    effective_from: written('effective_from'),
  };
}
