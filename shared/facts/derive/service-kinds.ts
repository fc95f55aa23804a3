import type { ServiceUse } from '../../documents/document.ts';
import { type FactSheet, factValue } from '../fact.ts';
import { endedSentence, isManaged } from '../services-used.ts';
import { putDerived } from './put-derived.ts';

/**
 * What the kinds of the services tell where no paper was read for it: the services are those of a 送付票 or of a what-if.
 * @param path the fact that tells the services of the month
 */
export function deriveServiceKinds(facts: FactSheet, path: string): void {
  const services = factValue<ServiceUse[]>(facts, path) ?? [];
  const yobo = services.filter((service) => service.class === 'yobo_kyufu');
  const put = (name: string, among: ServiceUse[]): void => {
    if (among.length > 0 && !facts.has(name)) putDerived(facts, name, among.some(isManaged), { from: path });
  };
  put('flags.managed_service_used', services);
  put('flags.managed_yobo_used', yobo);
  const month = factValue<string>(facts, 'service_month');
  if (!month || facts.has('services_ended')) return;
  const sentences = services.flatMap((service) => endedSentence(service, month) ?? []);
  if (sentences.length > 0)
    putDerived(facts, 'services_ended', [...new Set(sentences)].sort().join('、'), { from: path });
}
