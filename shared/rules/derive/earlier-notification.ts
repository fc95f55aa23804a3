import { putDerived } from '../../facts/derive/put-derived.ts';
import { type FactSheet, factValue } from '../../facts/fact.ts';
import type { HistoryMonth } from '../../vocabulary/history.ts';

/** Whether the 届出 shown is the one an earlier month already brought: known where both days of filing are. */
export function deriveEarlierNotification(facts: FactSheet): void {
  const date = factValue<string>(facts, 'notification.date');
  const history = factValue<HistoryMonth[]>(facts, 'history') ?? [];
  const days = history.flatMap(({ notification }) => notification?.date ?? []);
  if (!date || days.length === 0) return;
  putDerived(facts, 'notification_is_earlier', days.includes(date), { from: 'notification.date' });
}
