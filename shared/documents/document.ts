import type { Finding, Where } from '../findings/finding.ts';
import type { WithdrawnReading } from '../packet/withdrawn.ts';
import type { DocumentKind, ReadBy } from '../vocabulary/document-kinds.ts';

/** What every page or row of a file ends as. Each ends in exactly one. */
type ReadingOutcome = 'used' | 'duplicate' | 'unsupported' | 'unreadable' | 'quarantined';

/** A service in a month: `class` is decided by the 2-character service kind code, or by the printed name. */
export interface ServiceUse {
  name: string;
  class: 'yobo_kyufu' | 'sogo' | 'shitei_igai' | 'kaigo_kyufu' | 'unknown';
  /** 6-character service code where one was read */
  code?: string;
  /** provider's office number */
  office?: string;
  /** ISO dates of its records, in their order */
  days?: string[];
  /** for each of the days the row of the file it was read from */
  rows?: number[];
  /** a short stay beyond the days the insurance pays (30日超区分) */
  beyond_limit?: true;
  /** its count is no number of times: whether it was used is not known */
  uncounted?: true;
}

/**
 * One value read from a document, before its meaning is decided.
 * `value` is normalised (ISO dates, half-width digits), `raw` is what was printed.
 */
export interface Reading {
  field: FieldName;
  value: string | number | boolean | string[] | ServiceUse;
  raw: string;
  where: Where;
  /** read by OCR: never trusted alone */
  uncertain?: boolean;
  /** chosen by a ring or a line through the other options: alone it never sends a packet back */
  by_hand?: boolean;
}

/** Every field the readers may report, with the label a clerk reads. */
export const FIELDS = {
  // who
  insurer_number: '保険者番号',
  insured_number: '被保険者番号',
  name: '利用者氏名',
  name_kana: '利用者氏名フリガナ',
  birth_date: '生年月日',
  sex: '性別',
  address: '住所',
  postal_code: '郵便番号',
  // offices
  office_number: '事業所番号',
  office_name: '事業所名',
  sender_number: '送信元事業所番号',
  receiver_number: '送信先事業所番号',
  center_name: '担当地域包括支援センター',
  care_manager_name: '計画作成者',
  // plan
  plan_kind: '計画種類 (1 介護予防支援, 2 介護予防ケアマネジメント)',
  commissioned: '委託の有無 (1 自前, 2 委託)',
  plan_division: '計画書区分 (11 初回, 12 紹介, 21 継続, 51–54)',
  plan_created: '計画作成（変更）日',
  plan_first_created: '初回作成日',
  plan_period: '支援計画の期間（記載のまま）',
  plan_from: '計画期間の始め',
  plan_to: '計画期間の終わり',
  consent_date: '同意日',
  consent_name: '同意者氏名',
  consent_by: '同意の署名をした人 (user 利用者, family 家族)',
  center_opinion: '地域包括支援センター意見',
  assessment_domain_1: '運動・移動',
  assessment_domain_2: '日常生活（家庭生活）',
  assessment_domain_3: '社会参加、対人関係・コミュニケーション',
  assessment_domain_4: '健康管理',
  goal: '目標',
  // certification
  certification: '要介護状態区分',
  previous_certification: '前回の要介護状態区分',
  cert_status: '認定状況区分 (1 申請中, 2 認定済)',
  cert_decided: '認定日',
  cert_valid_from: '認定有効期間の始め',
  cert_valid_to: '認定有効期間の終わり',
  level_changed: '要介護状態変更日',
  limit_from: '限度額適用期間の始め',
  limit_to: '限度額適用期間の終わり',
  // services
  service_month: 'サービス提供月',
  service_planned: '予定のサービス',
  service_actual: '実績のサービス',
  no_service_used: '実績なし',
  service_named: '終わった名称で書かれたサービス',
  // 基本チェックリスト
  checklist_date: '基本チェックリスト記入日',
  checklist_answer: '基本チェックリストの回答 (「番号=0/1」)',
  checklist_result: '基本チェックリストの結果 (該当あり / なし)',
  // 届出
  notification_form: '届出書の名称',
  notification_kind: '新規・変更の別',
  notification_to: '届出の宛先',
  notification_responsible: '担当事業所',
  notification_entrusted: '受託事業所',
  notification_signed: '届出の署名',
  notification_date: '届出日',
  notification_effective: '届出の適用日',
  notification_office_filled: '事業所名と番号の記入',
  notification_attachment: '届出の添付',
  // 経過・評価・契約
  keika_tag: '経過記録の見出し',
  keika_change_reason: '区分の変更理由の記載',
  keika_center_contact: '包括への連絡の記載',
  ended_entry: '終了・中断の記載 (「YYYY-MM-DD 理由」、評価表は理由だけ)',
  no_use_reason: '利用がなかった理由の記載',
  hyoka_result: '評価表の今後の方針',
  hyoka_date: '評価日',
  contract_party: '契約の当事者',
  contract_from: '契約期間の始め',
  contract_to: '契約期間の終わり',
  contract_date: '契約日',
  signed: '署名・押印',
  stamped: '利用者確認欄の押印',
  assessment_date: 'アセスメント実施日',
  assessment_home_visit: '居宅訪問によるアセスメント',
  monitoring_entry: 'モニタリングの記録 (「YYYY-MM visit|video|phone|contact|record」)',
  meeting_date: '会議の開催日',
  video_agreed_item: 'テレビ電話の合意事項',
  submitted_date: '提出日',
  unit_count: '単位数',
  cover_code: '送付票のコード',
} as const satisfies Record<string, string>;
export type FieldName = keyof typeof FIELDS;

/** One file, or one form found in it. Every page of a file belongs to exactly one document. */
export interface ReadDocument {
  file: string;
  kind: DocumentKind | null;
  /** kinds the same paper also is (利用票 and 別表 on one sheet, 契約書兼重要事項説明書) */
  also?: DocumentKind[];
  /** title as printed, or the CSV type (UPYOBO …) */
  title: string | null;
  read_by: ReadBy;
  /** pages of this document (1-based, inclusive); a CSV has none */
  pages: { from: number; to: number } | null;
  /** some pages of a picture file or of a run of unread pages: those of others are not its own */
  isPart?: true;
  /** pages whose text was read and of which a part was not: a picture, letters that are only shapes */
  unread_pages?: number[];
  /** sha256 over what its pages show, whatever else is in the file; absent where a part of them is not text */
  content?: string;
  /** CSV rows of this document */
  rows: number;
  outcome: ReadingOutcome;
  /** sha256 of the file's bytes, hex */
  digest: string;
  readings: Reading[];
  findings: Finding[];
  /** of a page with a 個人番号, whose readings are dropped: the person it names */
  person?: { number: string | null; name: string | null };
  /** what may be kept of a file with a 個人番号, where more is known than its document says */
  withdrawn?: WithdrawnReading;
}
