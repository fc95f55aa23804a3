import { lastDayOf } from '../../calendar/days.ts';
import { cityKeys, cityName } from '../../profiles/cities.ts';
import { isInForce, type RegisteredOffice } from '../../registry/registry.ts';
import { type Evidence, type Fact, factValue, type ReadonlyFacts } from '../fact.ts';
import { type Found, found } from '../found.ts';
import { knownFact } from '../make-fact.ts';
import type { FactSources, KnownFacts } from './fact-sources.ts';

/** What only the city's registry can prove of the area and the office. It wins over what the sender writes. */
export function readRegistry({
  facts,
  identity,
}: Pick<FactSources & KnownFacts, 'facts' | 'identity'>): Found {
  const { registry, office, city, lives_in } = identity;
  return found([
    lives_in ? knownFact('flags.user_area', lives_in, '住所と圏域の表') : undefined,
    registry?.unit_price_yen ? registryFact('unit_price', registry.unit_price_yen) : undefined,
    ...(office ? officeFacts(office, city, dayOf(facts)) : []),
  ]);
}

/** A designation counts that is in force at the end of the month; without a month, today. */
function dayOf(facts: ReadonlyFacts): string {
  const month = factValue<string>(facts, 'service_month');
  return month ? lastDayOf(month) : (factValue<string>(facts, 'dates.today') ?? '');
}

function officeFacts(office: RegisteredOffice, city: string | null, day: string): (Fact | undefined)[] {
  const designations = office.yobo_shien.filter((d) => isInForce(d, day));
  const own = designations.find((d) => d.city === city);
  const shown = own ?? designations[0];
  return [
    registryFact('office_designated_kyotaku', office.kyotaku ? isInForce(office.kyotaku, day) : false),
    registryFact('office_designated_yobo_shien', own !== undefined),
    shown && registryFact('designation_city', nameOfCity(shown.city)),
    own && registryFact('dates.designated', own.from),
    registryFact(
      'office_commissioned',
      office.commissions.some((c) => isInForce(c, day) && c.kinds.includes('yobo_cm')),
    ),
    typeof office.manager_is_shunin === 'boolean'
      ? registryFact('manager_is_shunin', office.manager_is_shunin)
      : undefined,
    typeof office.care_managers === 'number'
      ? registryFact('care_manager_count', office.care_managers)
      : undefined,
    registryFact('flags.tokubetsu_chiiki_area', office.special_area === 'tokubetsu_chiiki'),
    registryFact('flags.chusankan_shokibo_area', office.special_area === 'chusankan_shokibo'),
  ];
}

/** The printed name of a city with a profile; another one is written as the registry has it. */
const nameOfCity = (city: string): string => (cityKeys().includes(city) ? cityName(city) : city);

const FROM_REGISTRY: Evidence[] = [{ source: 'registry', where: {}, raw: '' }];
const registryFact = (path: string, value: unknown): Fact => knownFact(path, value, '登録簿', FROM_REGISTRY);
