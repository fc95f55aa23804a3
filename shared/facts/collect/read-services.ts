import type { Reading, ServiceUse } from '../../documents/document.ts';
import { type Finding, fileFinding } from '../../findings/finding.ts';
import type { Fact } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { readFact } from '../make-fact.ts';
import type { DocumentFilter, Readings } from '../readings.ts';
import type { FactSources } from './fact-sources.ts';
import { type LevelChange, levelChangeIn } from './level-change.ts';

/** What was planned and used in the service month, and the change of level inside it. */
export interface MonthServices {
  planned: Reading[];
  actual: Reading[];
  change: LevelChange | null;
}

/**
 * Services of the month: those of other months belong to other packets. Where the person turned from 要介護 to 要支援 (or
 * back) inside the month, the services of the month are those since that day, and those before it are a fact of their own.
 */
export function readServices({ readings, identity }: Pick<FactSources, 'readings' | 'identity'>): Found {
  const inMonth = isOfMonth(identity.month.shown?.value);
  const { planned, actual, change } = servicesOfMonth({ readings, identity });
  const all = readings.of('service_actual', inMonth);
  const used = servicesFact('services_actual', actual);
  return found(
    [
      servicesFact('services_planned', planned),
      used,
      used ? undefined : (noneSinceTurn(all) ?? noServiceUsed(readings, inMonth)),
      change
        ? servicesFact(
            'services_before_change',
            daysFilter(all, (day) => day < change.day),
          )
        : undefined,
    ],
    used ? [] : otherMonth(readings, identity.month.value),
  );
}

export function servicesOfMonth({
  readings,
  identity,
}: Pick<FactSources, 'readings' | 'identity'>): MonthServices {
  const inMonth = isOfMonth(identity.month.shown?.value);
  const change = levelChangeIn(identity.month.value, readings);
  const turn = change && isCareLevel(change.before) !== isCareLevel(change.after) ? change : null;
  return {
    planned: sinceTurn(readings.of('service_planned', inMonth), turn),
    actual: sinceTurn(readings.of('service_actual', inMonth), turn),
    change,
  };
}

/** What was used in the month, on whatever level; else what was planned. */
export function allServicesOfMonth({
  readings,
  identity,
}: Pick<FactSources, 'readings' | 'identity'>): Reading[] {
  const inMonth = isOfMonth(identity.month.shown?.value);
  const actual = readings.of('service_actual', inMonth);
  return actual.length > 0 ? actual : readings.of('service_planned', inMonth);
}

/** 実績 arrived, and all of it is of other months: what was used in this one is not known. */
function otherMonth(readings: Readings, month: string | null): Finding[] {
  const months = readings.of('service_month', isUse);
  const others = [...new Set(months.map((r) => String(r.value)))].sort();
  if (!month || others.length === 0 || others.includes(month)) return [];
  return [
    fileFinding(
      'F_PACKET_TWO_MONTHS',
      'review',
      months[0]!.where,
      `届いた実績は${others.join('・')}のもので、この提出の${month}の実績がありません。${month}に使ったサービスを確かめられません。`,
      `${month}の実績を加えて出し直してください。実績のほうの月を出すのであれば、送付票と利用票の提供月を直してください。`,
    ),
  ];
}

const isUse: DocumentFilter = ({ title, readings }) =>
  title === 'UPJSK' || readings.some((r) => r.field === 'service_actual');

/** Every service of the month was used before the level changed. */
const noneSinceTurn = (actual: Reading[]): Fact | undefined =>
  readFact('flags.no_service_used', actual, true);

/** 要介護1–5: the services of 介護給付, planned by 居宅介護支援. */
const isCareLevel = (level: string): boolean => level.startsWith('要介護');

/** A service whose days no paper tells was used in the part of the month that counts. */
function sinceTurn(services: Reading[], turn: LevelChange | null): Reading[] {
  if (!turn) return services;
  const dated = new Set(services.filter(daysOf).map(codeOf));
  return services.filter((r) => daysOf(r)?.some((day) => day >= turn.day) ?? !dated.has(codeOf(r)));
}
const codeOf = ({ value }: Reading): string => (value as ServiceUse).code ?? (value as ServiceUse).name;

const daysFilter = (services: Reading[], fits: (day: string) => boolean): Reading[] =>
  services.filter((r) => daysOf(r)?.some(fits));

const daysOf = (reading: Reading): string[] | undefined => (reading.value as ServiceUse).days;

/** A document that names no month is of every month. */
const isOfMonth =
  (month: unknown): DocumentFilter =>
  ({ readings }) => {
    const months = readings.filter((r) => r.field === 'service_month').map((r) => r.value);
    return !month || months.length === 0 || months.some((one) => one === month);
  };

/** One line a kind of service, as it was read last. A record that is not counted tells nothing beside one that is. */
function servicesFact(path: string, readings: Reading[]): Fact | undefined {
  const kindOf = ({ code, name }: ServiceUse): string => code?.slice(0, 2) ?? name;
  const services = readings.map(({ value }) => value as ServiceUse);
  const counted = new Set(services.filter((service) => !service.uncounted).map(kindOf));
  const byKind = new Map<string, ServiceUse>();
  for (const service of services)
    if (!service.uncounted || !counted.has(kindOf(service)))
      byKind.set(`${service.class}/${kindOf(service)}`, service);
  return readFact(
    path,
    readings,
    [...byKind.values()].map(({ name, class: kind, code, uncounted }) => ({
      name,
      class: kind,
      ...(code && { code }),
      ...(uncounted && { uncounted }),
    })),
  );
}

const noServiceUsed = (readings: Readings, inMonth: DocumentFilter): Fact | undefined =>
  readFact('flags.no_service_used', readings.of('no_service_used', inMonth), true);
