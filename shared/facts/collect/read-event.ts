import { type Fact, type ReadonlyFacts, usableValue } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { assumedFact, evidenceOf, knownFact } from '../make-fact.ts';
import { planReadings, type Readings } from '../readings.ts';
import type { FactSources, KnownFacts } from './fact-sources.ts';

/** Why the papers were sent, whether the person is new, and when they were handed in. */
export function readEvent({ facts, readings }: Pick<FactSources & KnownFacts, 'facts' | 'readings'>): Found {
  const shown = eventOf(facts, readings);
  const event = facts.get('event') ?? shown;
  const received = facts.get('dates.received');
  const counted = [
    event,
    usableValue(event) === 'new' ? assumedFact('new_user', true, '新規の計画') : undefined,
    received ? assumedFact('dates.submitted', received.value, '受付日を提出日とした') : undefined,
  ];
  return { ...found(counted), others: [shown] };
}

/** 計画書区分 of a first plan (11, 12) or one of a new start (51, 52, 54). */
const NEW_DIVISIONS = ['11', '12', '51', '52', '54'];

/** By 計画書区分, else by the 届出, else a plan that goes on. */
function eventOf(facts: ReadonlyFacts, readings: Readings): Fact {
  const divisions = planReadings(readings, 'plan_division');
  const division = divisions[0]?.value;
  if (typeof division === 'string')
    return knownFact(
      'event',
      NEW_DIVISIONS.includes(division) ? 'new' : 'continuing',
      '計画書区分',
      evidenceOf(divisions),
    );
  const kind = facts.get('notification.kind');
  if (kind && usableValue(kind) === '新規')
    return assumedFact('event', 'new', '届出の区分が新規', kind.evidence);
  return assumedFact('event', 'continuing', '新規・更新などの記載がない');
}
