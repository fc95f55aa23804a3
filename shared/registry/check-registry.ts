import { isIsoDate } from '../calendar/wareki.ts';
import { cities, cityKeys, cityName, cityNames, cityOfInsurer } from '../profiles/cities.ts';
import { foldKey } from '../text/normalise.ts';
import { ownValue } from '../text/own-value.ts';
import { hasControl, printableShort } from '../text/printable.ts';
import type { Registry } from './registry-schema.ts';

/** What one city's registry may hold: far beyond any city, and imported within seconds. */
const LIMITS = { areas: 1000, centers: 1000, offices: 5000, insurer_numbers: 50 } as const;

/** Addresses or postal codes of one area: an area is one item of the table. */
const MOST_PLACES = 3000;
const LONGEST_NAME = 100;

/**
 * What a registry must keep beyond its shape before it is imported. One Japanese sentence per fault.
 */
export function registryFaults(registry: Registry): string[] {
  const city = ownValue(cities(), registry.city);
  if (!city)
    return [
      `city「${printableShort(registry.city)}」は、規則のある市ではありません。書けるのは次の市です: ${cityKeys()
        .map((key) => `${key}（${cityName(key)}）`)
        .join('、')}。`,
    ];
  return [
    ...tooMany(registry),
    ...foreignInsurers(registry),
    ...foreignAreas(registry),
    ...unusableKeys(registry),
    ...unusableTexts(registry),
    ...twice(
      '圏域',
      registry.areas.map(({ key }) => key),
    ),
    // A cover names an area by its name.
    ...twice(
      '圏域の名前',
      registry.areas.map(({ name }) => foldKey(name)),
    ),
    ...inTwoAreas(registry),
    ...twice(
      '地域包括支援センター',
      registry.centers.map(({ number }) => number),
    ),
    ...twice(
      '事業所',
      registry.offices.map(({ number }) => number),
    ),
    ...inBothLists(registry),
    ...unknownCenters(registry),
    ...badPeriods(registry),
  ];
}

const tooMany = (registry: Registry): string[] => [
  ...Object.entries(LIMITS).flatMap(([list, most]) => {
    const { length } = registry[list as keyof typeof LIMITS];
    return length > most ? [`${list} が${length}件あります。取り込めるのは${most}件までです。`] : [];
  }),
  ...registry.areas
    .filter(({ addresses, postal_codes }) => addresses.length + postal_codes.length > MOST_PLACES)
    .slice(0, 3)
    .map(
      ({ name }) => `圏域「${printableShort(name)}」の住所と郵便番号は、合わせて${MOST_PLACES}件までです。`,
    ),
];

/** A number counts for one city: another's would take its packets. */
const foreignInsurers = ({ city, insurer_numbers }: Registry): string[] =>
  insurer_numbers.flatMap((number) => {
    const owner = cityOfInsurer(number);
    return owner && owner !== city
      ? [
          `保険者番号 ${number} は${cityName(owner)}の番号です。${cityName(city)}の登録簿には書けません。番号を確かめてください。`,
        ]
      : [];
  });

/** An address that begins with another city of the desk. */
const foreignAreas = ({ city, areas }: Registry): string[] => {
  const others = Object.entries(cityNames()).filter(([key]) => key !== city);
  return areas
    .flatMap(({ name, addresses }) =>
      addresses.flatMap((address) => {
        const begin = foldKey(address).replace(/^.{2,3}[都道府県]/, '');
        const other = others.find(([, printed]) => begin.startsWith(foldKey(printed)));
        return other && !begin.startsWith(foldKey(cityName(city)))
          ? [
              `圏域「${printableShort(name)}」に${other[1]}の住所（${printableShort(address)}）があります。市を確かめてください。`,
            ]
          : [];
      }),
    )
    .slice(0, 3);
};

/** An address leads to one area. A postal code may be of several: then it leads to none. */
function inTwoAreas({ areas }: Registry): string[] {
  const places = areas.flatMap(({ key, name, addresses }) =>
    addresses.map((address) => ({ key, name, address, place: foldKey(address) })),
  );
  return [...Map.groupBy(places, ({ place }) => place).values()]
    .filter((same) => new Set(same.map(({ key }) => key)).size > 1)
    .slice(0, 3)
    .map((same) => {
      const names = [...new Set(same.map(({ name }) => `「${printableShort(name)}」`))].join('と');
      return `住所「${printableShort(same[0]!.address)}」が、圏域${names}の両方にあります。丁目や字まで書いて、どちらかに分けてください。`;
    });
}

/** The key of an area is part of the keys of records. */
const AREA_KEY = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u;
const OFFICE_NUMBER = /^\d{2}[0-9A-Z]\d{7}$/;

const unusableKeys = ({ areas, centers, offices }: Registry): string[] =>
  [
    ...areas
      .filter(({ key }) => !AREA_KEY.test(key) || key in {})
      .map(
        ({ key }) =>
          `圏域のキー「${printableShort(key)}」は使えません。文字と数字と . _ - で64字までにしてください。`,
      ),
    ...[
      ...centers,
      ...offices,
      ...[...areas, ...offices.flatMap((o) => o.commissions)].map(({ center }) => ({ number: center })),
    ]
      .filter(({ number }) => !OFFICE_NUMBER.test(number))
      .map(({ number }) => `番号「${printableShort(number)}」は事業所番号（10桁）ではありません。`),
  ].slice(0, 5);

const unusableTexts = ({ areas, centers, offices }: Registry): string[] =>
  [...areas, ...centers, ...offices]
    .filter(({ name }) => name.trim() === '' || name.length > LONGEST_NAME || hasControl(name))
    .slice(0, 3)
    .map(
      ({ name }) =>
        `名前「${printableShort(name)}」は使えません。改行などの制御文字のない、${LONGEST_NAME}字までの名前にしてください。`,
    );

function twice(what: string, keys: string[]): string[] {
  const seen = new Set<string>();
  const repeated = keys.filter((key) => seen.size === seen.add(key).size);
  return [...new Set(repeated)]
    .slice(0, 3)
    .map((key) => `${what}「${printableShort(key)}」が二度書かれています。`);
}

/** An office under the number of a center would act for the others. */
function inBothLists({ centers, offices }: Registry): string[] {
  const numbers = new Set(centers.map(({ number }) => number));
  return offices
    .filter(({ number }) => numbers.has(number))
    .slice(0, 3)
    .map(
      ({ number }) =>
        `番号 ${number} が、地域包括支援センター（centers）と事業所（offices）の両方にあります。どちらか一方に書いてください。`,
    );
}

/** An area whose center no list names, where the registry lists centers at all. */
const unknownCenters = ({ areas, centers }: Registry): string[] => {
  const numbers = new Set(centers.map(({ number }) => number));
  return areas
    .filter(({ center }) => numbers.size > 0 && !numbers.has(center))
    .slice(0, 3)
    .map(
      ({ name, center }) =>
        `圏域「${printableShort(name)}」の地域包括支援センター ${printableShort(center)} が centers にありません。`,
    );
};

const badPeriods = ({ offices }: Registry): string[] =>
  offices
    .flatMap(({ number, kyotaku, yobo_shien, commissions }) =>
      [kyotaku, ...yobo_shien, ...commissions].flatMap((period) => {
        if (!period) return [];
        const { from, to } = period;
        if (!isIsoDate(from) || (to && !isIsoDate(to)))
          return [`事業所 ${number} の期間（${from}〜${to ?? ''}）に、暦にない日があります。`];
        return to && to < from
          ? [`事業所 ${number} の期間（${from}〜${to}）の終わりが、始まりより前です。`]
          : [];
      }),
    )
    .slice(0, 3);
