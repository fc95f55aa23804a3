import { CENTERS, CITIES, SERVICES } from '../lib/cast.ts';
import type { SampleFile } from '../lib/csv/write-csv.ts';
import { juyoJiko, kojinJohoDoisho } from '../lib/forms/contract.ts';
import { hihokenshasho } from '../lib/forms/hihokenshasho.ts';
import { keikaKiroku } from '../lib/forms/keika.ts';
import { keikakusho } from '../lib/forms/keikakusho.ts';
import { assessmentSheet, kaigiRecord, kobetsuKeikaku, monitoringRecord } from '../lib/forms/records.ts';
import type { Case, Person } from '../lib/model.ts';
import type { SampleUpload } from '../lib/packet.ts';
import { coverSheet, csvFiles, pdf, single } from '../lib/packet.ts';
import { person } from '../lib/people.ts';

/**
 * 延岡市: type A of the center with every record of 第32条, the same without the meeting, and type C.
 * The checklist and the 届出書 of 第9条 are not in the packets: 第34条 leaves them on paper.
 */
const city = CITIES.nobeoka;
const center = CENTERS.nobeoka1;
const help = SERVICES.visitHelp(city);
const kayoinoba = SERVICES.kayoinoba(city);

const byCenter = {
  city,
  center,
  office: null,
  month: '2024-06',
  planKind: 2 as const,
  commissioned: false,
};
const typeA = (who: Person): Case => ({
  ...byCenter,
  person: who,
  division: '21',
  planDate: '2024-03-26',
  firstPlanDate: '2024-03-26',
  planFrom: '2024-04-01',
  planTo: '2024-09-30',
  consentDate: '2024-03-26',
  planned: [help],
  used: [help],
});
const typeC: Case = {
  ...byCenter,
  person: person({
    city,
    serial: 353,
    name: '見本 みつ',
    kana: 'ミホン ミツ',
    place: '見本町三丁目',
    certification: '事業対象者',
    checklistDate: '2024-05-10',
    story: 'shutIn',
  }),
  division: '11',
  planDate: '2024-05-24',
  firstPlanDate: '2024-05-24',
  planFrom: '2024-06-01',
  planTo: '2024-11-30',
  consentDate: '2024-05-24',
  planned: [kayoinoba],
  used: [kayoinoba],
};

/** 第5条, 第8条, 第24条: before anything starts. */
const entryPapers = (c: Case, date: string): Promise<SampleFile>[] => [
  pdf('重要事項説明書', juyoJiko(c, { office: center, center, date, kind: '第１号介護予防支援事業' })),
  pdf(
    '個人情報同意書（利用者）',
    kojinJohoDoisho(c, {
      title: '個人情報の使用に係る同意書（利用者）',
      date,
      to: center.name,
      user: true,
      family: false,
    }),
  ),
  pdf(
    '個人情報同意書（家族）',
    kojinJohoDoisho(c, {
      title: '個人情報の使用に係る同意書（家族）',
      date,
      to: center.name,
      user: false,
      family: true,
    }),
  ),
  pdf('被保険者証', hihokenshasho(c)),
];

/** 第32条(8)(9)(12): assessment at home, plan with written consent. */
const planPapers = (c: Case, date: string): Promise<SampleFile>[] => [
  pdf('アセスメントの結果の記録', assessmentSheet(c, { title: 'アセスメントの結果の記録', date })),
  pdf('支援計画書', keikakusho(c)),
];

/** 第32条(14)(15)(19): only for type A. */
const typeARecords = (c: Case): Promise<SampleFile>[] => [
  pdf('個別サービス計画書', kobetsuKeikaku(c, help, '2024-04-02')),
  pdf(
    'モニタリングの記録',
    monitoringRecord(c, [
      { date: '2024-04-18', way: '訪問', text: '利用を始めた。掃除を一緒に行い、疲れは残らない。' },
      { date: '2024-05-17', way: '電話', text: '本人に電話。予定どおり利用し、体操も続けている。' },
      { date: '2024-06-14', way: '訪問', text: '自宅で面接。休まずに歩ける距離が伸びてきた。' },
    ]),
  ),
  pdf(
    '経過記録',
    keikaKiroku(c, '介護予防支援・介護予防ケアマネジメント（第１号介護予防支援事業）経過記録', [
      { date: '2024-04-30', text: `${help.provider.name}から4月の実施状況の報告を聴取した。` },
      { date: '2024-05-31', text: `${help.provider.name}から5月の実施状況の報告を聴取した。` },
      { date: '2024-06-28', text: `${help.provider.name}から6月の実施状況の報告を聴取した。` },
    ]),
  ),
];

const coverOfA = (c: Case) =>
  coverSheet(c, {
    event: 'continuing',
    new_user: false,
    provider_route: 'center',
    cm_type: 'A',
    area: 'area-1',
    dates: { service_start_month: '2024-04', checked_to: '2024-06' },
  });

const filesOfA = (c: Case, hasMeeting: boolean): SampleUpload['packets'][number]['files'] => [
  ...csvFiles(c, '20240701090000', ['riyohyo', 'jisseki']),
  ...entryPapers(c, '2024-03-19'),
  ...planPapers(c, '2024-03-21'),
  ...(hasMeeting ? [pdf('サービス担当者会議の記録', kaigiRecord(c, { date: '2024-03-25' }))] : []),
  ...typeARecords(c),
  coverOfA(c),
];

const service = { name: kayoinoba.name, class: kayoinoba.class };
const completeA = typeA(
  person({ city, serial: 351, name: '見本 ひさ', kana: 'ミホン ヒサ', place: '見本町一丁目' }),
);
const lackingA = typeA(
  person({ city, serial: 352, name: '見本 ふみ', kana: 'ミホン フミ', place: '見本町二丁目' }),
);

export const nobeoka = (): SampleUpload[] => [
  single('nobeoka-type-a.zip', completeA, filesOfA(completeA, true)),
  single('nobeoka-type-a-without-meeting.zip', lackingA, filesOfA(lackingA, false)),
  single('nobeoka-type-c.zip', typeC, [
    ...entryPapers(typeC, '2024-05-20'),
    ...planPapers(typeC, '2024-05-22'),
    pdf(
      '経過記録',
      keikaKiroku(typeC, '介護予防支援・介護予防ケアマネジメント（第１号介護予防支援事業）経過記録', [
        {
          date: '2024-05-10',
          text: '基本チェックリストを実施し、事業対象者の基準に該当。届出書（様式第１号）とともに市へ書面で提出した。',
        },
        { date: '2024-05-22', text: '自宅を訪問し、本人と家族に面接してアセスメントを行った。' },
        { date: '2024-05-24', text: '計画を説明し、文書により同意を得て交付した。介護予防手帳を渡した。' },
      ]),
    ),
    coverSheet(typeC, {
      event: 'new',
      new_user: true,
      provider_route: 'center',
      cm_type: 'C',
      area: 'area-1',
      services_planned: [service],
      services_actual: [service],
      dates: { checklist: '2024-05-10' },
      flags: { checklist_date_on_card: true, plan_exists: true },
    }),
  ]),
];
