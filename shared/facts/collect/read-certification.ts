import type { Reading } from '../../documents/document.ts';
import { CERTIFICATION_STATES } from '../../vocabulary/certification-state.ts';
import { mustAgree } from '../compare/document-readings.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';
import { isOfNoOtherMonth, levelBeforeLaterChange, levelChangeIn, monthlyReadings } from './level-change.ts';

/** 要介護状態区分 now and before, whether it is settled, since when, and the period it is valid for. */
export function readCertification({ readings, identity }: Pick<FactSources, 'readings' | 'identity'>): Found {
  const month = identity.month.value;
  const levels = certificationOf(readings, month);
  const single: [path: string, readings: Reading[]][] = [
    ['previous_certification', monthlyReadings(readings, 'previous_certification', month)],
    ['dates.cert_decided', monthlyReadings(readings, 'cert_decided', month)],
    ['cert_valid_from', readings.of('cert_valid_from')],
    ['cert_valid_to', readings.of('cert_valid_to')],
    ['dates.limit_from', monthlyReadings(readings, 'limit_from', month)],
    ['dates.limit_to', monthlyReadings(readings, 'limit_to', month)],
  ];
  const facts = [
    candidate(readings, readFact('certification', levels)),
    ...single.map(([path, ofPath]) => readFact(path, ofPath)),
    stateOf(readings, month),
    levelChanged(readings, month),
    levelBefore(readings, month),
  ];
  const compared: typeof single = [
    ['certification', levels],
    ['certification_state', statesOf(readings, month)],
    ...single,
  ];
  return { ...found(facts), compared: compared.map(([path, ofPath]) => mustAgree(path, ofPath)) };
}

/**
 * UPKIHON has no code for 事業対象者 and writes 非該当: a document that names a certification is no conflict. Neither is
 * an older paper with the level before a change inside the month.
 */
function certificationOf(readings: Readings, month: string | null): Reading[] {
  const later = levelBeforeLaterChange(month, readings);
  if (later) return [later];
  const change = levelChangeIn(month, readings);
  const all = readings.of('certification', isOfNoOtherMonth(month)).filter((r) => r.value !== change?.before);
  const named = all.filter((r) => r.value !== 'none');
  return named.length > 0 ? named : all;
}

/** 認定状況区分: where papers differ, an open application counts. */
function stateOf(readings: Readings, month: string | null): Fact | undefined {
  const states = statesOf(readings, month);
  const open = states.filter(({ value }) => value === 'applied');
  const counting = open.length > 0 ? open : states;
  return readFact('certification_state', counting, counting[0]?.value);
}

function statesOf(readings: Readings, month: string | null): Reading[] {
  return monthlyReadings(readings, 'cert_status', month).flatMap((reading) => {
    const value = CERTIFICATION_STATES[String(reading.value)];
    return value ? [{ ...reading, value }] : [];
  });
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
