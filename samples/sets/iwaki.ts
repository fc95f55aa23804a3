import { CENTERS, CITIES, OFFICES, SERVICES } from '../lib/cast.ts';
import type { SampleFile } from '../lib/csv/write-csv.ts';
import { juyoJiko, keiyakusho } from '../lib/forms/contract.ts';
import { hihokenshasho } from '../lib/forms/hihokenshasho.ts';
import { assessmentSheet } from '../lib/forms/records.ts';
import type { NotificationOptions } from '../lib/forms/todoke.ts';
import { TODOKE_TITLES, todoke } from '../lib/forms/todoke.ts';
import type { Case, Center, Office, Person } from '../lib/model.ts';
import type { PdfKind, SampleUpload } from '../lib/packet.ts';
import { coverSheet, csvFiles, pdf, single } from '../lib/packet.ts';
import { person } from '../lib/people.ts';

/** いわき市: the three ways of 介護予防支援 (Q8), 初回加算 (Q9), and the switch with a correct and a wrong 届出書 (Q18). */
const city = CITIES.iwaki;
const nursing = SERVICES.nursing(city);
const rental = SERVICES.rental(city);
const day = SERVICES.dayService(city);

const resident = (serial: number, name: string, kana: string, place: string, more = {}): Person =>
  person({ city, serial, name, kana, place, ...more });

const base = {
  city,
  center: CENTERS.iwaki1,
  office: OFFICES.iwakiDesignated as Office | null,
  month: '2024-06',
  planKind: 1 as const,
  commissioned: false,
  division: '21' as const,
  planDate: '2024-03-22',
  firstPlanDate: '2023-09-22',
  planFrom: '2024-04-01',
  planTo: '2024-09-30',
  consentDate: '2024-03-22',
  planned: [nursing, rental],
  used: [nursing, rental],
};

/** The three-party contract and the 重要事項 explained to every user of either category (Q17). */
export function threeParties(c: Case, office: Office, center: Center, kind?: PdfKind): Promise<SampleFile>[] {
  const date = c.division === '11' ? c.planDate : '2024-04-01';
  return [
    pdf(
      '三者契約書',
      keiyakusho(c, {
        title: '介護予防支援・介護予防ケアマネジメント契約書',
        office,
        center,
        date,
        from: date,
        to: '2025-03-31',
      }),
      kind,
    ),
    pdf(
      '重要事項説明書',
      juyoJiko(c, {
        office: c.office ?? center,
        center,
        date,
        kind: '介護予防支援・介護予防ケアマネジメント',
      }),
      kind,
    ),
  ];
}

export const direct: Case = {
  ...base,
  person: resident(201, '見本 いち', 'ミホン イチ', '見本区一丁目'),
};
const first: Case = {
  ...base,
  person: resident(202, '見本 二三男', 'ミホン フミオ', '見本区二丁目', {
    sex: '男',
    certification: '要支援2',
    certDecided: '2024-06-20',
    certFrom: '2024-07-01',
    certTo: '2025-06-30',
    checklistDate: '2024-06-24',
  }),
  month: '2024-07',
  division: '11',
  planDate: '2024-06-28',
  firstPlanDate: '2024-06-28',
  planFrom: '2024-07-01',
  planTo: '2024-12-31',
  consentDate: '2024-06-28',
};
const commissioned: Case = {
  ...base,
  person: resident(203, '例示 三千代', 'レイジ ミチヨ', '例示区一丁目', { certification: '要支援2' }),
  center: CENTERS.iwaki2,
  office: OFFICES.iwakiCommissioned,
  commissioned: true,
  planned: [nursing],
  used: [nursing],
};
const byCenter: Case = {
  ...base,
  person: resident(204, '見本 よしえ', 'ミホン ヨシエ', '見本区三丁目'),
  office: null,
  planned: [nursing, day],
  used: [nursing, day],
};
const switched: Case = {
  ...base,
  person: resident(205, '見本 五郎', 'ミホン ゴロウ', '見本区四丁目', { sex: '男' }),
  month: '2024-08',
  planKind: 2,
  commissioned: true,
  planDate: '2024-07-30',
  planFrom: '2024-08-01',
  planTo: '2025-01-31',
  consentDate: '2024-07-30',
  planned: [day],
  used: [day],
};
const switchedWrong: Case = {
  ...switched,
  person: resident(206, '見本 むつ', 'ミホン ムツ', '見本区五丁目', { certification: '要支援2' }),
};

/** Q18: form 介護予防ケアマネジメント依頼届出書, 担当＝地域包括支援センター, 受託＝居宅. */
const notificationOf = (
  c: Case,
  bodies: Pick<NotificationOptions, 'responsible' | 'entrusted'>,
): Promise<SampleFile> =>
  pdf(
    '介護予防ケアマネジメント依頼届出書',
    todoke(c, {
      title: TODOKE_TITLES.iwaki[0],
      to: 'いわき市長',
      kind: '変更',
      date: '2024-07-31',
      from: '2024-08-01',
      reason: '総合事業のみの利用となったため',
      attachments: ['介護保険被保険者証'],
      signed: c.person.name,
      handIn: '市（見本地区保健福祉センター）',
      ...bodies,
    }),
  );
const switchCover = { event: 'category_switch', previous_category: 'yobo_shien_direct', new_user: false };
const all = ['kihon', 'plan', 'riyohyo', 'jisseki'] as const;

export const iwaki = (): SampleUpload[] => [
  {
    // a bare packet: no folder in the ZIP
    zip: 'iwaki-direct.zip',
    packets: [
      {
        folder: null,
        files: [
          ...csvFiles(direct, '20240701100000', [...all]),
          ...threeParties(direct, OFFICES.iwakiDesignated, CENTERS.iwaki1),
          coverSheet(direct, { event: 'continuing', new_user: false }),
        ],
      },
    ],
  },
  single('iwaki-direct-first-month.zip', first, [
    ...csvFiles(first, '20240801100000', [...all]),
    pdf(
      'アセスメントの結果の記録',
      assessmentSheet(first, { title: 'アセスメントの結果の記録', date: '2024-06-25' }),
    ),
    ...threeParties(first, OFFICES.iwakiDesignated, CENTERS.iwaki1),
    coverSheet(first, {
      event: 'new',
      new_user: true,
      previous_certification: '要介護1',
      addons_claimed: ['shokai'],
      dates: { direct_start: '2024-07-01', assessment: '2024-06-25', plan_created: '2024-06-28' },
    }),
  ]),
  // no packet.json: every fact must come from the files
  single('iwaki-commissioned.zip', commissioned, [
    ...csvFiles(commissioned, '20240701110000', [...all]),
    ...threeParties(commissioned, OFFICES.iwakiCommissioned, CENTERS.iwaki2, '90ms-RKSJ-H'),
  ]),
  single('iwaki-center.zip', byCenter, [
    ...csvFiles(byCenter, '20240701120000', [...all]),
    ...threeParties(byCenter, OFFICES.iwakiDesignated, CENTERS.iwaki1, 'UniJIS-UTF16-H'),
    coverSheet(byCenter, { event: 'continuing', new_user: false, provider_route: 'center' }),
  ]),
  single('iwaki-switch.zip', switched, [
    ...csvFiles(switched, '20240901100000', [...all]),
    notificationOf(switched, { responsible: CENTERS.iwaki1, entrusted: OFFICES.iwakiDesignated }),
    pdf('被保険者証', hihokenshasho(switched)),
    ...threeParties(switched, OFFICES.iwakiDesignated, CENTERS.iwaki1),
    coverSheet(switched, switchCover),
  ]),
  single('iwaki-switch-wrong-body.zip', switchedWrong, [
    ...csvFiles(switchedWrong, '20240901110000', [...all]),
    notificationOf(switchedWrong, { responsible: OFFICES.iwakiDesignated }),
    pdf('被保険者証', hihokenshasho(switchedWrong)),
    ...threeParties(switchedWrong, OFFICES.iwakiDesignated, CENTERS.iwaki1),
    coverSheet(switchedWrong, switchCover),
  ]),
];
