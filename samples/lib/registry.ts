import { AREAS, CITIES, REGISTRATIONS } from './cast.ts';
import type { City } from './model.ts';

/** One price is filled in to show yen; the city enters its own 級地. */
const UNIT_PRICE: Partial<Record<City['key'], string>> = { iwaki: '10.0' };

/** Days for a correction, likewise: the other cities show what a letter says without them. */
const CORRECTION_DAYS: Partial<Record<City['key'], number>> = { mito: 14 };

/** The registry of a city as YAML (schema: shared/registry/registry.ts). Offices, centers and areas are invented. */
export function registryYaml(key: City['key']): string {
  const city = CITIES[key];
  const areas = AREAS[key];
  const lines = [
    `# ${city.name}の登録簿の見本。事業所・センター・圏域はすべて架空（samples/README.md）。`,
    `city: ${key}`,
    `insurer_numbers: ["${city.insurer}"] # 検査数字の規則から求めた番号。市の確認が必要`,
    UNIT_PRICE[key]
      ? `unit_price_yen: ${UNIT_PRICE[key]} # 円の表示を示すための見本の値。級地は市の確認が必要`
      : 'unit_price_yen: null # 級地は市の確認が必要',
    `contact: { department: 介護保険担当課（見本）, telephone: "000-000-0000", address: ${city.name}見本町1-1 }`,
    ...(CORRECTION_DAYS[key]
      ? [`correction_days: ${CORRECTION_DAYS[key]} # 補正期限を示すための見本の値。市が決める`]
      : []),
    'areas:',
    ...areas.flatMap((a) => [
      `  - key: ${a.key}`,
      `    name: ${a.name}`,
      `    center: "${a.center.number}"`,
      `    addresses: [${a.addresses.map((s) => `"${s}"`).join(', ')}]`,
      `    postal_codes: ["${a.postal}"]`,
    ]),
    'centers:',
    ...areas.flatMap((a, i) => [
      `  - number: "${a.center.number}"`,
      `    name: ${a.center.name}`,
      `    contact: { telephone: "000-000-${1001 + i}", address: ${a.addresses[0]}1-1 }`,
    ]),
    'offices:',
    ...REGISTRATIONS[key].flatMap((r) => [
      `  - number: "${r.office.number}"`,
      `    name: ${r.office.name}`,
      `    kyotaku: { from: ${r.kyotakuFrom} }`,
      r.yoboShienFrom
        ? `    yobo_shien: [{ city: ${key}, from: ${r.yoboShienFrom} }]`
        : '    yobo_shien: [] # 指定介護予防支援事業者の指定なし',
      r.commissions.length === 0 ? '    commissions: []' : '    commissions:',
      ...r.commissions.map(
        (c) => `      - { center: "${c.center.number}", kinds: [${c.kinds.join(', ')}], from: 2024-04-01 }`,
      ),
      `    manager_is_shunin: ${r.isShunin}`,
      `    care_managers: ${r.careManagers}`,
      '    special_area: null',
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
