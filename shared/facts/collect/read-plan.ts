import { addMonths, monthOf } from '../../calendar/days.ts';
import type { ReadDocument } from '../../documents/document.ts';
import { type Fact, usableValue } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { evidenceOf, fileEvidence, knownFact, latestFact, readFact } from '../make-fact.ts';
import { isNewestPlan, isPlan, planReadings, type Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';

/** The plan: its kind and dates, whether it exists, is signed and was made for this month. */
export function readPlan({
  readings,
  documents,
  identity,
}: Pick<FactSources, 'readings' | 'documents' | 'identity'>): Found {
  const always = [
    readFact('plan_kind', planReadings(readings, 'plan_kind')),
    latestFact('dates.plan_created', readings, 'plan_created'),
    latestFact('dates.plan_to', readings, 'plan_to'),
  ];
  const [plan] = plansIn(documents);
  if (!plan) return found(always);
  return found([
    ...always,
    knownFact('flags.plan_exists', true, '計画書が届いている', fileEvidence(plan)),
    signedFact(readings),
    consentedFact(readings),
    newVersionFact(readings, usableValue<string>(identity.month.shown)),
  ]);
}

/** The plans themselves; UPYOBO_SUB is the table of one. */
export const plansIn = (documents: ReadDocument[]): ReadDocument[] =>
  documents.filter((d) => isPlan(d) && d.title !== 'UPYOBO_SUB');

/** Signed by a signature, or by a consent with date and name. */
function signedFact(readings: Readings): Fact {
  const dates = readings.of('consent_date', isPlan);
  const names = readings.of('consent_name', isPlan);
  const signatures = readings.of('signed', isPlan);
  const isSigned = signatures.some((r) => r.value === true) || (dates.length > 0 && names.length > 0);
  return knownFact(
    'flags.plan_signed',
    isSigned,
    '計画に関する同意（同意日と同意者氏名）の記載',
    evidenceOf([...signatures, ...dates, ...names]),
  );
}

function consentedFact(readings: Readings): Fact | undefined {
  const dates = readings.of('consent_date', isNewestPlan(readings));
  if (dates.length === 0) return undefined;
  return knownFact('dates.plan_consented', dates[0]!.value, '同意日', evidenceOf(dates));
}

/** Made again after the first time, in the month of service or the one before. */
function newVersionFact(readings: Readings, month: string | undefined): Fact | undefined {
  const created = readings.first<string>('plan_created', isPlan);
  const first = readings.first<string>('plan_first_created', isPlan);
  if (!created || !month) return undefined;
  const isRecent = monthOf(created) >= addMonths(month, -1) && monthOf(created) <= month;
  return knownFact(
    'flags.plan_is_new_version',
    (first === undefined || first < created) && isRecent,
    '計画作成日と初回作成日から',
    evidenceOf(readings.of('plan_created', isPlan)),
  );
}
