import { lastDayOf } from '../../calendar/days.ts';
import type { Reading } from '../../documents/document.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';
import { levelChangeIn, monthlyReadings } from './level-change.ts';
import { allServicesOfMonth } from './read-services.ts';
import { servicesOnDays } from './services-on-days.ts';

/**
 * Services on days before the certification, or the period of the limit, begins inside the month. A change from another
 * level is no beginning: the days before it belong to that level.
 */
export function readBeforeCertification({
  readings,
  identity,
}: Pick<FactSources, 'readings' | 'identity'>): Found {
  const month = identity.month.value;
  const before = month ? levelChangeIn(month, readings)?.before : undefined;
  if (!month || (before && before !== 'none')) return found([]);
  const starts = startsInside(month, readings);
  const start = starts
    .map((r) => String(r.value))
    .sort()
    .at(-1);
  if (!start) return found([]);
  const early = servicesOnDays(allServicesOfMonth({ readings, identity }), (day) => day < start);
  if (!early) return found([]);
  return found([
    readFact('services_before_certification', early.readings, early.text),
    readFact(
      'dates.covered_from',
      starts.filter((r) => r.value === start),
    ),
  ]);
}

/**
 * Starts inside the month, where nothing covers the days before them. An earlier period that ends before the new
 * certification begins covers them; one that goes on past its beginning contradicts it and does not.
 */
function startsInside(month: string, readings: Readings): Reading[] {
  const certified = readings.of('cert_valid_from');
  const limits = monthlyReadings(readings, 'limit_from', month);
  const isInside = ({ value }: Reading): boolean =>
    String(value) > `${month}-01` && String(value) <= lastDayOf(month);
  const isEarlier = ({ value }: Reading): boolean => String(value) <= `${month}-01`;
  const inside = certified.filter(isInside);
  if (inside.length === 0) return limits.filter(isInside);
  const until = monthlyReadings(readings, 'limit_to', month);
  const endsBefore = until.some((end) => inside.every((start) => String(end.value) < String(start.value)));
  return limits.some(isEarlier) && endsBefore ? [] : [...inside, ...limits.filter(isInside)];
}
