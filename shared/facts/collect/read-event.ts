import { type FactSheet, factValue } from '../fact.ts';
import { evidenceOf, putDerived, type Readings } from '../readings.ts';

export function readEvent(facts: FactSheet, readings: Readings): void {
  if (!facts.has('event')) {
    const division = readings.of('plan_division');
    const first = division[0]?.value as string | undefined;
    const kind = factValue<string>(facts, 'notification.kind');
    if (first)
      putDerived(
        facts,
        'event',
        ['11', '12', '51', '52', '54'].includes(first) ? 'new' : 'continuing',
        'known',
        '計画書区分',
        evidenceOf(division),
      );
    else if (kind === '新規')
      putDerived(
        facts,
        'event',
        'new',
        'assumed',
        '届出の区分が新規',
        facts.get('notification.kind')!.evidence,
      );
    else putDerived(facts, 'event', 'continuing', 'assumed', '新規・更新などの記載がない');
  }
  if (factValue(facts, 'event') === 'new' && !facts.has('new_user'))
    putDerived(facts, 'new_user', true, 'assumed', '新規の計画');
  const received = facts.get('dates.received');
  if (received && !facts.has('dates.submitted')) {
    putDerived(facts, 'dates.submitted', received.value, 'assumed', '受付日を提出日とした');
  }
}
