import type { FieldName, Reading, ServiceUse } from '../../documents/document.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { DocumentFilter, Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';

/** Services of the month: those of other months belong to other packets. */
export function readServices({ readings, identity }: Pick<FactSources, 'readings' | 'identity'>): Found {
  const inMonth = isOfMonth(identity.month.shown?.value);
  const services = (path: string, field: FieldName): Fact | undefined =>
    servicesFact(path, readings.of(field, inMonth));
  const actual = services('services_actual', 'service_actual');
  return found([
    services('services_planned', 'service_planned'),
    actual,
    actual ? undefined : noServiceUsed(readings, inMonth),
  ]);
}

/** A document that names no month is of every month. */
const isOfMonth =
  (month: unknown): DocumentFilter =>
  ({ readings }) => {
    const months = readings.filter((r) => r.field === 'service_month').map((r) => r.value);
    return !month || months.length === 0 || months.some((one) => one === month);
  };

/** One line a kind of service, as it was read last. */
function servicesFact(path: string, readings: Reading[]): Fact | undefined {
  const byKind = new Map<string, ServiceUse>();
  for (const { value } of readings) {
    const service = value as ServiceUse;
    byKind.set(`${service.class}/${service.code?.slice(0, 2) ?? service.name}`, service);
  }
  return readFact(
    path,
    readings,
    [...byKind.values()].map(({ name, class: kind, code }) => ({ name, class: kind, ...(code && { code }) })),
  );
}

const noServiceUsed = (readings: Readings, inMonth: DocumentFilter): Fact | undefined =>
  readFact('flags.no_service_used', readings.of('no_service_used', inMonth), true);
