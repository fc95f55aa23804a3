import type { Finding } from '../../findings/finding.ts';
import { factLabel } from '../../vocabulary/fact-labels.ts';
import type { FactSheet } from '../fact.ts';
import { putRead, type Readings } from '../readings.ts';
import { conflict } from './conflict.ts';

export function readCertification(facts: FactSheet, readings: Readings, findings: Finding[]): void {
  const all = readings.of('certification');
  // UPKIHON has no code for 事業対象者 and writes 非該当; another document that knows better is no conflict.
  const telling = all.filter((r) => r.value !== 'none');
  const fact = putRead(facts, 'certification', telling.length > 0 ? telling : all);
  if (fact?.state === 'conflicting')
    findings.push(conflict('要介護状態区分', telling[0]!.where, fact.reason ?? ''));
  if (!fact || fact.value === 'none') {
    const result = readings.of('checklist_result').filter((r) => r.value === '該当あり');
    if (result.length > 0) putRead(facts, 'certification', result, '事業対象者');
  }
  putRead(facts, 'previous_certification', readings.of('previous_certification'));
  for (const [path, field] of [
    ['cert_valid_from', 'cert_valid_from'],
    ['cert_valid_to', 'cert_valid_to'],
  ] as const) {
    const dates = putRead(facts, path, readings.of(field));
    if (dates?.state === 'conflicting')
      findings.push(conflict(factLabel(path), dates.evidence[0]!.where, dates.reason ?? ''));
  }
}
