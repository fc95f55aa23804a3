import type { CsvType } from '../../packet/standard-csv-name.ts';
import * as codes from './codes.ts';
import { type ColumnDraft, date, endDate, item, type Layout, number, text } from './layout.ts';

/**
 * Every CSV file of ケアプランデータ連携標準仕様 V4.1 (「CSVファイルレイアウト定義書」, 令和6年10月), column by column.
 * Required marks whose row had to be inferred from the extracted text of the PDF are `?`, never hard errors.
 */

const COMMON: ColumnDraft[] = [
  item('CSVバージョン', 'version', 6, '!', { format: 'version' }),
  item('保険者番号', 'insurer', 6, '!', { format: 'insurer', field: 'insurer_number' }),
  item('被保険者番号', 'insured', 10, '!', { format: 'insured', field: 'insured_number' }),
];
/** the same three where the mark's row was inferred (UPPLAN, UPJSK) */
const COMMON_INFERRED = COMMON.map(
  (column, i): ColumnDraft => (i === 0 ? column : { ...column, required: 'inferred' }),
);

const office = (name: string, key: string, need: '!' | '?' | '' = ''): ColumnDraft =>
  item(name, key, 10, need, { format: 'office' });
const flag = (name: string, key: string, need: '!' | '?' | '' = ''): ColumnDraft =>
  item(name, key, 1, need, { codes: codes.FLAG });
const integer = (name: string, key: string, length: number, need: '!' | '?' | '' = ''): ColumnDraft =>
  item(name, key, length, need, { format: 'integer' });
const time = (name: string, key: string, need: '!' | '?' | '' = ''): ColumnDraft =>
  item(name, key, 4, need, { format: 'time' });
const phone = (name: string, key: string): ColumnDraft => item(name, key, 15, '', { format: 'plain' });
const postal = (name: string, key: string): ColumnDraft => item(name, key, 8, '', { format: 'postal' });
const UPDATED_BY = office('更新業者コード', 'updated_by');
const MARK = item('識別子', 'mark', 1, '');

const HOSOKU: ColumnDraft[] = [
  ...COMMON,
  item('居宅サービス計画作成（変更）日', 'date', 8, '?', { format: 'zero-date' }),
  text('利用者氏名フリガナ', 'kana', { format: 'kana', field: 'name_kana', required: 'inferred' }),
  text('利用者氏名', 'name', { format: 'name', field: 'name', required: 'inferred' }),
  item('利用者性別', 'sex', 1, '?', { codes: codes.SEX, field: 'sex', meaning: true }),
  date('利用者生年月日', 'birth', '?', 'birth_date'),
  item('利用者郵便番号', 'postal', 8, '', { format: 'postal', field: 'postal_code' }),
  text('利用者住所１', 'address'),
  text('利用者住所２', 'address2'),
  phone('利用者電話番号', 'phone'),
  date('認定日', 'cert_decided', '', 'cert_decided'),
  date('限度額適用開始年月日', 'limit_from', '', 'limit_from'),
  endDate('限度額適用終了年月日', 'limit_to', 'limit_to'),
  item('認定状況区分', 'cert_status', 1, '', { codes: codes.CERT_STATUS, field: 'cert_status' }),
  date('要介護状態変更日', 'level_changed', '', 'level_changed'),
  item('要介護状態区分', 'certification', 2, '', {
    codes: codes.CERTIFICATION,
    field: 'certification',
    meaning: true,
  }),
  integer('区分支給限度基準額', 'limit', 7),
  ...Array.from({ length: 9 }, (_, i): ColumnDraft[] => {
    const slot = String.fromCharCode('１'.charCodeAt(0) + i);
    return [
      item(`${slot}サービス種類コード`, `kind${i + 1}`, 2, '', { format: 'kind' }),
      integer(`${slot}支給限度基準額`, `kind${i + 1}_limit`, 7),
      integer(`${slot}合計単位数`, `kind${i + 1}_units`, 7),
      integer(`${slot}限度超単位数`, `kind${i + 1}_over`, 7),
    ];
  }).flat(),
  integer('合計限度超単位数', 'over', 7),
  integer('入所前月迄利用日数', 'days_before', 5),
  integer('入所累積利用日数', 'days_total', 5),
  item('前回要介護状態区分', 'previous_certification', 2, '', {
    codes: codes.CERTIFICATION,
    field: 'previous_certification',
    meaning: true,
  }),
  office('同意書受付業者', 'consent_office'),
  UPDATED_BY,
  MARK,
  item('対象年月', 'month', 6, '?', { format: 'zero-month', field: 'service_month' }),
];

const KYO1: ColumnDraft[] = [
  ...COMMON,
  date('作成年月日', 'made', '!'),
  postal('利用者郵便番号', 'postal'),
  text('利用者住所１', 'address'),
  text('利用者住所２', 'address2'),
  text('居宅サービス計画作成者(氏名)', 'author', {
    format: 'name',
    field: 'care_manager_name',
    required: 'inferred',
  }),
  text('介護支援事業者名', 'office_name', { field: 'office_name', required: 'inferred' }),
  postal('介護支援事業者郵便番号', 'office_postal'),
  text('介護支援事業者住所１', 'office_address'),
  text('介護支援事業者住所２', 'office_address2'),
  item('介護支援事業者コード', 'office', 10, '?', { format: 'office', field: 'office_number' }),
  date('居宅サービス計画作成（変更）日', 'date', '?', 'plan_created'),
  date('初回居宅サービス計画作成日', 'first_date', '!', 'plan_first_created'),
  item('計画書区分', 'division', 2, '', { codes: codes.PLAN_DIVISION, field: 'plan_division' }),
  item('認定状況区分', 'cert_status', 1, '', { codes: codes.CERT_STATUS, field: 'cert_status' }),
  date('認定日', 'cert_decided', '', 'cert_decided'),
  date('認定有効期間開始日', 'cert_from', '', 'cert_valid_from'),
  endDate('認定有効期間終了日', 'cert_to', 'cert_valid_to'),
  item('要介護状態区分', 'certification', 2, '', {
    codes: codes.CERTIFICATION,
    field: 'certification',
    meaning: true,
  }),
  text('利用者及び家族の生活に対する意向を踏まえた課題分析の結果', 'wish'),
  text('介護認定審査会の意見及びサービスの種類の指定', 'board_opinion'),
  text('総合的な援助の方針', 'policy'),
  item('生活援助中心型の算定理由', 'housework', 1, '', { codes: codes.HOUSEWORK_REASON }),
  text('その他理由', 'other_reason'),
  UPDATED_BY,
  MARK,
];

const KYO2: ColumnDraft[] = [
  ...COMMON,
  date('居宅計画書作成年月日', 'made', '?'),
  date('居宅サービス計画作成（変更）日', 'date', '?'),
  integer('課題ＮＯ', 'problem_no', 2),
  text('課題', 'problem'),
  integer('援助目標ＮＯ', 'goal_no', 2),
  text('長期目標', 'long_goal'),
  text('短期目標', 'short_goal'),
  text('長期期間', 'long_period'),
  text('短期期間', 'short_period'),
  integer('援助内容ＮＯ', 'service_no', 2),
  text('サービス内容', 'content'),
  item('保険対象区分', 'covered', 1, '', { codes: codes.COVERED }),
  text('サービス種別', 'service_name'),
  office('サービス事業者コード', 'provider'),
  text('サービス事業所名', 'provider_name'),
  text('頻度', 'frequency'),
  text('実施期間', 'period'),
  UPDATED_BY,
  MARK,
];

const KYO3: ColumnDraft[] = [
  ...COMMON,
  date('週間サービス計画表作成年月日', 'made', '!'),
  date('居宅サービス計画作成（変更）日', 'date', '!'),
  text('介護サービス内容', 'service'),
  item('曜日', 'weekday', 1, '', { codes: codes.WEEKDAY }),
  time('開始時間', 'from'),
  time('終了時間', 'to'),
  text('主な日常生活上の活動', 'activity'),
  time('開始時間', 'activity_from'),
  time('終了時間', 'activity_to'),
  text('週単位以外のサービス', 'other'),
];

const AIDS: ColumnDraft[] = [
  item('TAISコード', 'tais', 12, ''),
  item('福祉用具届出コード', 'aid_code', 12, ''),
  text('用具名称（機種名）', 'aid_name'),
];

const RIYOHYO: ColumnDraft[] = [
  ...COMMON_INFERRED,
  date('作成年月日', 'made', '?'),
  item('対象年月', 'month', 6, '?', { format: 'month', field: 'service_month' }),
  item('プラン担当業者コード', 'office', 10, '', { format: 'office', field: 'office_number' }),
  text('プラン担当者名', 'author', { format: 'name', field: 'care_manager_name' }),
  integer('単位数', 'units', 6),
  integer('前月までの短期入所利用日数', 'days_before', 5),
  date('サービス利用日', 'day', '!'),
  item('日割対象日', 'days', 31, '', { format: 'days' }),
  time('サービス開始時刻', 'from', '!'),
  time('サービス終了時刻', 'to', '!'),
  integer('サービス回数', 'count', 2, '!'),
  item('サービスコード', 'service', 6, '!', { format: 'service' }),
  ...AIDS,
  // Its length was not found: any text fits.
  text('明細判別コード', 'detail'),
  office('サービス事業者コード', 'provider', '!'),
  text('サービス事業所名', 'provider_name'),
  item('サテライト枝番', 'satellite', 2, ''),
  flag('３０日超区分', 'over30', '!'),
  UPDATED_BY,
  MARK,
];

const BEPPYO: ColumnDraft[] = [
  ...COMMON,
  date('作成年月日', 'made', '!'),
  item('対象年月', 'month', 6, '!', { format: 'month', field: 'service_month' }),
  text('サービス事業所名', 'provider_name'),
  office('サービス事業所コード', 'provider', '!'),
  item('サテライト枝番', 'satellite', 2, ''),
  item('サービスコード', 'service', 6, '!', { format: 'service' }),
  ...AIDS,
  integer('単位数', 'units', 6, '?'),
  integer('割引後率', 'discount', 5),
  integer('割引後単位数', 'discounted', 6),
  integer('回数／日数', 'count', 3, '?'),
  integer('サービス単位金額', 'amount', 5),
  integer('給付管理単位数', 'managed', 6),
  integer('種類支給限度基準超単位数', 'kind_over', 6),
  integer('種類支給限度基準内単位数', 'kind_within', 6),
  integer('区分支給限度基準超単位数', 'over', 6),
  integer('区分支給限度基準内単位数', 'within', 6),
  item('単位数単価', 'price', 6, '', { format: 'decimal' }),
  integer('費用総額保険／事業対象分', 'total', 6),
  integer('給付率', 'rate', 6),
  integer('保険／事業費請求額', 'claim', 6),
  integer('定額利用者負担単価金額', 'fixed', 6),
  integer('利用者負担保険／事業対象分', 'own', 6),
  integer('利用者負担（全額負担分）', 'own_full', 6),
  integer('前月までの利用日数', 'days_before', 5),
  integer('当月の計画利用日数', 'days_planned', 2),
  integer('累積利用日数', 'days_total', 5),
  flag('３０日超区分', 'over30', '?'),
  office('事業所コード', 'total_office'),
  item('入力者コード', 'typed_by', 10, ''),
  UPDATED_BY,
  MARK,
];

const CONSULTED = date('相談日', 'date', '!');
const contact = (n: number): ColumnDraft[] => [
  text(`${n} 緊急連絡先(氏名)`, `contact${n}`),
  text(`${n} 緊急連絡先(続柄)`, `contact${n}_relation`),
  text(`${n} 緊急連絡先(住所)`, `contact${n}_address`),
  phone(`${n} 緊急連絡先(電話番号)`, `contact${n}_phone`),
];

const KIHON: ColumnDraft[] = [
  ...COMMON,
  CONSULTED,
  item('計画種類', 'plan_kind', 1, '!', { codes: codes.PLAN_KIND, field: 'plan_kind' }),
  item('委託の有無', 'commissioned', 1, '-', { codes: codes.COMMISSIONED, field: 'commissioned' }),
  text('作成担当者', 'author', { format: 'name', field: 'care_manager_name' }),
  item('相談方法', 'consulted_by', 2, '', { codes: codes.CONSULTED_BY }),
  text('相談方法(その他の内容)', 'consulted_by_other'),
  item('相談回数', 'consulted_before', 2, '', { codes: codes.CONSULTED_BEFORE }),
  date('前回相談日', 'previous_date'),
  item('利用者の現況', 'living', 2, '', { codes: codes.LIVING }),
  text('利用者の現況(状況補足)', 'living_note'),
  text('利用者氏名ﾌﾘｶﾞﾅ', 'kana', { format: 'kana', field: 'name_kana', required: 'inferred' }),
  text('利用者氏名', 'name', { format: 'name', field: 'name', required: 'inferred' }),
  item('利用者性別', 'sex', 1, '?', { codes: codes.SEX, field: 'sex', meaning: true }),
  date('利用者生年月日', 'birth', '?', 'birth_date'),
  text('利用者住所', 'address', { field: 'address' }),
  phone('利用者電話番号', 'phone'),
  phone('利用者Fax番号', 'fax'),
  item('障害高齢者の日常生活自立度', 'independence', 2, '', { codes: codes.INDEPENDENCE }),
  item('認知症高齢者の日常生活自立度', 'dementia', 2, '', { codes: codes.DEMENTIA }),
  item('要介護状態区分', 'certification', 2, '', { codes: codes.CERTIFICATION_KIHON }),
  date('認定有効期限開始日', 'cert_from', '', 'cert_valid_from'),
  endDate('認定有効期間終了日', 'cert_to', 'cert_valid_to'),
  item('前回の介護度', 'previous_certification', 2, '', {
    codes: codes.CERTIFICATION_KIHON,
    field: 'previous_certification',
    meaning: true,
  }),
  item('基本チェックリスト記入結果', 'checklist', 1, '', {
    codes: codes.CHECKLIST_RESULT,
    field: 'checklist_result',
    meaning: true,
  }),
  date('基本チェックリスト記入日', 'checklist_date', '', 'checklist_date'),
  flag('障害等認定(身障)', 'disability_body'),
  flag('障害等認定(療育)', 'disability_mind'),
  flag('障害等認定(精神)', 'disability_psyche'),
  flag('障害等認定(難病)', 'disability_rare'),
  text('障害等認定特記事項', 'disability_note'),
  item('居住形態', 'housing', 2, '', { codes: codes.HOUSING }),
  item('自室の階数', 'floor', 2, ''),
  item('住宅改修の有無', 'rebuilt', 1, '', { codes: codes.YES_NO }),
  flag('経済状況(国民年金)', 'pension_national'),
  flag('経済状況(厚生年金)', 'pension_employee'),
  flag('経済状況(障害年金)', 'pension_disability'),
  flag('経済状況(生活保護)', 'welfare'),
  text('経済状況詳細', 'means'),
  text('来所者(相談者)氏名', 'visitor'),
  text('来所者(相談者)住所', 'visitor_address'),
  phone('来所者(相談者)電話番号', 'visitor_phone'),
  text('来所者(相談者)続柄', 'visitor_relation'),
  ...contact(1),
  ...contact(2),
  ...contact(3),
  ...contact(4),
  text('家族構成 画像ファイル名', 'image'),
  text('家族関係等の状況', 'family'),
  text('今までの生活', 'life'),
  text('１日の生活・すごし方(生活全般)', 'daily_life'),
  text('趣味・楽しみ・特技', 'hobby'),
  text('友人・地域との関係', 'friends'),
  text('現在利用している公的サービス', 'public_services'),
  text('現在利用している非公的サービス', 'private_services'),
  date('同意日', 'consent_date', '', 'consent_date'),
  text('同意者氏名', 'consent_name', { format: 'name', field: 'consent_name' }),
];

const KIHON_SUB1: ColumnDraft[] = [
  ...COMMON,
  CONSULTED,
  text('時間', 'time'),
  text('本人の生活状況', 'self'),
  text('介護者・家族の生活状況', 'family'),
];

const KIHON_SUB2: ColumnDraft[] = [
  ...COMMON,
  CONSULTED,
  text('年月日', 'since'),
  text('病名', 'illness'),
  text('医療機関・医師名', 'doctor'),
  item('主治医・意見作成者フラグ', 'doctor_flag', 1, '', { codes: codes.DOCTOR }),
  phone('医療機関・医師電話番号', 'doctor_phone'),
  item('経過', 'course', 2, '', { codes: codes.COURSE }),
  text('治療中の内容', 'treatment'),
];

const DOMAINS = [
  '運動・移動',
  '日常生活(家庭生活)',
  '社会参加、対人関係・コミュニケーション',
  '健康管理',
] as const;
const DOMAIN_FIELDS = [
  'assessment_domain_1',
  'assessment_domain_2',
  'assessment_domain_3',
  'assessment_domain_4',
] as const;
const PROGRAMMES = [
  '運動不足',
  '栄養改善',
  '口腔内ケア',
  '閉じこもり予防',
  '物忘れ予防',
  'うつ予防',
] as const;

const YOBO: ColumnDraft[] = [
  ...COMMON,
  date('計画作成(変更)日', 'date', '!', 'plan_created'),
  item('計画種類', 'plan_kind', 1, '!', { codes: codes.PLAN_KIND, field: 'plan_kind' }),
  item('委託の有無', 'commissioned', 1, '-', { codes: codes.COMMISSIONED, field: 'commissioned' }),
  text('整理番号', 'file_number'),
  text('利用者名', 'name', { format: 'name', field: 'name', required: 'inferred' }),
  date('認定年月日', 'cert_decided', '', 'cert_decided'),
  date('認定有効期間開始日', 'cert_from', '', 'cert_valid_from'),
  endDate('認定有効期間終了日', 'cert_to', 'cert_valid_to'),
  item('計画書区分', 'division', 2, '', { codes: codes.PLAN_DIVISION, field: 'plan_division' }),
  item('認定状況区分', 'cert_status', 1, '', { codes: codes.CERT_STATUS, field: 'cert_status' }),
  item('要支援状態区分', 'certification', 1, '', {
    codes: codes.CERTIFICATION_YOBO,
    field: 'certification',
    meaning: true,
  }),
  text('計画作成者氏名（地域包括支援センター担当者名）', 'center_staff', { format: 'name' }),
  text('計画作成者氏名（担当介護支援専門員名）', 'care_manager', {
    format: 'name',
    field: 'care_manager_name',
  }),
  text('計画作成者事業者・事業所名', 'office_name', { field: 'office_name' }),
  text('計画作成者事業者・事業所住所', 'office_address'),
  phone('計画作成者事業者・事業所電話番号', 'office_phone'),
  date('初回作成日', 'first_date', '', 'plan_first_created'),
  text('担当地域包括支援センター', 'center_name', { field: 'center_name' }),
  text('目標とする生活(1日)', 'goal_day', { field: 'goal' }),
  text('目標とする生活(1年)', 'goal_year', { field: 'goal' }),
  ...DOMAINS.flatMap((domain, i): ColumnDraft[] => [
    text(`【${domain}】現在の状況`, `domain${i + 1}`, { field: DOMAIN_FIELDS[i] ?? null }),
    text(`【${domain}】本人・家族の意欲・意向`, `domain${i + 1}_wish`),
    item(`【${domain}】領域における課題の有無`, `domain${i + 1}_has_problem`, 1, '', { codes: codes.YES_NO }),
    text(`【${domain}】領域における課題（背景・原因）`, `domain${i + 1}_problem`),
  ]),
  text('健康状態の留意点', 'health'),
  text('妥当な支援の実施に向けた方針', 'support_policy'),
  text('総合的な方針', 'policy'),
  ...PROGRAMMES.map((p, i) => integer(`基本チェックリストの該当数(${p})`, `hits${i + 1}`, 1)),
  ...PROGRAMMES.map((p, i) =>
    item(`事業プログラムの要否(${p})`, `programme${i + 1}`, 1, '', { codes: codes.NEEDED }),
  ),
  text('地域包括支援センター意見', 'center_opinion', { field: 'center_opinion' }),
  date('同意日', 'consent_date', '', 'consent_date'),
  text('同意者氏名', 'consent_name', { format: 'name', field: 'consent_name' }),
];

const YOBO_SUB: ColumnDraft[] = [
  ...COMMON,
  date('計画作成(変更)日', 'date', '!'),
  item('課題ＮＯ', 'problem_no', 2, ''),
  text('総合的課題', 'problem'),
  text('課題に対する目標と具体策の提案', 'proposal'),
  text('具体策についての意向本人・家族', 'wish'),
  text('目標', 'goal', { field: 'goal' }),
  item('支援計画ＮＯ', 'support_no', 2, ''),
  text('【支援計画】目標についての支援のポイント', 'point'),
  text('【支援計画】本人等のセルフケアや家族の支援、インフォーマルサービス（民間サービス）', 'self_care'),
  text('【支援計画】介護保険サービス又は地域支援事業（総合事業のサービス）', 'insured_care'),
  item('利用サービスＮＯ', 'service_no', 2, ''),
  text('【利用サービス】サービス種別', 'service_name'),
  text('【利用サービス】事業所(利用先)', 'provider_name'),
  text('【利用サービス】期間', 'period'),
];

const deleted = (name: string, key: 'date' | 'month'): ColumnDraft[] => [
  ...COMMON,
  key === 'date' ? date(name, key, '!') : item(name, key, 6, '!', { format: 'month' }),
];

const layout = (
  type: CsvType,
  title: string,
  kind: Layout['kind'],
  joins: Layout['joins'],
  columns: ColumnDraft[],
  carried: Layout['carried'] = [],
): Layout => ({
  type,
  title,
  kind,
  joins,
  columns: number(columns),
  carried,
  months: columns.some((c) => c.key === 'month') ? 'month' : null,
});

export const LAYOUTS: Readonly<Record<CsvType, Layout>> = {
  UPHOSOKU: layout('UPHOSOKU', '利用者補足情報', 'hosoku_joho', 'month', HOSOKU),
  UP1KYO: layout('UP1KYO', '居宅サービス計画書（1表）', null, 'date', KYO1),
  UP2KYO: layout('UP2KYO', '居宅サービス計画書（2表）', null, 'date', KYO2, [
    { until: ['problem_no'], keys: ['problem'] },
    { until: ['problem_no', 'goal_no'], keys: ['long_goal', 'short_goal', 'long_period', 'short_period'] },
  ]),
  UP3KYO: layout('UP3KYO', '居宅サービス計画書（3表）', null, 'date', KYO3),
  DLT1KYO: layout(
    'DLT1KYO',
    '居宅サービス計画書の削除',
    null,
    'date',
    deleted('居宅サービス計画作成（変更）日', 'date'),
  ),
  UPPLAN: layout('UPPLAN', '利用票（予定）', 'riyohyo', 'month', RIYOHYO),
  UPJSK: layout('UPJSK', '利用票（実績）', 'riyohyo', 'month', RIYOHYO),
  DLTPLAN: layout('DLTPLAN', '利用票（予定）の削除', null, 'month', deleted('削除対象年月', 'month')),
  DLTJSK: layout('DLTJSK', '利用票（実績）の削除', null, 'month', [
    ...deleted('削除対象年月', 'month'),
    office('サービス事業者コード', 'provider', '!'),
    item('サービス種類コード', 'kind', 2, '!', { format: 'kind' }),
  ]),
  UPSIKYU: layout('UPSIKYU', '利用票別表', 'riyohyo_beppyo', 'month', BEPPYO),
  UPKIHON: layout('UPKIHON', '利用者基本情報', 'riyosha_kihon_joho', 'date', KIHON),
  UPKIHON_SUB1: layout(
    'UPKIHON_SUB1',
    '利用者基本情報 別表1（1日の生活・すごし方）',
    'riyosha_kihon_joho',
    'date',
    KIHON_SUB1,
  ),
  UPKIHON_SUB2: layout(
    'UPKIHON_SUB2',
    '利用者基本情報 別表2（現病歴・既往歴）',
    'riyosha_kihon_joho',
    'date',
    KIHON_SUB2,
  ),
  DLTKIHON: layout('DLTKIHON', '利用者基本情報の削除', null, 'date', deleted('相談日', 'date')),
  UPYOBO: layout('UPYOBO', '介護予防サービス・支援計画書', 'shien_keikakusho', 'date', YOBO),
  UPYOBO_SUB: layout(
    'UPYOBO_SUB',
    '介護予防サービス・支援計画書 別表（支援計画）',
    'shien_keikakusho',
    'date',
    YOBO_SUB,
    [
      { until: ['problem_no'], keys: ['problem', 'proposal', 'wish', 'goal'] },
      { until: ['problem_no', 'support_no'], keys: ['point', 'self_care', 'insured_care'] },
    ],
  ),
  DLTYOBO: layout(
    'DLTYOBO',
    '介護予防サービス・支援計画書の削除',
    null,
    'date',
    deleted('計画作成(変更)日', 'date'),
  ),
};

/**
 * V3 (CSVバージョン 202208) has no columns for 福祉用具 in 第6・7表: V4.0 added the three. The V3 sheets themselves were not
 * seen; these layouts follow from that list of changes.
 */
const withoutAids = (type: CsvType): Layout => {
  const v4 = LAYOUTS[type];
  const aids = new Set(AIDS.map((c) => c.key));
  return { ...v4, columns: number(v4.columns.filter((c) => !aids.has(c.key))) };
};
export const V3_LAYOUTS: Readonly<Partial<Record<CsvType, Layout>>> = {
  UPPLAN: withoutAids('UPPLAN'),
  UPJSK: withoutAids('UPJSK'),
  UPSIKYU: withoutAids('UPSIKYU'),
};
