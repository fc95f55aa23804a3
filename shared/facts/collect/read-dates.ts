import type { FactSheet } from '../fact.ts';
import { putDerived, putRead, type Readings } from '../readings.ts';
import type { CollectContext } from './collect-context.ts';

/** Dates of the records, and the desk's own. The sender may say "today" only in a dry run, where there is no desk. */
export function readDates(
  facts: FactSheet,
  readings: Readings,
  cover: FactSheet,
  context: CollectContext,
): void {
  latest(facts, 'dates.assessment', readings, 'assessment_date');
  latest(facts, 'dates.checklist', readings, 'checklist_date');
  latest(facts, 'dates.contract_from', readings, 'contract_from');
  latest(facts, 'dates.contract_to', readings, 'contract_to');
  const explained = readings.of('consent_date', (d) => d.kind === 'juyo_jiko_setsumeisho');
  if (explained.length > 0) putRead(facts, 'dates.juyo_jiko_consent', explained, explained[0]!.value);
  if (context.received || !cover.has('dates.today')) {
    putDerived(facts, 'dates.today', context.today, 'known', '判断の日');
  }
  if (context.received) putDerived(facts, 'dates.received', context.received, 'known', '受付日');
  const contract = readings.of('contract_date', (d) => d.readings.some((r) => r.value === 'kyotaku_office'));
  if (contract.length > 0)
    putRead(
      facts,
      'dates.direct_contract',
      contract,
      contract
        .map((r) => String(r.value))
        .sort()
        .at(-1),
    );
}

/** The latest of several dates: a plan that was made again counts as made then. */
export function latest(
  facts: FactSheet,
  path: string,
  readings: Readings,
  field: Parameters<Readings['of']>[0],
): void {
  const found = readings.of(field);
  if (found.length === 0) return;
  const newest = found
    .map((r) => String(r.value))
    .sort()
    .at(-1)!;
  putRead(facts, path, found, newest);
}
