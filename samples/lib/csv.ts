import iconv from 'iconv-lite';
import type { Case, Certification, Service } from './model.ts';
import { daysIn, planner, serviceDays, wareki } from './model.ts';

/**
 * CSV files of ケアプランデータ連携標準仕様 V4.1 (CSVファイルレイアウト定義書), 介護予防 side: CP932, CRLF, no header row.
 * A `*` before a column name marks free text, which is wrapped in quotes.
 */
const CSV_VERSION = '202407';

const KEY = ['CSVバージョン', '保険者番号', '被保険者番号'];
const DOMAINS = ['運動・移動', '日常生活(家庭生活)', '社会参加、対人関係・コミュニケーション', '健康管理'];
const PROGRAMMES = ['運動不足', '栄養改善', '口腔内ケア', '閉じこもり予防', '物忘れ予防', 'うつ予防'];

export const LAYOUTS = {
  UPKIHON: [
    ...KEY,
    '相談日',
    '計画種類',
    '委託の有無',
    '*作成担当者',
    '相談方法',
    '*相談方法(その他の内容)',
    '相談回数',
    '前回相談日',
    '利用者の現況',
    '*利用者の現況(状況補足)',
    '*利用者氏名フリガナ',
    '*利用者氏名',
    '利用者性別',
    '利用者生年月日',
    '*利用者住所',
    '利用者電話番号',
    '利用者Fax番号',
    '障害高齢者の日常生活自立度',
    '認知症高齢者の日常生活自立度',
    '要介護状態区分',
    '認定有効期限開始日',
    '認定有効期間終了日',
    '前回の介護度',
    '基本チェックリスト記入結果',
    '基本チェックリスト記入日',
    '障害等認定(身障)',
    '障害等認定(療育)',
    '障害等認定(精神)',
    '障害等認定(難病)',
    '*障害等認定特記事項',
    '居住形態',
    '自室の階数',
    '住宅改修の有無',
    '経済状況(国民年金)',
    '経済状況(厚生年金)',
    '経済状況(障害年金)',
    '経済状況(生活保護)',
    '*経済状況詳細',
    '*来所者(相談者)氏名',
    '*来所者(相談者)住所',
    '来所者(相談者)電話番号',
    '*来所者(相談者)続柄',
    ...[1, 2, 3, 4].flatMap((n) => [
      `*${n}緊急連絡先(氏名)`,
      `*${n}緊急連絡先(続柄)`,
      `*${n}緊急連絡先(住所)`,
      `${n}緊急連絡先(電話番号)`,
    ]),
    '家族構成画像ファイル名',
    '*家族関係等の状況',
    '*今までの生活',
    '*１日の生活・すごし方(生活全般)',
    '*趣味・楽しみ・特技',
    '*友人・地域との関係',
    '*現在利用している公的サービス',
    '*現在利用している非公的サービス',
    '同意日',
    '*同意者氏名',
  ],
  UPKIHON_SUB1: [...KEY, '相談日', '*時間', '*本人の生活状況', '*介護者・家族の生活状況'],
  UPKIHON_SUB2: [
    ...KEY,
    '相談日',
    '*年月日',
    '*病名',
    '*医療機関・医師名',
    '主治医・意見作成者フラグ',
    '医療機関・医師電話番号',
    '経過',
    '*治療中の内容',
  ],
  UPYOBO: [
    ...KEY,
    '計画作成(変更)日',
    '計画種類',
    '委託の有無',
    '*整理番号',
    '*利用者名',
    '認定年月日',
    '認定有効期間開始日',
    '認定有効期間終了日',
    '計画書区分',
    '認定状況区分',
    '要支援状態区分',
    '*地域包括支援センター担当者名',
    '*担当介護支援専門員名',
    '*計画作成者事業者・事業所名',
    '*計画作成者事業者・事業所住所',
    '計画作成者事業者・事業所電話番号',
    '初回作成日',
    '*担当地域包括支援センター',
    '*目標とする生活(1日)',
    '*目標とする生活(1年)',
    ...DOMAINS.flatMap((d) => [
      `*${d}現在の状況`,
      `*${d}本人・家族の意欲・意向`,
      `${d}領域における課題の有無`,
      `*${d}領域における課題`,
    ]),
    '*健康状態の留意点',
    '*妥当な支援の実施に向けた方針',
    '*総合的な方針',
    ...PROGRAMMES.map((p) => `該当数(${p})`),
    ...PROGRAMMES.map((p) => `要否(${p})`),
    '*地域包括支援センター意見',
    '同意日',
    '*同意者氏名',
  ],
  UPYOBO_SUB: [
    ...KEY,
    '計画作成(変更)日',
    '課題ＮＯ',
    '*総合的課題',
    '*課題に対する目標と具体策の提案',
    '*具体策についての意向本人・家族',
    '*目標',
    '支援計画ＮＯ',
    '*目標についての支援のポイント',
    '*本人等のセルフケアや家族の支援、インフォーマルサービス',
    '*介護保険サービス又は地域支援事業',
    '利用サービスＮＯ',
    '*サービス種別',
    '*事業所(利用先)',
    '*期間',
  ],
  UPPLAN: [
    ...KEY,
    '作成年月日',
    '対象年月',
    'プラン担当業者コード',
    '*プラン担当者名',
    '単位数',
    '前月までの短期入所利用日数',
    'サービス利用日',
    '日割対象日',
    'サービス開始時刻',
    'サービス終了時刻',
    'サービス回数',
    'サービスコード',
    'TAISコード',
    '福祉用具届出コード',
    '*用具名称（機種名）',
    '明細判別コード',
    'サービス事業者コード',
    '*サービス事業所名',
    'サテライト枝番',
    '３０日超区分',
    '更新業者コード',
    '識別子',
  ],
  UPSIKYU: [
    ...KEY,
    '作成年月日',
    '対象年月',
    '*サービス事業所名',
    'サービス事業所コード',
    'サテライト枝番',
    'サービスコード',
    'TAISコード',
    '福祉用具届出コード',
    '*用具名称（機種名）',
    '単位数',
    '割引後率',
    '割引後単位数',
    '回数／日数',
    'サービス単位金額',
    '給付管理単位数',
    '種類支給限度基準超単位',
    '種類支給限度基準内単位',
    '区分支給限度基準超単位',
    '区分支給限度基準内単位',
    '単位数単価',
    '費用総額保険／事業対象',
    '給付率',
    '保険／事業費請求額',
    '定額利用者負担単価金額',
    '利用者負担保険／事業対象',
    '利用者負担（全額負担）',
    '前月までの利用日数',
    '当月の計画利用日数',
    '累積利用日数',
    '３０日超区分',
    '事業所コード',
    '入力者コード',
    '更新業者コード',
    '識別子',
  ],
  UPHOSOKU: [
    ...KEY,
    '居宅サービス計画作成（変更）日',
    '*利用者氏名フリガナ',
    '*利用者氏名',
    '利用者性別',
    '利用者生年月日',
    '利用者郵便番号',
    '*利用者住所１',
    '*利用者住所２',
    '利用者電話番号',
    '認定日',
    '限度額適用開始年月日',
    '限度額適用終了年月日',
    '認定状況区分',
    '要介護状態変更日',
    '要介護状態区分',
    '区分支給限度基準額',
    ...Array.from({ length: 9 }, (_, i) => [
      `${i + 1}サービス種類コード`,
      `${i + 1}支給限度基準額`,
      `${i + 1}合計単位数`,
      `${i + 1}限度超単位数`,
    ]).flat(),
    '合計限度超単位数',
    '入所前月迄利用日数',
    '入所累積利用日数',
    '前回要介護状態区分',
    '同意書受付業者',
    '更新業者コード',
    '識別子',
    '対象年月',
  ],
} as const satisfies Record<string, string[]>;

type CsvLayout = keyof typeof LAYOUTS;
/** UPJSK shares the layout of UPPLAN. */
export type CsvType = CsvLayout | 'UPJSK';
export type CsvRow = Record<string, string | number | undefined>;

export interface SampleFile {
  name: string;
  bytes: Uint8Array;
}

/** How one program writes its CSV files: the standard leaves quoting, header rows and line ends open. */
export interface CsvHabits {
  /** `text`: free text only; `all`: every cell; `none`: only what cannot do without */
  quote: 'text' | 'all' | 'none';
  header: boolean;
  eol: '\r\n' | '\n';
  /** V3 has no 福祉用具 columns in 第6・7表, no service kinds in file names and no 介護予防 plan */
  version: '202407' | '202208';
}
const STANDARD: CsvHabits = { quote: 'text', header: false, eol: '\r\n', version: CSV_VERSION };
const ADDED_IN_V4 = ['TAISコード', '福祉用具届出コード', '*用具名称（機種名）'];

/** The bytes of one CSV file. Throws when a row names a column the layout lacks or a character CP932 lacks. */
export function writeCsv(type: CsvType, rows: CsvRow[], habits: CsvHabits = STANDARD): Uint8Array {
  const layout: readonly string[] = LAYOUTS[type === 'UPJSK' ? 'UPPLAN' : type];
  const known = new Set(layout.map((c) => c.replace('*', '')));
  const columns =
    habits.version === '202208' ? layout.filter((column) => !ADDED_IN_V4.includes(column)) : layout;
  const names = columns.map((c) => c.replace('*', ''));
  const lines = rows.map((row) => {
    for (const key of Object.keys(row)) if (!known.has(key)) throw new Error(`${type} has no column ${key}`);
    const versioned: CsvRow = 'CSVバージョン' in row ? { ...row, CSVバージョン: habits.version } : row;
    return columns.map((column, i) =>
      writeCell(String(versioned[names[i] as string] ?? ''), column.startsWith('*'), habits),
    );
  });
  if (habits.header) lines.unshift(names.map((name) => writeCell(name, true, habits)));
  return encodeCp932(lines.map((cells) => `${cells.join(',')}${habits.eol}`).join(''));
}

function writeCell(value: string, isText: boolean, { quote }: CsvHabits): string {
  const needs = /[",\r\n]/.test(value);
  const wants = quote === 'all' || (quote === 'text' && isText && value !== '');
  return needs || wants ? `"${value.replaceAll('"', '""')}"` : value;
}

export function encodeCp932(text: string): Uint8Array {
  const bytes = iconv.encode(text, 'cp932');
  if (iconv.decode(bytes, 'cp932') !== text) {
    const lost = [...text].find((char) => iconv.decode(iconv.encode(char, 'cp932'), 'cp932') !== char);
    throw new Error(`CP932 has no character for ${lost}`);
  }
  return bytes;
}

/** One sending unit: from, to, their service kinds and the 14-digit stamp all its files share. */
export interface Sending {
  from: string;
  fromKind: string;
  to: string;
  toKind: string;
  stamp: string;
  /** how the sender's program writes; the standard's way when not given */
  habits?: CsvHabits;
}

/** 43 居宅介護支援 and 46 介護予防支援: what a center puts as its own kind is not printed in the standard. */
export const sendingOf = (c: Case, stamp: string): Sending => ({
  from: planner(c).number,
  fromKind: c.office ? '43' : '46',
  to: c.center.number,
  toKind: '46',
  stamp,
});

export function csvFileName(type: CsvType, s: Sending, month?: string): string {
  const middle = month === undefined ? '' : `${month.replace('-', '')}_`;
  if (s.habits?.version === '202208') return `${type}_${middle}${s.from}_${s.to}_${s.stamp}.CSV`;
  return `${type}_${middle}${s.from}_${s.fromKind}_${s.to}_${s.toKind}_${s.stamp}.CSV`;
}

const compact = (iso: string): string => iso.replaceAll('-', '');
const CERT_CODE: Record<Certification, string> = {
  事業対象者: '06',
  要支援1: '12',
  要支援2: '13',
  要介護1: '21',
};
const PLAN_STATUS: Partial<Record<Certification, string>> = { 要支援1: '1', 要支援2: '2', 事業対象者: '3' };
/** 区分支給限度基準額 in units; that of 事業対象者 is the city's own. */
const LIMIT: Partial<Record<Certification, number>> = { 要支援1: 5032, 要支援2: 10531, 事業対象者: 5032 };

const key = (c: Case): CsvRow => ({
  CSVバージョン: CSV_VERSION,
  保険者番号: c.city.insurer,
  被保険者番号: c.person.insured,
});

/** Questions of each programme on the 基本チェックリスト. */
const PROGRAMME_RANGES: [number, number][] = [
  [6, 10],
  [11, 12],
  [13, 15],
  [16, 17],
  [18, 20],
  [21, 25],
];
/** 該当項目数 that asks for the programme (national criteria; grade in the profiles, not here). */
const PROGRAMME_LIMITS = [3, 2, 2, 1, 1, 2];
const programmeHits = (hits: number[]): number[] =>
  PROGRAMME_RANGES.map(([from, to]) => hits.filter((n) => n >= from && n <= to).length);

/** 利用者基本情報 with its two 別表. */
export function kihonFiles(cases: Case[], s: Sending): SampleFile[] {
  const consulted = (c: Case): string => compact(c.firstPlanDate);
  const parent = (c: Case): CsvRow => ({ ...key(c), 相談日: consulted(c) });
  const main = cases.map((c): CsvRow => {
    const { person: p } = c;
    const isCertified = p.certification !== '事業対象者';
    return {
      ...parent(c),
      計画種類: c.planKind,
      委託の有無: c.commissioned ? 2 : 1,
      作成担当者: planner(c).author,
      相談方法: '01',
      相談回数: '01',
      利用者の現況: '01',
      利用者氏名フリガナ: p.kana,
      利用者氏名: p.name,
      利用者性別: p.sex === '男' ? 1 : 2,
      利用者生年月日: compact(p.birth),
      利用者住所: p.address,
      利用者電話番号: p.phone,
      障害高齢者の日常生活自立度: '12',
      認知症高齢者の日常生活自立度: '01',
      要介護状態区分: isCertified ? CERT_CODE[p.certification] : '',
      認定有効期限開始日: isCertified ? compact(p.certFrom) : '',
      認定有効期間終了日: isCertified ? compact(p.certTo) : '',
      基本チェックリスト記入結果: p.checklist.hits.length >= 3 ? 1 : 2,
      基本チェックリスト記入日: compact(p.checklist.date),
      '障害等認定(身障)': 0,
      '障害等認定(療育)': 0,
      '障害等認定(精神)': 0,
      '障害等認定(難病)': 0,
      居住形態: '05',
      自室の階数: '1',
      住宅改修の有無: 2,
      '経済状況(国民年金)': 1,
      '経済状況(厚生年金)': 0,
      '経済状況(障害年金)': 0,
      '経済状況(生活保護)': 0,
      '来所者(相談者)氏名': p.family.name,
      '来所者(相談者)住所': p.family.address,
      '来所者(相談者)電話番号': p.family.phone,
      '来所者(相談者)続柄': p.family.relation,
      '1緊急連絡先(氏名)': p.family.name,
      '1緊急連絡先(続柄)': p.family.relation,
      '1緊急連絡先(住所)': p.family.address,
      '1緊急連絡先(電話番号)': p.family.phone,
      家族関係等の状況: `${p.family.relation}が近くに住み、週末に来訪する。`,
      今までの生活: p.story.life,
      '１日の生活・すごし方(生活全般)': p.story.now,
      '趣味・楽しみ・特技': p.story.hobby,
      '友人・地域との関係': p.story.friends,
      現在利用している公的サービス: c.planned.map((service) => service.name).join('、'),
      現在利用している非公的サービス: '配食（民間）',
      同意日: c.consentDate ? compact(c.consentDate) : '',
      同意者氏名: c.consentDate ? p.name : '',
    };
  });
  const day = cases.flatMap((c): CsvRow[] =>
    [
      ['6:00', '起床、朝食', ''],
      ['10:00', '掃除、洗濯', ''],
      ['15:00', '近所を散歩', `${c.person.family.relation}と電話`],
      ['21:00', '就寝', ''],
    ].map(([time, self, family]) => ({
      ...parent(c),
      時間: time,
      本人の生活状況: self,
      '介護者・家族の生活状況': family,
    })),
  );
  const illness = cases.flatMap((c): CsvRow[] =>
    c.person.story.illness.map((i) => ({
      ...parent(c),
      年月日: i.since,
      病名: i.name,
      '医療機関・医師名': i.doctor,
      '主治医・意見作成者フラグ': 1,
      経過: '01',
      治療中の内容: i.treatment,
    })),
  );
  return [
    { name: csvFileName('UPKIHON', s), bytes: writeCsv('UPKIHON', main, s.habits) },
    { name: csvFileName('UPKIHON_SUB1', s), bytes: writeCsv('UPKIHON_SUB1', day, s.habits) },
    { name: csvFileName('UPKIHON_SUB2', s), bytes: writeCsv('UPKIHON_SUB2', illness, s.habits) },
  ];
}

/** 介護予防サービス・支援計画書 with its 別表. */
export function yoboFiles(cases: Case[], s: Sending): SampleFile[] {
  const main = cases.map((c): CsvRow => {
    const {
      person: p,
      person: { story },
    } = c;
    const by = planner(c);
    const hits = programmeHits(p.checklist.hits);
    const row: CsvRow = {
      ...key(c),
      '計画作成(変更)日': compact(c.planDate),
      計画種類: c.planKind,
      委託の有無: c.commissioned ? 2 : 1,
      整理番号: p.insured.slice(-4),
      利用者名: p.name,
      認定年月日: compact(p.certDecided),
      認定有効期間開始日: p.certification === '事業対象者' ? '' : compact(p.certFrom),
      認定有効期間終了日: p.certification === '事業対象者' ? '' : compact(p.certTo),
      計画書区分: c.division,
      認定状況区分: 2,
      要支援状態区分: PLAN_STATUS[p.certification] ?? '',
      地域包括支援センター担当者名: c.center.staff,
      担当介護支援専門員名: c.office?.careManager,
      '計画作成者事業者・事業所名': by.name,
      '計画作成者事業者・事業所住所': by.address,
      '計画作成者事業者・事業所電話番号': by.phone,
      初回作成日: compact(c.firstPlanDate),
      担当地域包括支援センター: c.center.name,
      '目標とする生活(1日)': story.goalDay,
      '目標とする生活(1年)': story.goalYear,
      健康状態の留意点: story.health,
      妥当な支援の実施に向けた方針: '本来行うべき支援をそのまま実施できる。',
      総合的な方針: story.policy,
      地域包括支援センター意見: c.commissioned || !c.office ? '計画の内容は妥当と認める。' : '',
      同意日: c.consentDate ? compact(c.consentDate) : '',
      同意者氏名: c.consentDate ? p.name : '',
    };
    DOMAINS.forEach((name, i) => {
      const domain = story.domains[i]!;
      row[`${name}現在の状況`] = domain.state;
      row[`${name}本人・家族の意欲・意向`] = domain.wish;
      row[`${name}領域における課題の有無`] = domain.problem ? 1 : 2;
      row[`${name}領域における課題`] = domain.problem ?? '';
    });
    PROGRAMMES.forEach((name, i) => {
      row[`該当数(${name})`] = hits[i];
      row[`要否(${name})`] = (hits[i] ?? 0) >= (PROGRAMME_LIMITS[i] ?? 0) ? 1 : 2;
    });
    return row;
  });
  const sub = cases.flatMap((c) =>
    c.planned.map((service, i): CsvRow => {
      const { story } = c.person;
      // 課題と目標は最初の行だけに書き、続く行は空欄（標準仕様の書き方）
      const head = i === 0;
      return {
        ...key(c),
        '計画作成(変更)日': compact(c.planDate),
        課題ＮＯ: '1',
        総合的課題: head ? story.problem : '',
        課題に対する目標と具体策の提案: head ? story.proposal : '',
        '具体策についての意向本人・家族': head ? story.wish : '',
        目標: head ? story.goal : '',
        支援計画ＮＯ: '1',
        目標についての支援のポイント: head ? story.point : '',
        '本人等のセルフケアや家族の支援、インフォーマルサービス': head ? story.selfCare : '',
        介護保険サービス又は地域支援事業: service.content,
        利用サービスＮＯ: String(i + 1),
        サービス種別: service.name,
        '事業所(利用先)': service.provider.name,
        期間: planPeriod(c),
      };
    }),
  );
  return [
    { name: csvFileName('UPYOBO', s), bytes: writeCsv('UPYOBO', main, s.habits) },
    { name: csvFileName('UPYOBO_SUB', s), bytes: writeCsv('UPYOBO_SUB', sub, s.habits) },
  ];
}

/** 期間 as a plan prints it: 令和6年4月1日～令和6年9月30日. */
export const planPeriod = (c: Case): string => `${wareki(c.planFrom)}～${wareki(c.planTo)}`;

interface Occurrence {
  service: Service;
  date: string;
  units: number;
}

/** One row per service and day: a monthly fee stands on the first day, a rental on the first day of the month. */
function occurrences(services: Service[], month: string): Occurrence[] {
  return services
    .filter((service) => service.code !== null)
    .flatMap((service) => {
      const dates = service.kind === '67' ? [`${month}-01`] : serviceDays(month, service.weekday);
      return dates.map((date, i) => ({ service, date, units: service.monthly && i > 0 ? 0 : service.units }));
    })
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** What was planned or used; of a month in which nothing was used, one row per service that says 0 times. */
function rowsOf(c: Case, what: 'UPPLAN' | 'UPJSK'): (Occurrence & { count: 0 | 1 })[] {
  if (what === 'UPJSK' && c.used?.length === 0)
    return c.planned
      .flatMap((service) => occurrences([service], c.month).slice(0, 1))
      .map((first) => ({ ...first, units: 0, count: 0 }));
  return occurrences((what === 'UPPLAN' ? c.planned : c.used) ?? [], c.month).map((o) => ({
    ...o,
    count: 1,
  }));
}

/** 利用票: 予定 (UPPLAN) or 実績 (UPJSK) of one month. */
export function riyohyoFile(cases: Case[], s: Sending, what: 'UPPLAN' | 'UPJSK'): SampleFile {
  const month = cases[0]!.month;
  const rows = cases.flatMap((c) =>
    rowsOf(c, what).map(
      ({ service, date, units, count }): CsvRow => ({
        ...key(c),
        作成年月日: compact(what === 'UPPLAN' ? `${c.month}-01` : `${c.month}-${daysIn(c.month)}`),
        対象年月: compact(c.month),
        プラン担当業者コード: planner(c).number,
        プラン担当者名: planner(c).author,
        単位数: units,
        前月までの短期入所利用日数: 0,
        サービス利用日: compact(date),
        サービス開始時刻: service.kind === '67' ? '9999' : service.start.replace(':', ''),
        サービス終了時刻: service.kind === '67' ? '9999' : service.end.replace(':', ''),
        サービス回数: count,
        サービスコード: service.code ?? '',
        TAISコード: service.tais,
        '用具名称（機種名）': service.tais ? service.content : '',
        サービス事業者コード: service.provider.number,
        サービス事業所名: service.provider.name,
        '３０日超区分': 0,
        更新業者コード: what === 'UPPLAN' ? planner(c).number : service.provider.number,
      }),
    ),
  );
  return { name: csvFileName(what, s, month), bytes: writeCsv(what, rows, s.habits) };
}

/** 利用票別表: a row per code, and the grand total. */
export function beppyoFile(cases: Case[], s: Sending): SampleFile {
  const rows = cases.flatMap((c) => {
    const lines = beppyoLines(c.planned, c.month);
    const total = lines.reduce((sum, line) => sum + line.units, 0);
    const common = (units: number): CsvRow => ({
      ...key(c),
      作成年月日: compact(`${c.month}-01`),
      対象年月: compact(c.month),
      給付管理単位数: units,
      区分支給限度基準内単位: units,
      単位数単価: '10.00',
      '費用総額保険／事業対象': units * 10,
      給付率: 90,
      '保険／事業費請求額': units * 9,
      '利用者負担保険／事業対象': units,
      '３０日超区分': 0,
      事業所コード: '9999999999',
      更新業者コード: planner(c).number,
    });
    return [
      ...lines.map(
        (line): CsvRow => ({
          ...common(line.units),
          サービス事業所名: line.service.provider.name,
          サービス事業所コード: line.service.provider.number,
          サービスコード: line.service.code ?? '',
          TAISコード: line.service.tais,
          '用具名称（機種名）': line.service.tais ? line.service.content : '',
          単位数: line.service.units,
          割引後率: 100,
          割引後単位数: line.service.units,
          '回数／日数': line.count,
          サービス単位金額: line.units,
        }),
      ),
      {
        ...common(total),
        サービス事業所コード: '9999999999',
        サービスコード: '999999',
        単位数: 0,
        '回数／日数': 0,
        サービス単位金額: total,
      },
    ];
  });
  return { name: csvFileName('UPSIKYU', s, cases[0]!.month), bytes: writeCsv('UPSIKYU', rows, s.habits) };
}

/** Per code: how often in the month, and the units it comes to. */
export function beppyoLines(
  services: Service[],
  month: string,
): { service: Service; count: number; units: number }[] {
  return services
    .filter((service) => service.code !== null)
    .map((service) => {
      const count = service.monthly ? 1 : serviceDays(month, service.weekday).length;
      return { service, count, units: service.units * count };
    });
}

/** 利用者補足情報, beside the 利用票 of a month. */
export function hosokuFile(cases: Case[], s: Sending): SampleFile {
  const rows = cases.map((c): CsvRow => {
    const { person: p } = c;
    return {
      ...key(c),
      '居宅サービス計画作成（変更）日': '00000000',
      利用者氏名フリガナ: p.kana,
      利用者氏名: p.name,
      利用者性別: p.sex === '男' ? 1 : 2,
      利用者生年月日: compact(p.birth),
      利用者郵便番号: p.postal,
      利用者住所１: p.address,
      利用者電話番号: p.phone,
      認定日: compact(p.certDecided),
      限度額適用開始年月日: p.certification === '事業対象者' ? '' : compact(p.certFrom),
      限度額適用終了年月日: p.certification === '事業対象者' ? '' : compact(p.certTo),
      認定状況区分: 2,
      要介護状態区分: CERT_CODE[p.certification],
      区分支給限度基準額: LIMIT[p.certification],
      更新業者コード: planner(c).number,
      対象年月: compact(c.month),
    };
  });
  return { name: csvFileName('UPHOSOKU', s, cases[0]!.month), bytes: writeCsv('UPHOSOKU', rows, s.habits) };
}
