import type { Reading } from '../../documents/document.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { knownFact, latestFact, latestOf, readFact } from '../make-fact.ts';
import type { FactSources } from './fact-sources.ts';

/** Dates of the records, and the days of decision and receipt. */
export function readDates({
  readings,
  cover,
  today,
  received,
}: Pick<FactSources, 'readings' | 'cover' | 'today' | 'received'>): Found {
  const explained = readings.of('consent_date', (d) => d.kind === 'juyo_jiko_setsumeisho');
  // The sender may set "today" only in a dry run, where nothing was received.
  const isOurDay = Boolean(received) || !cover.has('dates.today');
  const signed = readings.of('contract_date', (d) => d.readings.some((r) => r.value === 'kyotaku_office'));
  return found([
    latestFact('dates.assessment', readings, 'assessment_date'),
    latestFact('dates.checklist', readings, 'checklist_date'),
    readFact('dates.juyo_jiko_consent', explained, latestOf(explained)),
    isOurDay ? knownFact('dates.today', today, '判断の日') : undefined,
    received ? knownFact('dates.received', received, '受付日') : undefined,
    directContract(signed),
  ]);
}

/** The latest contract to which a 居宅介護支援事業所 is a party. */
const directContract = (signed: Reading[]): Fact | undefined =>
  readFact('dates.direct_contract', signed, latestOf(signed));
