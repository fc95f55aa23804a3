import { addMonths, monthOf } from '../../calendar/days.ts';
import type { ReadDocument } from '../../documents/document.ts';
import { type Evidence, type FactSheet, factValue } from '../fact.ts';
import { evidenceOf, putDerived, putRead, type Readings } from '../readings.ts';
import { latest } from './read-dates.ts';

export function readPlan(facts: FactSheet, readings: Readings, documents: ReadDocument[]): void {
  const isPlan = (d: ReadDocument): boolean => d.kind === 'shien_keikakusho';
  putRead(
    facts,
    'plan_kind',
    readings.of('plan_kind', isPlan).length > 0 ? readings.of('plan_kind', isPlan) : readings.of('plan_kind'),
  );
  latest(facts, 'dates.plan_created', readings, 'plan_created');
  latest(facts, 'dates.plan_to', readings, 'plan_to');
  const plans = documents.filter((d) => isPlan(d) && d.title !== 'UPYOBO_SUB');
  if (plans.length === 0) return;
  putDerived(facts, 'flags.plan_exists', true, 'known', '計画書が届いている', [
    { source: 'document', where: { file: plans[0]!.file }, raw: '' },
  ]);
  const consent = [...readings.of('consent_date', isPlan), ...readings.of('consent_name', isPlan)];
  const signed = readings.of('signed', isPlan);
  const bothFilled =
    readings.of('consent_date', isPlan).length > 0 && readings.of('consent_name', isPlan).length > 0;
  const isSigned = signed.length > 0 ? signed.some((r) => r.value === true) || bothFilled : bothFilled;
  putDerived(
    facts,
    'flags.plan_signed',
    isSigned,
    'known',
    '計画に関する同意（同意日と同意者氏名）の記載',
    evidenceOf([...signed, ...consent]),
  );
  const fixed = readings.of('consent_date', isPlan);
  if (fixed.length > 0) {
    putDerived(facts, 'dates.plan_consented', fixed[0]!.value, 'known', '同意日', evidenceOf(fixed));
  }
  const [created, first] = [
    readings.first<string>('plan_created', isPlan),
    readings.first<string>('plan_first_created', isPlan),
  ];
  const month = factValue<string>(facts, 'service_month');
  if (created && month) {
    const isNew =
      (first === undefined || first < created) &&
      monthOf(created) >= addMonths(month, -1) &&
      monthOf(created) <= month;
    putDerived(
      facts,
      'flags.plan_is_new_version',
      isNew,
      'known',
      '計画作成日と初回作成日から',
      evidenceOf(readings.of('plan_created', isPlan)),
    );
  }
  const parts = documents.filter((d) => d.title === 'UPYOBO_SUB' && d.outcome === 'used');
  if (parts.length > 0) {
    // Only data says for certain that a field is empty; on paper it may be written by hand.
    const inParts = (d: ReadDocument): boolean => parts.includes(d);
    const blank = (['goal', 'plan_period'] as const).filter(
      (field) => readings.of(field, inParts).length === 0,
    );
    const at: Evidence[] = [{ source: 'document', where: { file: parts[0]!.file }, raw: '' }];
    const names = blank.map((field) => (field === 'goal' ? '目標' : '期間'));
    putDerived(facts, 'flags.plan_blank_fields', names, 'known', '支援計画の記載', at);
    putDerived(
      facts,
      'flags.goal_period_blank',
      blank.includes('plan_period'),
      'known',
      '支援計画の期間の記載',
      at,
    );
  }
  const domains = [
    'assessment_domain_1',
    'assessment_domain_2',
    'assessment_domain_3',
    'assessment_domain_4',
  ] as const;
  const filled = domains.filter((d) => readings.of(d, isPlan).length > 0);
  const readable = plans.filter((d) => d.read_by === 'csv' || filled.length > 0);
  if (readable.length > 0) {
    putDerived(
      facts,
      'flags.assessment_blank',
      filled.length < domains.length,
      'known',
      '計画書の４領域の記載',
      [{ source: 'document', where: { file: readable[0]!.file }, raw: '' }],
    );
  }
}
