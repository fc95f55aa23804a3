import { stringify } from 'yaml';
import { CITIES } from '../lib/cast.ts';
import type { Center, City, Office } from '../lib/model.ts';
import { officeNumber } from '../lib/numbers.ts';
import { addMonths, firstDay, lastDay } from './calendar.ts';
import type { Random } from './random.ts';

/** 圏域 with its 地域包括支援センター. */
export interface TownArea {
  key: string;
  name: string;
  /** the part of every address after the city: 見本町 */
  place: string;
  postal: string;
  center: Center;
}

/** 居宅介護支援事業所 with its entry in the city's registry. */
export interface TownOffice {
  office: Office;
  /** day of the 指定介護予防支援 designation; null: never */
  designatedFrom: string | null;
  /** whether this city gave the designation; false: another city did */
  designatedHere: boolean;
  /** commissions by every center, and for which work */
  commissioned: ('yobo_cm' | 'yobo_shien')[];
  isShunin: boolean;
  careManagers: number;
  specialArea: 'tokubetsu_chiiki' | null;
}

/** An invented city under the name of a real one. */
export interface Town {
  city: City;
  areas: TownArea[];
  offices: TownOffice[];
}

const PREFECTURE: Record<City['key'], string> = {
  iwaki: '07',
  mito: '08',
  okayama: '33',
  nobeoka: '45',
  kumamoto: '43',
};
/** Invented names: no city of Japan has towns of all these names. */
const PLACES = ['見本町', '例示町', '架空町', '仮想町', '模擬町', '試作町'];
const STAFF = ['包括 一郎', '包括 二子', '包括 三郎', '包括 四子', '包括 五郎', '包括 六子'];
const MANAGERS = [
  '計画 花子',
  '計画 次郎',
  '計画 三枝',
  '計画 四郎',
  '計画 五月',
  '計画 六助',
  '計画 七海',
  '計画 八重',
];

/** Areas, centers and offices of a city: enough offices that each has about 24 people. */
export function buildTown(key: City['key'], people: number, from: string, to: string, random: Random): Town {
  const city = CITIES[key];
  const areas = PLACES.slice(0, Math.min(PLACES.length, Math.max(2, Math.ceil(people / 60)))).map(
    (place, i): TownArea => ({
      key: `area-${i + 1}`,
      name: `${place.slice(0, 2)}圏域`,
      place,
      postal: `000-${String(i + 1).padStart(4, '0')}`,
      center: {
        city,
        number: officeNumber(PREFECTURE[key], '0', '01', i + 1),
        name:
          key === 'kumamoto' ? `ささえりあ${place.slice(0, 2)}` : `${place.slice(0, 2)}地域包括支援センター`,
        postal: '000-0000',
        address: `${city.name}${place}1番地の1`,
        phone: `0000-00-01${String(i + 1).padStart(2, '0')}`,
        staff: STAFF[i] as string,
      },
    }),
  );
  const count = Math.max(4, Math.ceil(people / 24));
  const offices = Array.from({ length: count }, (_, i) =>
    buildOffice(city, i, from, to, random.fork(`office ${i}`)),
  );
  return { city, areas, offices };
}

function buildOffice(city: City, index: number, from: string, to: string, random: Random): TownOffice {
  const place = PLACES[index % PLACES.length] as string;
  const office: Office = {
    number: officeNumber(PREFECTURE[city.key], '7', '01', index + 1),
    name: `${place.slice(0, 2)}第${index + 1}居宅介護支援事業所`,
    postal: '000-0000',
    address: `${city.name}${place}2番地の${index + 1}`,
    phone: `0000-01-${String(index + 1).padStart(4, '0')}`,
    careManager: MANAGERS[index % MANAGERS.length] as string,
  };
  // Of four offices one becomes designated within the months, one never does, two are from the start.
  const kind = (['designated', 'later', 'commissioned', 'designated'] as const)[index % 4];
  const span = monthsApart(from, to);
  const designatedFrom =
    kind === 'designated'
      ? '2024-04-01'
      : kind === 'later'
        ? firstDay(addMonths(from, random.int(1, Math.max(1, span - 1))))
        : null;
  return {
    office,
    designatedFrom,
    designatedHere: true,
    commissioned: ['yobo_cm', 'yobo_shien'],
    isShunin: true,
    careManagers: random.int(1, 4),
    specialArea: designatedFrom && random.chance(0.2) ? 'tokubetsu_chiiki' : null,
  };
}

const monthsApart = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));

/** Whether the office may provide 介護予防支援 directly in the whole of that month. */
export const isDesignated = (office: TownOffice, month: string): boolean =>
  office.designatedFrom !== null && office.designatedHere && office.designatedFrom <= lastDay(month);

/** The registry of the city (schema: shared/registry/registry.ts), as the city would keep it. */
export function registryYaml(town: Town): string {
  const { city, areas, offices } = town;
  return `# ${city.name}の登録簿の見本。圏域・センター・事業所はすべて架空（samples/README.md）。\n${stringify(
    {
      city: city.key,
      insurer_numbers: [city.insurer],
      unit_price_yen: city.key === 'iwaki' ? 10 : null,
      areas: areas.map((a) => ({
        key: a.key,
        name: a.name,
        center: a.center.number,
        addresses: [`${city.name}${a.place}`],
        postal_codes: [a.postal],
      })),
      centers: areas.map((a) => ({ number: a.center.number, name: a.center.name })),
      offices: offices.map((o) => ({
        number: o.office.number,
        name: o.office.name,
        kyotaku: { from: '2018-04-01' },
        yobo_shien: o.designatedFrom
          ? [{ city: o.designatedHere ? city.key : 'elsewhere', from: o.designatedFrom }]
          : [],
        commissions: areas.map((a) => ({
          center: a.center.number,
          kinds: o.commissioned,
          from: '2024-04-01',
        })),
        manager_is_shunin: o.isShunin,
        care_managers: o.careManagers,
        special_area: o.specialArea,
      })),
    },
  )}`;
}
