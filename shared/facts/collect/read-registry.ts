import { lastDayOf } from '../../calendar/days.ts';
import { cityKeys, cityName } from '../../profiles/cities.ts';
import { isInForce } from '../../registry/registry.ts';
import { type FactSheet, factValue } from '../fact.ts';
import { putDerived } from '../readings.ts';
import type { CollectContext } from './collect-context.ts';

/** What only the city's registry can prove of an office. It wins over what the sender says. */
export function readRegistry(facts: FactSheet, { identity }: CollectContext): void {
  const { registry, office, city } = identity;
  if (city && !facts.has('insurer_city'))
    putDerived(facts, 'insurer_city', cityName(city), 'known', '保険者番号');
  if (identity.home_area) putDerived(facts, 'flags.user_area', identity.home_area, 'known', '住所と圏域の表');
  if (registry?.unit_price_yen)
    putDerived(facts, 'unit_price', registry.unit_price_yen, 'known', '登録簿', fromRegistry);
  if (!office) return;
  const month = factValue<string>(facts, 'service_month');
  const day = month ? lastDayOf(month) : (factValue<string>(facts, 'dates.today') ?? '');
  const put = (path: string, value: unknown): void =>
    putDerived(facts, path, value, 'known', '登録簿', fromRegistry);
  put('office_designated_kyotaku', office.kyotaku ? isInForce(office.kyotaku, day) : false);
  const designations = office.yobo_shien.filter((d) => isInForce(d, day));
  const own = designations.find((d) => d.city === city);
  put('office_designated_yobo_shien', own !== undefined);
  const shown = own ?? designations[0];
  if (shown) put('designation_city', cityKeys().includes(shown.city) ? cityName(shown.city) : shown.city);
  if (own) put('dates.designated', own.from);
  put(
    'office_commissioned',
    office.commissions.some((c) => isInForce(c, day) && c.kinds.includes('yobo_cm')),
  );
  if (typeof office.manager_is_shunin === 'boolean') put('manager_is_shunin', office.manager_is_shunin);
  if (typeof office.care_managers === 'number') put('care_manager_count', office.care_managers);
  put('flags.tokubetsu_chiiki_area', office.special_area === 'tokubetsu_chiiki');
  put('flags.chusankan_shokibo_area', office.special_area === 'chusankan_shokibo');
}

const fromRegistry = [{ source: 'registry' as const, where: {}, raw: '' }];
