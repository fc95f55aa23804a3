import { CENTERS, CITIES, OFFICES, SERVICES } from '../lib/cast.ts';
import type { SampleFile } from '../lib/csv/write-csv.ts';
import { keiyakusho } from '../lib/forms/contract.ts';
import { hihokenshasho } from '../lib/forms/hihokenshasho.ts';
import { keikaKiroku } from '../lib/forms/keika.ts';
import { riyohyo } from '../lib/forms/riyohyo.ts';
import { TODOKE_TITLES, todoke } from '../lib/forms/todoke.ts';
import type { Case, Person } from '../lib/model.ts';
import type { SampleUpload } from '../lib/packet.ts';
import { coverSheet, csvFiles, pdf, single } from '../lib/packet.ts';
import { person } from '../lib/people.ts';

/**
 * 水戸市: April, May and June of one person as in the table at the end of the city's slides,
 * a May whose plan was sent only as data, and a May that lacks two of the four items.
 */
const city = CITIES.mito;
const center = CENTERS.mito1;
const office = OFFICES.mitoDesignated;
const help = SERVICES.visitHelp(city, '介護予防ホームヘルプ');
const nursing = SERVICES.nursing(city);

const hanako = person({ city, serial: 101, name: '見本 花子', kana: 'ミホン ハナコ', place: '見本町一丁目' });
const yone = person({ city, serial: 102, name: '見本 よね', kana: 'ミホン ヨネ', place: '見本町二丁目' });
const masa = person({ city, serial: 103, name: '見本 まさ', kana: 'ミホン マサ', place: '見本町三丁目' });

/** A month of the same plan; without 訪問看護 it is 介護予防ケアマネジメント, commissioned by the center. */
function monthOf(who: Person, month: string, hasNursing: boolean): Case {
  return {
    city,
    center,
    office,
    person: who,
    month,
    planKind: hasNursing ? 1 : 2,
    commissioned: !hasNursing,
    division: '21',
    planDate: '2024-03-25',
    firstPlanDate: '2023-09-25',
    planFrom: '2024-04-01',
    planTo: '2024-09-30',
    consentDate: '2024-03-25',
    planned: [help, nursing],
    used: hasNursing ? [help, nursing] : [help],
  };
}

/** The user's contracts with the office and with the city (実施事項①②). */
const contracts = (c: Case): Promise<SampleFile>[] => {
  const dates = { date: '2024-04-01', from: '2024-04-01', to: '2025-03-31', center: null };
  return [
    pdf('契約書（介護予防支援）', keiyakusho(c, { title: '介護予防支援契約書', office, ...dates })),
    pdf(
      '契約書（介護予防ケアマネジメント）',
      keiyakusho(c, { title: '介護予防ケアマネジメント契約書', office: null, city: '水戸市', ...dates }),
    ),
  ];
};

/** 届（変更）and 被保険者証, to the 包括 (実施事項③). */
function switchPapers(c: Case, date: string, reason: string): Promise<SampleFile>[] {
  const isEntrusted = c.commissioned;
  return [
    pdf(
      '作成依頼（変更）届',
      todoke(c, {
        title: TODOKE_TITLES.mito[0],
        to: `${center.name}長`,
        kind: '変更',
        date,
        responsible: isEntrusted ? center : office,
        entrusted: isEntrusted ? office : undefined,
        from: `${c.month}-01`,
        reason,
        attachments: ['介護保険被保険者証'],
        signed: c.person.name,
        handIn: center.name,
      }),
    ),
    pdf('被保険者証', hihokenshasho(c)),
  ];
}

const reasonInMay = [
  {
    date: '2024-05-14',
    text: '＜モニタリング＞　自宅を訪問し、本人と面接。体調は安定しており、ホームヘルプは予定どおり利用している。',
  },
  {
    date: '2024-05-28',
    text: '本人から電話。膝の痛みが和らぎ、5月は介護予防訪問看護を一度も利用しなかったとのこと。訪問看護ステーションにも利用実績がないことを確認した。',
  },
  {
    date: '2024-05-31',
    text: `＜ケアマネジメント区分の変更＞　変更の理由：5月は介護予防訪問看護の利用がなく、総合事業（介護予防ホームヘルプ）のみの利用となったため、介護予防支援から介護予防ケアマネジメントへ区分を変更する。${center.name}へ電話で連絡した。`,
  },
];
const noReason = [
  { date: '2024-05-14', text: '＜モニタリング＞　自宅を訪問し、本人と面接。体調に変わりはない。' },
  { date: '2024-05-31', text: 'ホームヘルプの実績を確認した。' },
];

const april = monthOf(hanako, '2024-04', true);
const may = monthOf(hanako, '2024-05', false);
const june = monthOf(hanako, '2024-06', true);
const mayAsData = monthOf(masa, '2024-05', false);
const mayLacking = monthOf(yone, '2024-05', false);

const switchToCm = {
  event: 'category_switch',
  previous_category: 'yobo_shien_direct',
  new_user: false,
  transmission: 'kanamic_message_pdf',
  flags: { contacted_hokatsu: true },
};

/** The set of a 介護予防ケアマネジメント month (実施事項④); the plan's original goes to the center on paper. */
const cmMonth = (c: Case): SampleUpload['packets'][number]['files'] => [
  ...csvFiles(c, '20240601090000', ['kihon', 'plan', 'riyohyo', 'jisseki']),
  ...switchPapers(c, '2024-05-31', '5月は総合事業のみの利用となったため'),
  pdf('支援経過', keikaKiroku(c, '支援経過', reasonInMay)),
  pdf(
    '利用票（写し）',
    riyohyo(c, { title: 'サービス利用票（兼居宅サービス計画）', copy: true, stamped: true }),
  ),
];

export const mito = (): SampleUpload[] => [
  single('mito-2024-04.zip', april, [
    ...csvFiles(april, '20240501090000', ['kihon', 'plan', 'riyohyo', 'jisseki']),
    ...contracts(april),
    coverSheet(april, { event: 'continuing', new_user: false }),
  ]),
  single('mito-2024-05.zip', may, [
    ...cmMonth(may),
    coverSheet(may, { ...switchToCm, documents: ['care_plan_original'] }),
  ]),
  single('mito-2024-06.zip', june, [
    ...csvFiles(june, '20240701090000', ['plan', 'riyohyo', 'jisseki']),
    ...switchPapers(june, '2024-06-28', '6月は介護予防訪問看護を再び利用したため'),
    coverSheet(june, {
      event: 'category_switch',
      previous_category: 'yobo_cm_itaku',
      new_user: false,
      flags: { contacted_hokatsu: true },
    }),
  ]),
  single('mito-2024-05-plan-as-data.zip', mayAsData, [
    ...cmMonth(mayAsData),
    coverSheet(mayAsData, switchToCm),
  ]),
  single('mito-2024-05-lacking.zip', mayLacking, [
    ...csvFiles(mayLacking, '20240601093000', ['kihon', 'plan']),
    ...switchPapers(mayLacking, '2024-05-31', '5月は総合事業のみの利用となったため'),
    pdf('支援経過', keikaKiroku(mayLacking, '支援経過', noReason)),
    coverSheet(mayLacking, {
      ...switchToCm,
      documents: ['care_plan_original'],
      services_actual: [{ name: help.name, class: help.class }],
    }),
  ]),
];
