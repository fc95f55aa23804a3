import type { FieldName, ReadDocument, Reading, ServiceUse } from '../../../../shared/documents/document.ts';
import type { DocumentKind } from '../../../../shared/vocabulary/document-kinds.ts';
import { aDocument } from '../../../builders/a-document.ts';

/** Two values of a field that mean different things, and the kind of document that shows them. */
interface FieldSample {
  kind: DocumentKind;
  values: [Reading['value'], Reading['value']];
  /** the first value in another spelling */
  spelled?: Reading['value'];
}

const of = (
  kind: DocumentKind,
  a: Reading['value'],
  b: Reading['value'],
  spelled?: Reading['value'],
): FieldSample => ({ kind, values: [a, b], ...(spelled !== undefined && { spelled }) });

const rental: ServiceUse = { name: '介護予防福祉用具貸与', class: 'yobo_kyufu', code: '671001' };
const dayCare: ServiceUse = { name: '通所型サービス', class: 'sogo', code: 'A61111' };

/** A field without a sample does not compile. */
export const FIELD_SAMPLES: Record<FieldName, FieldSample> = {
  insurer_number: of('riyosha_kihon_joho', '089999', '088888', '０８９９９９'),
  insured_number: of('riyosha_kihon_joho', '0000000101', '0000000102'),
  name: of('riyosha_kihon_joho', '高橋 見本', '例示 花子', '髙橋　見本'),
  name_kana: of('riyosha_kihon_joho', 'タカハシ ミホン', 'レイジ ハナコ', 'たかはしみほん'),
  birth_date: of('riyosha_kihon_joho', '1940-05-06', '1941-05-06', '昭和15年5月6日'),
  sex: of('riyosha_kihon_joho', '女', '男'),
  address: of('riyosha_kihon_joho', '見本区一丁目2番3号', '見本区二丁目2番3号', '見本区1-2-3 見本荘'),
  postal_code: of('riyosha_kihon_joho', '310-0001', '310-0002', '３１０－０００１'),
  office_number: of('shien_keikakusho', '0870100013', '0870100021'),
  office_name: of(
    'shien_keikakusho',
    '見本居宅介護支援事業所',
    '例示居宅介護支援事業所',
    '見本居宅介護支援事業所　検査 次子',
  ),
  sender_number: of('shien_keikakusho', '0870100013', '0870100021'),
  receiver_number: of('riyohyo', '0800100018', '0800100026'),
  center_name: of('shien_keikakusho', '第一地域包括支援センター', '第二地域包括支援センター'),
  care_manager_name: of('shien_keikakusho', '検査 次子', '検査 三郎'),
  plan_kind: of('shien_keikakusho', '1', '2'),
  commissioned: of('shien_keikakusho', '1', '2'),
  plan_division: of('shien_keikakusho', '21', '11'),
  plan_created: of('shien_keikakusho', '2024-04-20', '2024-04-25'),
  plan_first_created: of('shien_keikakusho', '2023-04-20', '2022-04-20'),
  plan_period: of('shien_keikakusho', '令和6年5月から', '令和6年6月から'),
  plan_from: of('shien_keikakusho', '2024-05-01', '2024-06-01'),
  plan_to: of('shien_keikakusho', '2024-10-31', '2025-04-30'),
  consent_date: of('shien_keikakusho', '2024-04-26', '2024-04-28'),
  consent_name: of('shien_keikakusho', '高橋 見本', '高橋 次郎'),
  consent_by: of('kojin_joho_doisho', 'user', 'family'),
  center_opinion: of('shien_keikakusho', '適当', '見直し'),
  assessment_domain_1: of('shien_keikakusho', '歩行は安定', '杖を使う'),
  assessment_domain_2: of('shien_keikakusho', '家事は自立', '買物に助け'),
  assessment_domain_3: of('shien_keikakusho', '交流あり', '交流なし'),
  assessment_domain_4: of('shien_keikakusho', '服薬は自立', '通院中'),
  goal: of('shien_keikakusho', '散歩を続ける', '買物に行く'),
  certification: of('hihokenshasho', '要支援1', '要支援2'),
  previous_certification: of('riyosha_kihon_joho', '要支援1', '要介護1'),
  cert_status: of('riyosha_kihon_joho', '1', '2'),
  cert_decided: of('hihokenshasho', '2024-03-01', '2024-03-02'),
  level_changed: of('hosoku_joho', '2024-05-16', '2024-05-17'),
  limit_from: of('hihokenshasho', '2024-04-01', '2024-05-01'),
  limit_to: of('hihokenshasho', '2025-03-31', '2026-03-31'),
  cert_valid_from: of('hihokenshasho', '2024-04-01', '2024-05-01'),
  cert_valid_to: of('hihokenshasho', '2025-03-31', '2026-03-31'),
  service_month: of('riyohyo', '2024-05', '2024-06'),
  service_planned: of('riyohyo', rental as never, dayCare as never),
  service_actual: of('riyohyo', rental as never, dayCare as never),
  no_service_used: of('riyohyo', true, false),
  service_named: of('shien_keikakusho', '介護予防通所介護', '介護予防訪問介護'),
  checklist_date: of('kihon_checklist', '2024-03-11', '2024-03-12'),
  checklist_answer: of('kihon_checklist', '1=0', '1=1'),
  checklist_result: of('kihon_checklist', '該当あり', '該当なし'),
  notification_form: of(
    'kaigo_yobo_todoke',
    '介護予防サービス計画作成依頼（変更）届出書',
    '居宅サービス計画作成依頼届出書',
  ),
  notification_kind: of('kaigo_yobo_todoke', '新規', '変更'),
  notification_to: of('kaigo_yobo_todoke', 'hokatsu_center', 'fukushi_jimusho'),
  notification_responsible: of('kaigo_yobo_todoke', 'kyotaku_office', 'hokatsu_center'),
  notification_entrusted: of('kaigo_yobo_todoke', 'kyotaku_office', 'hokatsu_center'),
  notification_signed: of('kaigo_yobo_todoke', true, false),
  notification_date: of('kaigo_yobo_todoke', '2024-04-21', '2024-04-22'),
  notification_effective: of('kaigo_yobo_todoke', '2024-05-01', '2024-06-01'),
  notification_office_filled: of('kaigo_yobo_todoke', true, false),
  notification_attachment: of('kaigo_yobo_todoke', 'hihokenshasho', 'keiyakusho'),
  keika_tag: of('keika_kiroku', '訪問', '電話'),
  keika_change_reason: of('keika_kiroku', '区分の変更', '総合事業のみ'),
  keika_center_contact: of('keika_kiroku', '包括に連絡', '包括へ報告'),
  ended_entry: of('keika_kiroku', '2024-05-20 death', '2024-05-21 moved'),
  no_use_reason: of('keika_kiroku', '入院', '体調不良'),
  hyoka_result: of('hyokahyo', 'プラン継続', '終了'),
  hyoka_date: of('hyokahyo', '2024-04-10', '2024-04-11'),
  contract_party: of('keiyakusho', 'kyotaku_office', 'hokatsu_center'),
  contract_from: of('keiyakusho', '2024-04-01', '2024-05-01'),
  contract_to: of('keiyakusho', '2025-03-31', '2026-03-31'),
  contract_date: of('keiyakusho', '2024-03-28', '2024-04-28'),
  signed: of('shien_keikakusho', true, false),
  stamped: of('riyohyo', true, false),
  assessment_date: of('assessment_record', '2024-04-15', '2024-04-16'),
  assessment_home_visit: of('assessment_record', true, false),
  monitoring_entry: of('monitoring_record', '2024-05 visit', '2024-05 phone'),
  meeting_date: of('tantosha_kaigi_record', '2024-04-18', '2024-04-19'),
  video_agreed_item: of('video_doisho', 'a', 'b'),
  submitted_date: of('kyufu_kanrihyo', '2024-06-08', '2024-06-09'),
  unit_count: of('kyufu_kanrihyo', 1200, 1300),
  cover_code: of('riyosha_kihon_joho', 'a', 'b'),
};

export const FIELD_NAMES = Object.keys(FIELD_SAMPLES) as FieldName[];

/** A document of its kind that shows one field. */
export const sheetWith = (field: FieldName, value: Reading['value'], file: string): ReadDocument =>
  aDocument({ kind: FIELD_SAMPLES[field].kind, title: titleOf(field), file }, [[field, value]]);

/** 送信元 counts only in the CSV files that the office of the plan sends. */
const titleOf = (field: FieldName): string | null => (field === 'sender_number' ? 'UPYOBO' : null);

/** The 利用者補足情報 and the 実績 of a month whose level changes on its 16th day. */
export const changedMonth = (): ReadDocument[] => [
  aDocument({ kind: 'hosoku_joho', title: 'UPHOSOKU' }, [
    ['insurer_number', '089999'],
    ['service_month', '2024-05'],
    ['certification', '要支援1'],
    ['previous_certification', '要介護1'],
    ['level_changed', '2024-05-16'],
  ]),
  aDocument({ kind: 'riyohyo', title: 'UPJSK' }, [
    ['service_month', '2024-05'],
    ['service_actual', { ...rental, days: ['2024-05-20'] } as never],
    ['service_actual', { ...dayCare, days: ['2024-05-02'] } as never],
  ]),
];

/** One document of each kind, with the first value of every field. */
export const wholePacket = (): ReadDocument[] => {
  const fields = FIELD_NAMES.filter((field) => field !== 'cover_code' && field !== 'no_service_used');
  const kinds = Map.groupBy(fields, (field) => FIELD_SAMPLES[field].kind);
  const sheets = [...kinds].map(([kind, names]) =>
    aDocument(
      { kind, file: `${kind}.pdf`, read_by: 'text', title: kind === 'shien_keikakusho' ? 'UPYOBO' : null },
      names.map((field) => [field, FIELD_SAMPLES[field].values[0]]),
    ),
  );
  const table = aDocument({ kind: 'shien_keikakusho', title: 'UPYOBO_SUB', file: 'UPYOBO_SUB.CSV' });
  const explained = aDocument({ kind: 'juyo_jiko_setsumeisho', file: 'juyo.pdf' }, [
    ['consent_date', '2024-03-28'],
  ]);
  return [...sheets, table, explained];
};
