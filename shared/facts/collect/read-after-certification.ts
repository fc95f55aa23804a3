import { lastDayOf } from '../../calendar/days.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';
import { levelChangeIn, monthlyReadings } from './level-change.ts';
import { allServicesOfMonth } from './read-services.ts';
import { servicesOnDays } from './services-on-days.ts';

/**
 * Services on days after the certification, or the period of the limit, ends inside the month. The latest end of all
 * papers counts, and a certification or a level that begins after it covers the days that follow.
 */
export function readAfterCertification({
  readings,
  identity,
}: Pick<FactSources, 'readings' | 'identity'>): Found {
  const month = identity.month.value;
  if (!month || levelChangeIn(month, readings)) return found([]);
  const ends = [...readings.of('cert_valid_to'), ...monthlyReadings(readings, 'limit_to', month)];
  const end = ends
    .map((r) => String(r.value))
    .sort()
    .at(-1);
  if (!end || end < `${month}-01` || end >= lastDayOf(month)) return found([]);
  const starts = [...readings.of('cert_valid_from'), ...monthlyReadings(readings, 'limit_from', month)];
  if (starts.some(({ value }) => String(value) > end && String(value) <= lastDayOf(month))) return found([]);
  const late = servicesOnDays(allServicesOfMonth({ readings, identity }), (day) => day > end);
  if (!late) return found([]);
  return found([
    readFact('services_after_certification', late.readings, late.text),
    readFact(
      'dates.covered_to',
      ends.filter((r) => r.value === end),
    ),
  ]);
}
