import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** Offices that planned the month by its 利用票 (プラン担当業者コード), where there is more than one. */
export function readPlanningOffices({
  readings,
  identity,
}: Pick<FactSources, 'readings' | 'identity'>): Found {
  const month = identity.month.value;
  const offices = readings.of(
    'office_number',
    ({ title, readings: own }) =>
      (title === 'UPPLAN' || title === 'UPJSK') &&
      own.some((r) => r.field === 'service_month' && r.value === month),
  );
  const numbers = [...new Set(offices.map((r) => String(r.value)))].sort();
  return found([numbers.length > 1 ? readFact('planning_offices', offices, numbers.join('、')) : undefined]);
}
