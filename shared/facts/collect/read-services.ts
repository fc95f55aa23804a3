import type { ReadDocument, ServiceUse } from '../../documents/document.ts';
import { type FactSheet, factValue } from '../fact.ts';
import { putRead, type Readings } from '../readings.ts';

/** Services of the month: those of other months belong to other packets. */
export function readServices(facts: FactSheet, readings: Readings): void {
  const month = factValue<string>(facts, 'service_month');
  const inMonth = (d: ReadDocument): boolean => {
    const months = d.readings.filter((r) => r.field === 'service_month').map((r) => r.value);
    return !month || months.length === 0 || months.includes(month);
  };
  for (const [path, field] of [
    ['services_planned', 'service_planned'],
    ['services_actual', 'service_actual'],
  ] as const) {
    const found = readings.of(field, inMonth);
    if (found.length === 0) continue;
    const unique = new Map<string, ServiceUse>();
    for (const r of found) {
      const service = r.value as ServiceUse;
      unique.set(`${service.class}/${service.code?.slice(0, 2) ?? service.name}`, service);
    }
    putRead(
      facts,
      path,
      found,
      [...unique.values()].map(({ name, class: kind, code }) => ({
        name,
        class: kind,
        ...(code && { code }),
      })),
    );
  }
  if (!facts.has('services_actual'))
    putRead(facts, 'flags.no_service_used', readings.of('no_service_used', inMonth), true);
}
