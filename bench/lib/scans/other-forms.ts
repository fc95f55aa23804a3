import type { Case } from '../../../samples/lib/model.ts';
import { planner } from '../../../samples/lib/model.ts';
import type { FieldName, Reading } from '../../../shared/documents/document.ts';
import type { DocumentKind } from '../../../shared/vocabulary/document-kinds.ts';

/** A form as another program prints it: its title, and labels with their values. */
export interface OtherForm {
  title: string;
  fields: [label: string, value: string][];
  /** running text beneath */
  text?: string[];
  kind: DocumentKind;
  /** what a reader must find, however the page is laid out */
  answers: Partial<Record<FieldName, Reading['value']>>;
}

/** How programs write a day: 2024-06-10. */
const DATES: ((year: number, month: number, day: number) => string)[] = [
  (year, month, day) => `令和${year - 2018}年${month}月${day}日`,
  (year, month, day) => `R${year - 2018}.${month}.${day}`,
  (year, month, day) => `令和 ${year - 2018} 年 ${month} 月 ${day} 日`,
  (year, month, day) => `${year}/${String(month).padStart(2, '0')}/${String(day).padStart(2, '0')}`,
];

/** Six forms of one person; `style` chooses how days are written. */
export function otherForms(c: Case, style: number): OtherForm[] {
  const { person: p } = c;
  const write = DATES[style % DATES.length]!;
  const day = (iso: string): string => {
    const [year = 0, month = 0, date = 0] = iso.split('-').map(Number);
    return write(year, month, date);
  };
  const [birthYear = 0, birthMonth, birthDay] = p.birth.split('-').map(Number);
  const birth = `昭和${birthYear - 1925}年${birthMonth}月${birthDay}日`;
  const period = (from: string, to: string): string => `${day(from)}～${day(to)}`;
  const { author, name: office } = planner(c);
  const person = { name: p.name, insured_number: p.insured };
  const card = { ...person, name_kana: p.kana, birth_date: p.birth, sex: p.sex, address: p.address };
  const certified = { cert_decided: p.certDecided, cert_valid_from: p.certFrom, cert_valid_to: p.certTo };
  return [
    {
      title: '介護保険被保険者証',
      kind: 'hihokenshasho',
      answers: { ...card, ...certified, insurer_number: c.city.insurer, certification: p.certification },
      fields: [
        ['番号', p.insured],
        ['住所', p.address],
        ['フリガナ', p.kana],
        ['氏名', p.name],
        ['生年月日', birth],
        ['性別', p.sex],
        ['要介護状態区分等', p.certification],
        ['認定年月日（事業対象者の場合は、基本チェックリスト実施日）', day(p.certDecided)],
        ['認定の有効期間', period(p.certFrom, p.certTo)],
        ['保険者番号並びに保険者の名称及び印', `${c.city.insurer}\n${c.city.name}`],
      ],
    },
    {
      title: '介護予防サービス・支援計画書',
      kind: 'shien_keikakusho',
      answers: {
        ...person,
        ...certified,
        plan_created: c.planDate,
        care_manager_name: author,
        office_name: office,
        center_name: c.center.name,
        consent_date: c.planDate,
        consent_name: p.name,
        signed: true,
      },
      fields: [
        ['利用者名', `${p.name} 様`],
        ['被保険者番号', p.insured],
        ['認定年月日', day(p.certDecided)],
        ['認定の有効期間', period(p.certFrom, p.certTo)],
        ['計画作成者氏名', author],
        ['計画作成日', day(c.planDate)],
        ['担当地域包括支援センター', c.center.name],
        ['計画作成事業者・事業所名', office],
      ],
      text: [
        `目標とする生活　1日　${p.story.goal}　1年　${p.story.goal}`,
        `総合的な方針　${p.story.policy}`,
        `上記計画について、同意いたします。　${day(c.planDate)}　氏名　${p.name}　印`,
      ],
    },
    {
      title: 'サービス担当者会議の要点',
      kind: 'tantosha_kaigi_record',
      answers: { name: p.name, care_manager_name: author, meeting_date: '2024-06-20' },
      fields: [
        ['利用者氏名', p.name],
        ['計画作成者氏名', author],
        ['開催日', day('2024-06-20')],
        ['開催場所', '利用者宅'],
        ['開催時間', '14:00～15:00'],
        ['検討した項目', '介護予防サービス計画の原案、役割の分担'],
        ['検討内容', p.story.problem],
        ['結論', '原案のとおりとする。'],
      ],
    },
    {
      title: 'アセスメントシート',
      kind: 'assessment_sheet',
      answers: {
        ...person,
        assessment_date: '2024-06-10',
        assessment_home_visit: true,
        assessment_domain_1: p.story.domains[0]!.state,
        assessment_domain_2: p.story.domains[1]!.state,
        assessment_domain_3: p.story.domains[2]!.state,
        assessment_domain_4: p.story.domains[3]!.state,
      },
      fields: [
        ['利用者氏名', p.name],
        ['アセスメント実施日', day('2024-06-10')],
        ['被保険者番号', p.insured],
        ['実施者', author],
        ['実施場所', '利用者の居宅を訪問'],
        ['運動及び移動', p.story.domains[0]!.state],
        ['家庭生活を含む日常生活', p.story.domains[1]!.state],
        ['社会参加並びに対人関係及びコミュニケーション', p.story.domains[2]!.state],
        ['健康管理', p.story.domains[3]!.state],
      ],
    },
    {
      title: '介護予防支援・サービス評価表',
      kind: 'hyokahyo',
      answers: {
        name: p.name,
        care_manager_name: author,
        hyoka_date: '2024-06-25',
        hyoka_result: 'プラン継続',
      },
      fields: [
        ['利用者氏名', p.name],
        ['計画作成者氏名', author],
        ['評価日', day('2024-06-25')],
        ['評価期間', period(c.planFrom, c.planTo)],
        ['目標', p.story.goal],
        ['目標達成状況', '休まずに歩ける距離が伸びた。'],
        ['今後の方針', '■プラン継続　□プラン変更　□終了'],
      ],
    },
    {
      title: '介護予防サービス計画作成・介護予防ケアマネジメント依頼（変更）届出書',
      kind: 'kaigo_yobo_todoke',
      answers: {
        ...card,
        notification_kind: '新規',
        office_name: office,
        office_number: planner(c).number,
        notification_date: '2024-05-31',
      },
      fields: [
        ['区分', '■新規　□変更'],
        ['被保険者番号', p.insured],
        ['フリガナ', p.kana],
        ['被保険者氏名', p.name],
        ['生年月日', birth],
        ['性別', p.sex],
        ['事業所番号', planner(c).number],
        ['事業所の名称', office],
        ['サービス開始年月日', day('2024-06-01')],
        ['届出日', day('2024-05-31')],
        ['住所', p.address],
      ],
      text: ['上記の事業所に介護予防サービス計画の作成を依頼することを届け出します。'],
    },
  ];
}

/** Rows of a table, two fields to a row; labels over their values; lines without rules. */
export type Layout = 'rows' | 'columns' | 'lines';

/** The page that Chromium prints. */
export function toHtml({ title, fields, text = [] }: OtherForm, layout: Layout, face: string): string {
  const broken = (value: string): string => value.replaceAll('\n', '<br>');
  const cells = fields.map(([label, value]) => [`<th>${label}</th>`, `<td>${broken(value)}</td>`] as const);
  const pairs = Array.from({ length: Math.ceil(cells.length / 2) }, (_, i) => cells.slice(2 * i, 2 * i + 2));
  const rows = pairs.flatMap((pair) =>
    layout === 'columns'
      ? [pair.map(([label]) => label).join(''), pair.map(([, value]) => value).join('')]
      : [pair.flat().join('')],
  );
  const body =
    layout === 'lines'
      ? fields.map(([label, value]) => `<p>${label}　　<u>${broken(value)}</u></p>`).join('')
      : `<table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
  return `<meta charset="utf-8"><style>
    body { font: 10pt "${face}"; margin: 0 }
    h1 { font-size: 15pt; text-align: center }
    table { width: 100%; border-collapse: collapse }
    th, td { border: 0.8pt solid #333; padding: 5pt 6pt; font-weight: normal; text-align: left }
    th { width: 19%; background: #eee }
    p { margin: 9pt 0 }
  </style><h1>${title}</h1>${body}${text.map((each) => `<p>${each}</p>`).join('')}`;
}
