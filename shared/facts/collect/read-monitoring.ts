import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** One month of monitoring: whether there is a record, and how the person was seen (visit, video, phone, contact). */
type MonitoringMonth = Record<string, string | true>;

/** Entries «YYYY-MM visit» of the records, as one line a month. */
export function readMonitoring({ readings }: Pick<FactSources, 'readings'>): Found {
  const entries = readings.of('monitoring_entry');
  const months = new Map<string, MonitoringMonth>();
  for (const entry of entries) {
    const [month, how] = String(entry.value).split(' ');
    if (!month) continue;
    months.set(month, { ...(months.get(month) ?? { month }), record: true, ...(how && { [how]: true }) });
  }
  return found([readFact('monitoring', entries, [...months.values()])]);
}
