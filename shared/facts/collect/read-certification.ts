import { factLabel } from '../../vocabulary/fact-labels.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { Readings } from '../readings.ts';
import { conflictFinding } from './conflict-finding.ts';
import type { FactSources } from './fact-sources.ts';

/** 要介護状態区分 now and before, and the period it is valid for. */
export function readCertification({ readings }: Pick<FactSources, 'readings'>): Found {
  const certification = certificationOf(readings);
  const from = readFact('cert_valid_from', readings.of('cert_valid_from'));
  const to = readFact('cert_valid_to', readings.of('cert_valid_to'));
  return found(
    [
      candidate(readings, certification),
      readFact('previous_certification', readings.of('previous_certification')),
      from,
      to,
    ],
    [
      ...conflictFinding(certification, '要介護状態区分'),
      ...conflictFinding(from, factLabel('cert_valid_from')),
      ...conflictFinding(to, factLabel('cert_valid_to')),
    ],
  );
}

/** UPKIHON has no code for 事業対象者 and writes 非該当: a document that names a certification is no conflict. */
function certificationOf(readings: Readings): Fact | undefined {
  const all = readings.of('certification');
  const named = all.filter((r) => r.value !== 'none');
  return readFact('certification', named.length > 0 ? named : all);
}

/** A person without certification whose 基本チェックリスト applies is 事業対象者. */
function candidate(readings: Readings, certification: Fact | undefined): Fact | undefined {
  if (certification && certification.value !== 'none') return certification;
  const positive = readings.of('checklist_result').filter((r) => r.value === '該当あり');
  return readFact('certification', positive, '事業対象者') ?? certification;
}
