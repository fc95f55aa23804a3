import { describe, expect, it } from 'vitest';
import type { Given } from '../../../shared/cover-sheet/given-facts.ts';
import type { Decision } from '../../../shared/decision/verdict.ts';
import { codesOf, decideGiven } from '../../builders/decide-given.ts';

// The same month under each of the five cities: where their sources differ, and nowhere else.
const CITIES = ['iwaki', 'mito', 'okayama', 'nobeoka', 'kumamoto'] as const;
const NURSING = [{ name: '介護予防訪問看護', class: 'yobo_kyufu' as const }];
const DAY_CARE = [{ name: '通所型サービス', class: 'sogo' as const }];
const month: Given = {
  service_month: '2024-06',
  event: 'continuing',
  certification: '要支援1',
  provider_route: 'direct',
  office_designated_kyotaku: true,
  office_designated_yobo_shien: true,
};
const toSogo: Given = {
  ...month,
  event: 'category_switch',
  previous_category: 'yobo_shien_direct',
  provider_route: 'itaku',
  services_actual: DAY_CARE,
};
const back: Given = {
  ...month,
  event: 'category_switch',
  previous_category: 'yobo_cm_itaku',
  services_actual: [...NURSING, ...DAY_CARE],
};
const lasting = (given: Given): Given => ({ ...given, services_actual: NURSING });
const parties = (d: Decision): string[] => [...d.contract_parties].sort();
const due = (d: Decision): string[] => d.deadlines.map((x) => x.due);

/** A line of the table: what is asked of the decision, and the answer of each city in the order of `CITIES`. */
const DIFFERENCES: [string, Given, (d: Decision) => unknown, unknown[]][] = [
  [
    'parties of the contract of a direct case',
    { ...month, event: 'new', new_user: true, services_planned: NURSING },
    parties,
    [
      ['hokatsu_center', 'kyotaku_office', 'riyosha'],
      ['kyotaku_office', 'mito_city', 'riyosha'],
      ['kyotaku_office', 'riyosha'],
      [],
      [],
    ],
  ],
  [
    'the 届出 of a month of 総合事業 alone',
    toSogo,
    (d) => [d.notification_required, d.notification_to, d.notification_kind],
    [
      [true, '市（地区保健福祉センター）', null],
      [true, '包括', '変更'],
      [true, null, null],
      [false, null, null],
      [false, null, null],
    ],
  ],
  [
    'the 届出 of the month that turns back',
    back,
    (d) => [d.notification_required, d.notification_attachments],
    [
      [true, []],
      [true, ['hihokenshasho']],
      [true, []],
      [false, []],
      [false, []],
    ],
  ],
  [
    'commission of 介護予防支援 to a designated office',
    lasting({ ...month, provider_route: 'itaku' }),
    (d) => codesOf(d).filter((code) => code.startsWith('F_ROUTE')),
    [[], ['F_ROUTE_PRINCIPLE/review'], [], [], []],
  ],
  [
    'who pays for a month of 総合事業 alone',
    toSogo,
    (d) => d.payer,
    ['undetermined', 'mito_city', 'undetermined', 'undetermined', 'undetermined'],
  ],
  [
    'an upload by e-mail',
    lasting({ ...month, transmission: 'email' }),
    (d) => codesOf(d).filter((code) => code.startsWith('F_TRANSMISSION')),
    [[], [], [], [], ['F_TRANSMISSION/warn']],
  ],
  [
    'how long records are kept',
    { event: 'retention', dates: { completed: '2024-03-31' } },
    due,
    [[], [], ['2029-03-31'], ['2029-03-31'], []],
  ],
  [
    'a home never visited in six months',
    {
      ...month,
      event: 'monitoring',
      services_actual: NURSING,
      dates: { service_start_month: '2024-04', checked_to: '2024-10' },
      monitoring: ['05', '06', '07', '08', '09', '10'].map((m) => ({ month: `2024-${m}`, record: true })),
    },
    (d) => codesOf(d).filter((code) => code.startsWith('F_MONITOR')),
    [[], [], ['F_MONITOR_VISIT/error'], [], []],
  ],
  [
    'a direct contract a month and a half after the designation',
    lasting({
      ...month,
      event: 'itaku_to_direct',
      previous_category: 'yobo_shien_itaku',
      dates: { designated: '2024-06-01', direct_contract: '2024-07-15' },
    }),
    (d) => codesOf(d).filter((code) => code.includes('OVERDUE')),
    [[], ['F_TRANSITION_OVERDUE/review'], [], [], []],
  ],
  [
    'a first plan without any paper',
    { ...month, event: 'new', services_planned: NURSING, documents: [] },
    (d) => d.missing_documents.includes('kihon_checklist'),
    [false, false, true, false, true],
  ],
];

describe.each(DIFFERENCES)('%s', (_, given, asked, answers) => {
  it.each(CITIES.map((city, i) => [city, answers[i]]))(
    'is decided as the source of %s says',
    (city, want) => {
      expect(asked(decideGiven(city as string, given))).toEqual(want);
    },
  );
});

describe('what every city shares', () => {
  it.each(CITIES)('takes a direct month of 予防給付 at 472 units to 国保連 in %s', (city) => {
    const d = decideGiven(city, lasting(month));
    expect([d.category, d.claimant, d.payer, d.base_units]).toEqual([
      'yobo_shien_direct',
      'kyotaku_office',
      'kokuhoren',
      472,
    ]);
  });

  it.each(CITIES)('gives a month of 総合事業 alone to the center in %s', (city) => {
    const d = decideGiven(city, toSogo);
    expect([d.category, d.responsible_body, d.entrusted_body]).toEqual([
      'yobo_cm_itaku',
      'hokatsu_center',
      'kyotaku_office',
    ]);
  });

  it.each(CITIES)('accepts no 事業対象者 in direct provision in %s', (city) => {
    const d = decideGiven(city, { ...month, certification: '事業対象者', services_planned: DAY_CARE });
    expect(d.responsible_body).toBe('hokatsu_center');
    expect(d.decision).not.toBe('accept');
  });

  it.each(CITIES)('hands a person with 要介護 over in %s', (city) => {
    const d = decideGiven(city, lasting({ ...month, certification: '要介護2' }));
    expect([d.category, codesOf(d)]).toEqual(['kyotaku', ['F_HANDOVER/review']]);
  });
});
