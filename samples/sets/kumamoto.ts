import { CENTERS, CITIES, OFFICES, SERVICES } from '../lib/cast.ts';
import type { SampleFile } from '../lib/csv/write-csv.ts';
import { kihonChecklist } from '../lib/forms/checklist.ts';
import { hyokahyo } from '../lib/forms/hyoka.ts';
import { keikakusho } from '../lib/forms/keikakusho.ts';
import { kihonJoho } from '../lib/forms/kihon.ts';
import type { Case, Person } from '../lib/model.ts';
import type { PdfKind, SampleUpload } from '../lib/packet.ts';
import { coverSheet, csvFiles, folderOf, pdf, single } from '../lib/packet.ts';
import { person } from '../lib/people.ts';

/** 熊本市: plans of designated offices go to the ささえりあ of the user's 圏域, four documents each (３(1), (2)). */
const city = CITIES.kumamoto;
const nursing = SERVICES.nursing(city);
const rehab = SERVICES.dayRehab(city);
const help = SERVICES.visitHelp(city);

const resident = (serial: number, name: string, kana: string, place: string, more = {}): Person =>
  person({
    city,
    serial,
    name,
    kana,
    place,
    certDecided: '2024-09-06',
    certFrom: '2024-10-01',
    certTo: '2025-09-30',
    ...more,
  });

const renewal = (who: Person): Case => ({
  city,
  center: CENTERS.kumamoto1,
  office: OFFICES.kumamotoDesignated,
  person: who,
  month: '2024-10',
  planKind: 1,
  commissioned: false,
  division: '21',
  planDate: '2024-09-20',
  firstPlanDate: '2023-10-02',
  planFrom: '2024-10-01',
  planTo: '2025-03-31',
  consentDate: '2024-09-20',
  planned: [nursing, help],
  used: null,
});

const checklistPdf = (c: Case, kind?: PdfKind): Promise<SampleFile> =>
  pdf('基本チェックリスト', kihonChecklist(c), kind);

/** The evaluation of the half year that ended. */
const hyokaPdf = (c: Case, kind?: PdfKind): Promise<SampleFile> =>
  pdf(
    'サービス評価表',
    hyokahyo(c, {
      title: '介護予防支援・介護予防ケアマネジメントサービス評価表',
      date: '2024-09-18',
      result: 'プラン変更',
      achieved: true,
      period: '令和6年4月1日～令和6年9月30日',
    }),
    kind,
  );

const renewed = { event: 'plan_renewed', new_user: false, transmission: 'careplan_data_renkei' };
const toFirst = { user_area: 'area-1', submitted_to_area: 'area-1' };

const complete = renewal(resident(401, '見本 あや', 'ミホン アヤ', '見本区一丁目'));
const withoutHyoka = renewal(resident(402, '見本 いく', 'ミホン イク', '見本区二丁目'));

const bulkRenewal = renewal(resident(411, '見本 はな', 'ミホン ハナ', '見本区三丁目'));
const bulkNew: Case = {
  ...renewal(
    resident(412, '見本 表一', 'ミホン ヒョウイチ', '見本区四丁目', { sex: '男', certification: '要支援2' }),
  ),
  division: '11',
  firstPlanDate: '2024-09-20',
  planned: [rehab],
};
const bulkPrinted = renewal(resident(413, '見本 ソノ', 'ミホン ソノ', '見本区五丁目'));
const bulkMonthly: Case = {
  ...renewal(
    resident(414, '見本 能子', 'ミホン ノウコ', '見本区六丁目', {
      certDecided: '2024-03-08',
      certFrom: '2024-04-01',
    }),
  ),
  month: '2024-09',
  planDate: '2024-03-20',
  planFrom: '2024-04-01',
  planTo: '2024-09-30',
  consentDate: '2024-03-20',
  used: [nursing, help],
};
const bulkElsewhere: Case = {
  ...renewal(resident(415, '例示 十三', 'レイジ ジュウゾウ', '例示区一丁目', { sex: '男' })),
  center: CENTERS.kumamoto2,
};
const folderWithName = (c: Case): string => `${folderOf(c)}_${c.person.name}`;

/** Five people of one office in a ZIP made on Windows: CP932 names, among them 表, ソ, 能 and 十 (second byte 5C). */
const bulk = (): SampleUpload => ({
  zip: 'kumamoto-bulk.zip',
  names: 'cp932',
  packets: [
    {
      folder: folderWithName(bulkRenewal),
      files: [
        ...csvFiles(bulkRenewal, '20240925090000', ['kihon', 'plan', 'riyohyo']),
        checklistPdf(bulkRenewal, '90ms-RKSJ-H'),
        hyokaPdf(bulkRenewal, '90ms-RKSJ-H'),
        coverSheet(bulkRenewal, { ...renewed, area: 'area-1', flags: toFirst }),
      ],
    },
    {
      folder: folderWithName(bulkNew),
      files: [
        ...csvFiles(bulkNew, '20240925091000', ['kihon', 'plan', 'riyohyo']),
        checklistPdf(bulkNew, 'UniJIS-UTF16-H'),
        coverSheet(bulkNew, {
          event: 'new',
          new_user: true,
          transmission: 'careplan_data_renkei',
          area: 'area-1',
          flags: toFirst,
        }),
      ],
    },
    {
      // every PDF from software that names its font and embeds nothing
      folder: folderWithName(bulkPrinted),
      files: [
        pdf('利用者基本情報', kihonJoho(bulkPrinted), '90ms-RKSJ-H'),
        pdf('支援計画書', keikakusho(bulkPrinted), 'UniJIS-UTF16-H'),
        checklistPdf(bulkPrinted, '90ms-RKSJ-H'),
        hyokaPdf(bulkPrinted, 'UniJIS-UTF16-H'),
        coverSheet(bulkPrinted, {
          ...renewed,
          transmission: 'kumamoto_medical_network',
          provider_route: 'direct',
          area: 'area-1',
          flags: toFirst,
          services_planned: bulkPrinted.planned.map((s) => ({ name: s.name, class: s.class })),
        }),
      ],
    },
    {
      folder: folderWithName(bulkMonthly),
      files: [
        ...csvFiles(bulkMonthly, '20241001090000', ['plan', 'riyohyo', 'jisseki']),
        coverSheet(bulkMonthly, {
          event: 'continuing',
          new_user: false,
          transmission: 'careplan_data_renkei',
          area: 'area-1',
        }),
      ],
    },
    {
      // the person lives in the second 圏域, the packet is sent to the ささえりあ of the first
      folder: folderWithName(bulkElsewhere),
      files: [
        ...csvFiles(bulkElsewhere, '20240925093000', ['kihon', 'plan', 'riyohyo'], CENTERS.kumamoto1),
        checklistPdf(bulkElsewhere, '90ms-RKSJ-H'),
        hyokaPdf(bulkElsewhere, '90ms-RKSJ-H'),
        coverSheet(bulkElsewhere, {
          ...renewed,
          area: 'area-2',
          flags: { user_area: 'area-2', submitted_to_area: 'area-1' },
        }),
      ],
    },
  ],
});

export const kumamoto = (): SampleUpload[] => [
  single('kumamoto-renewal.zip', complete, [
    ...csvFiles(complete, '20240924090000', ['kihon', 'plan', 'riyohyo']),
    checklistPdf(complete),
    hyokaPdf(complete),
    coverSheet(complete, { ...renewed, area: 'area-1', flags: toFirst }),
  ]),
  single('kumamoto-renewal-without-hyokahyo.zip', withoutHyoka, [
    ...csvFiles(withoutHyoka, '20240924093000', ['kihon', 'plan', 'riyohyo']),
    checklistPdf(withoutHyoka),
    coverSheet(withoutHyoka, { ...renewed, area: 'area-1', flags: toFirst }),
  ]),
  bulk(),
];
