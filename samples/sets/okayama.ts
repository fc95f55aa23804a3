import { CENTERS, CITIES, OFFICES, SERVICES } from '../lib/cast.ts';
import type { SampleFile } from '../lib/csv/write-csv.ts';
import { kihonChecklist } from '../lib/forms/checklist.ts';
import { juyoJiko, keiyakusho, kojinJohoDoisho } from '../lib/forms/contract.ts';
import { hihokenshasho } from '../lib/forms/hihokenshasho.ts';
import { keikaKiroku } from '../lib/forms/keika.ts';
import { keikakusho } from '../lib/forms/keikakusho.ts';
import { kihonJoho } from '../lib/forms/kihon.ts';
import { assessmentSheet, kaigiRecord, kobetsuKeikaku } from '../lib/forms/records.ts';
import { beppyo, riyohyo } from '../lib/forms/riyohyo.ts';
import { TODOKE_TITLES, todoke } from '../lib/forms/todoke.ts';
import type { Case, Person } from '../lib/model.ts';
import type { SampleUpload } from '../lib/packet.ts';
import { coverSheet, pdf, single } from '../lib/packet.ts';
import { person } from '../lib/people.ts';

/** 岡山市: a new plan of a designated office with every paper of the city's workflow, steps (1) to (6), all as PDF. */
const city = CITIES.okayama;
const office = OFFICES.okayamaDesignated;
const center = CENTERS.okayama1;
const rental = SERVICES.rental(city);
const day = SERVICES.dayService(city);

const newPlan = (who: Person): Case => ({
  city,
  center,
  office,
  person: who,
  month: '2024-06',
  planKind: 1,
  commissioned: false,
  division: '11',
  planDate: '2024-06-05',
  firstPlanDate: '2024-06-05',
  planFrom: '2024-06-11',
  planTo: '2024-11-30',
  consentDate: '2024-06-10',
  planned: [rental, day],
  used: null,
});

const resident = (serial: number, name: string, kana: string): Person =>
  person({
    city,
    serial,
    name,
    kana,
    place: '見本区見本二丁目',
    certDecided: '2024-06-01',
    certFrom: '2024-05-13',
    certTo: '2024-11-30',
    checklistDate: '2024-06-03',
  });

/** (1) 契約等, (2) 届出. */
const contractPapers = (c: Case): Promise<SampleFile>[] => [
  pdf(
    '契約書',
    keiyakusho(c, {
      title: '介護予防支援契約書',
      office,
      center: null,
      date: '2024-06-03',
      from: '2024-06-03',
      to: '2025-05-31',
    }),
  ),
  pdf('重要事項説明書', juyoJiko(c, { office, center, date: '2024-06-03', kind: '介護予防支援' })),
  pdf(
    '個人情報同意書',
    kojinJohoDoisho(c, { date: '2024-06-03', to: office.name, user: true, family: true }),
  ),
  pdf(
    '介護予防届',
    todoke(c, {
      title: TODOKE_TITLES.okayama[0],
      to: '岡山市見本福祉事務所長',
      kind: '新規',
      date: '2024-06-04',
      responsible: office,
      from: '2024-06-11',
      attachments: ['介護保険被保険者証'],
      signed: c.person.name,
      handIn: '岡山市見本福祉事務所',
    }),
  ),
  pdf('被保険者証', hihokenshasho(c)),
];

/** (3) アセスメント to (6) 計画の確定. */
const planPapers = (c: Case, hasSheet: boolean): Promise<SampleFile>[] => [
  pdf('利用者基本情報', kihonJoho(c)),
  pdf('基本チェックリスト', kihonChecklist(c)),
  ...(hasSheet
    ? [
        pdf(
          'アセスメントシート',
          assessmentSheet(c, { title: '岡山市版介護予防のアセスメントシート', date: '2024-06-04' }),
        ),
      ]
    : []),
  pdf('支援計画書', keikakusho(c, { title: '介護予防サービス・支援計画書（ケアマネジメント結果等記録表）' })),
  pdf('利用票', riyohyo(c, { stamped: true }), 'UniJIS-UTF16-H'),
  pdf('利用票別表', beppyo(c, { stamped: true }), 'UniJIS-UTF16-H'),
  pdf('サービス担当者会議の記録', kaigiRecord(c, { date: '2024-06-07' })),
  pdf('個別サービス計画書_福祉用具', kobetsuKeikaku(c, rental, '2024-06-10')),
  pdf('個別サービス計画書_通所', kobetsuKeikaku(c, day, '2024-06-10')),
  pdf(
    '経過記録',
    keikaKiroku(c, '介護予防支援経過記録', [
      {
        date: '2024-06-03',
        text: '重要事項説明書を交付して説明し、同意を得て契約。総合事業のみの利用となるときは、地域包括支援センターとの新たな契約が必要になることを説明した。被保険者証と負担割合証を確認した。',
      },
      {
        date: '2024-06-04',
        text: '介護予防届を説明し、署名を得た。福祉事務所へ提出し、被保険者証を本人に返した。自宅を訪問し、本人と長女に面接してアセスメントを行った。',
      },
      {
        date: '2024-06-07',
        text: `＜サービス担当者会議＞　参加者：本人、${c.person.family.relation}、${c.planned.map((s) => s.provider.name).join('、')}。原案を共有し、手すりの位置を改めた。`,
      },
      {
        date: '2024-06-10',
        text: '計画書に同意の署名を得て確定。本人と各事業所へ交付した。各事業所から個別サービス計画書を受け取った。',
      },
      {
        date: '2024-06-25',
        text: '＜モニタリング＞　自宅を訪問し、本人と面接。手すりを使い、転ばずに過ごせている。各事業所から利用の状況を聴き取った。',
      },
    ]),
  ),
];

const cover = (c: Case) =>
  coverSheet(c, {
    event: 'new',
    new_user: true,
    provider_route: 'direct',
    area: 'area-1',
    dates: { plan_fixed: '2024-06-10', submitted: '2024-06-28' },
    flags: { itaku_contract_together: false },
  });

const complete = newPlan(resident(301, '見本 桃子', 'ミホン モモコ'));
const withoutSheet = newPlan(resident(302, '見本 梅子', 'ミホン ウメコ'));

export const okayama = (): SampleUpload[] => [
  single('okayama-new.zip', complete, [
    ...contractPapers(complete),
    ...planPapers(complete, true),
    cover(complete),
  ]),
  single('okayama-new-without-assessment.zip', withoutSheet, [
    ...contractPapers(withoutSheet),
    ...planPapers(withoutSheet, false),
    cover(withoutSheet),
  ]),
];
