import { addMonths } from '../../calendar/days.ts';
import { type HistoryMonth, wasUsed } from '../../vocabulary/history.ts';
import { type Fact, type ReadonlyFacts, usableValue } from '../fact.ts';
import { monthText } from '../history-text.ts';

/**
 * The category of the last month in which anything was used: a month without use makes no switch. Undefined where a
 * month between is not known.
 * @param month the service month, YYYY-MM
 */
export function previousCategoryOf(facts: ReadonlyFacts, month: string): Fact | undefined {
  const history = facts.get('history');
  const months = usableValue<HistoryMonth[]>(history) ?? [];
  if (!history) return undefined;
  for (let before = addMonths(month, -1); ; before = addMonths(before, -1)) {
    const one = months.find((entry) => entry.month === before);
    if (!one) return undefined;
    if (one.category)
      return {
        path: 'previous_category',
        state: history.state,
        value: one.category,
        evidence: history.evidence.filter(({ raw }) => raw === before || raw.startsWith('[')),
        reason: `${monthText(before)}の記録`,
      };
    if (wasUsed(one) !== false) return undefined;
  }
}
