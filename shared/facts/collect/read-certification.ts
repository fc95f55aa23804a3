import { CERTIFICATION_STATES } from '../../vocabulary/certification-state.ts';
import { factLabel } from '../../vocabulary/fact-labels.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { Readings } from '../readings.ts';
import { conflictFinding } from './conflict-finding.ts';
import type { FactSources } from './fact-sources.ts';
import { isOfNoOtherMonth, levelBeforeLaterChange, levelChangeIn, monthlyReadings } from './level-change.ts';

/** 要介護状態区分 now and before, whether it is settled, since when, and the period it is valid for. */
export function readCertification({ readings, identity }: Pick<FactSources, 'readings' | 'identity'>): Found {
  const month = identity.month.value;
  const certification = certificationOf(readings, month);
  const from = readFact('cert_valid_from', readings.of('cert_valid_from'));
  const to = readFact('cert_valid_to', readings.of('cert_valid_to'));
  const limitFrom = readFact('dates.limit_from', monthlyReadings(readings, 'limit_from', month));
  const limitTo = readFact('dates.limit_to', monthlyReadings(readings, 'limit_to', month));
  const period = [from, to, limitFrom, limitTo];
  return found(
    [
      candidate(readings, certification),
      readFact('previous_certification', monthlyReadings(readings, 'previous_certification', month)),
      stateOf(readings, month),
      levelChanged(readings, month),
      levelBefore(readings, month),
      readFact('dates.cert_decided', monthlyReadings(readings, 'cert_decided', month)),
      ...period,
    ],
    [
      ...conflictFinding(certification, '要介護状態区分'),
      ...period.flatMap((fact) => conflictFinding(fact, fact ? factLabel(fact.path) : '')),
    ],
  );
}

/**
 * UPKIHON has no code for 事業対象者 and writes 非該当: a document that names a certification is no conflict. Neither is
 * an older paper with the level before a change inside the month.
 */
function certificationOf(readings: Readings, month: string | null): Fact | undefined {
  const later = levelBeforeLaterChange(month, readings);
  if (later) return readFact('certification', [later]);
  const change = levelChangeIn(month, readings);
  const all = readings.of('certification', isOfNoOtherMonth(month)).filter((r) => r.value !== change?.before);
  const named = all.filter((r) => r.value !== 'none');
  return readFact('certification', named.length > 0 ? named : all);
}

/** 認定状況区分: where papers differ, an open application counts. */
function stateOf(readings: Readings, month: string | null): Fact | undefined {
  const states = monthlyReadings(readings, 'cert_status', month);
  const open = states.filter((r) => CERTIFICATION_STATES[String(r.value)] === 'applied');
  const counting = open.length > 0 ? open : states;
  const state = CERTIFICATION_STATES[String(counting[0]?.value)];
  return state ? readFact('certification_state', counting, state) : undefined;
}

function levelChanged(readings: Readings, month: string | null): Fact | undefined {
  const changed = monthlyReadings(readings, 'level_changed', month);
  const change = levelChangeIn(month, readings);
  const starts = [...changed, ...monthlyReadings(readings, 'limit_from', month)];
  return readFact('dates.level_changed', change ? starts.filter((r) => r.value === change.day) : changed);
}

function levelBefore(readings: Readings, month: string | null): Fact | undefined {
  const change = levelChangeIn(month, readings);
  const levels = monthlyReadings(readings, 'previous_certification', month);
  return change ? readFact('certification_before_change', levels, change.before) : undefined;
}

/** A person without certification whose 基本チェックリスト applies is 事業対象者. */
function candidate(readings: Readings, certification: Fact | undefined): Fact | undefined {
  if (certification && certification.value !== 'none') return certification;
  const positive = readings.of('checklist_result').filter((r) => r.value === '該当あり');
  return readFact('certification', positive, '事業対象者') ?? certification;
}
