import { type FactSheet, factValue } from '../fact.ts';
import { putDerived } from './put-derived.ts';

/** Where no source names the route: what the event or the bodies on the 届出 tell of it. */
export function deriveRoute(facts: FactSheet): void {
  if (facts.has('provider_route')) return;
  const found = SIGNS.find(({ fact, value }) => factValue(facts, fact) === value);
  if (found) putDerived(facts, 'provider_route', found.route, { from: found.fact, assumed: true });
}

const SIGNS = [
  { fact: 'event', value: 'itaku_to_direct', route: 'direct' },
  { fact: 'notification.responsible', value: 'kyotaku_office', route: 'direct' },
  { fact: 'notification.entrusted', value: 'kyotaku_office', route: 'itaku' },
];
