import type { FieldName } from '../../documents/document.ts';
import { type DocumentFilter, isPlan } from '../readings.ts';
import { type Sameness, sameAddress, sameKana, sameValue } from './sameness.ts';

/** How the readings of one field in several documents are used. */
export type FieldUse =
  /** one value for the person or the month: two that disagree are a conflict */
  | {
      one: string;
      same?: Sameness;
      /** only these documents are compared */
      from?: DocumentFilter;
      /** documents that differ in this field are of different occasions, and are not compared */
      occasion?: FieldName;
      /** values that say less than another and contradict none */
      weaker?: readonly unknown[];
    }
  /** the latest counts, and an earlier one of a document of the same kind is reported */
  | { newest: string; occasion?: FieldName }
  /** compared with other fields, in a module of its own */
  | { with: string; at: string }
  /** several values are natural, or the field decides nothing */
  | { several: string };

const ofPlan = { from: isPlan, occasion: 'plan_created' } as const;
const ofForm = { occasion: 'notification_responsible' } as const;
const ofContract = { occasion: 'contract_party' } as const;
const CERTIFICATION = 'shared/facts/collect/read-certification.ts';
const EACH_DOCUMENT = '書類ごとの記載';
const FREE_TEXT = '文章の記載';
const LIST = 'いくつもの値を合わせて読む';

/**
 * Every field the readers report. A new field does not compile before its use is declared here; docs/fact-sources.md
 * lists them, and test/shared/facts/compare/ proves each line by papers that disagree.
 */
export const FIELD_USES = {
  insurer_number: { one: 'insurer_number' },
  insured_number: { with: 'insured_number', at: 'shared/facts/identify/find-person.ts' },
  name: { with: 'name', at: 'shared/facts/identify/find-person.ts' },
  name_kana: { one: 'name_kana', same: sameKana },
  birth_date: { one: 'birth_date' },
  sex: { one: 'sex' },
  address: { one: 'address', same: sameAddress },
  postal_code: { one: 'postal_code' },
  office_number: { with: 'office_number', at: 'shared/facts/identify/find-office.ts' },
  office_name: { with: 'office_number', at: 'shared/facts/identify/find-office.ts' },
  sender_number: { with: 'office_number', at: 'shared/facts/identify/find-office.ts' },
  receiver_number: { several: '送信先はファイルごとに違う。ほかに事業所の記載がないときだけ使う' },
  center_name: { with: 'area', at: 'shared/facts/identify/find-area.ts' },
  care_manager_name: { several: '計画作成者と担当者は別の人でありうる' },
  plan_kind: { one: 'plan_kind', ...ofPlan },
  commissioned: { one: 'commissioned', ...ofPlan },
  plan_division: { one: 'plan_division', ...ofPlan },
  plan_created: { newest: 'dates.plan_created' },
  plan_first_created: { one: 'plan_first_created', ...ofPlan },
  plan_period: { several: FREE_TEXT },
  plan_from: { several: '目標ごとに違う期間の始め' },
  plan_to: { newest: 'dates.plan_to', occasion: 'plan_created' },
  consent_date: { one: 'dates.plan_consented', ...ofPlan },
  consent_name: { several: EACH_DOCUMENT },
  consent_by: { several: LIST },
  center_opinion: { several: FREE_TEXT },
  assessment_domain_1: { several: FREE_TEXT },
  assessment_domain_2: { several: FREE_TEXT },
  assessment_domain_3: { several: FREE_TEXT },
  assessment_domain_4: { several: FREE_TEXT },
  goal: { several: FREE_TEXT },
  certification: { with: 'certification', at: CERTIFICATION },
  previous_certification: {
    with: 'previous_certification',
    at: CERTIFICATION,
  },
  cert_status: { with: 'certification_state', at: CERTIFICATION },
  cert_decided: { with: 'dates.cert_decided', at: CERTIFICATION },
  level_changed: { several: '月ごとの利用者補足情報による' },
  limit_from: { with: 'dates.limit_from', at: CERTIFICATION },
  limit_to: { with: 'dates.limit_to', at: CERTIFICATION },
  cert_valid_from: { with: 'cert_valid_from', at: CERTIFICATION },
  cert_valid_to: { with: 'cert_valid_to', at: CERTIFICATION },
  service_month: { with: 'service_month', at: 'shared/facts/identify/find-month.ts' },
  service_planned: { several: LIST },
  service_actual: { several: LIST },
  no_service_used: { several: '実績のある書類が一つでもあれば、そちらによる' },
  service_named: { several: LIST },
  checklist_date: { newest: 'dates.checklist' },
  checklist_answer: { with: 'checklist_answers', at: 'shared/facts/compare/document-readings.ts' },
  checklist_result: { one: 'checklist_result', occasion: 'checklist_date' },
  notification_form: { several: EACH_DOCUMENT },
  notification_kind: { one: 'notification.kind', ...ofForm },
  notification_to: { one: 'notification.to', ...ofForm, weaker: ['city'] },
  notification_responsible: { several: '担当事業所が違う届出書は、別の届出とする' },
  notification_entrusted: { one: 'notification.entrusted', ...ofForm },
  notification_signed: { one: 'notification.signed', ...ofForm },
  notification_date: { one: 'notification.date', ...ofForm },
  notification_effective: { one: 'notification.effective_from', ...ofForm },
  notification_office_filled: { one: 'notification.office_name_and_number_filled', ...ofForm },
  notification_attachment: { several: LIST },
  keika_tag: { several: LIST },
  keika_change_reason: { several: FREE_TEXT },
  keika_center_contact: { several: FREE_TEXT },
  ended_entry: { several: LIST },
  no_use_reason: { several: LIST },
  hyoka_result: { one: 'flags.hyoka_result', occasion: 'hyoka_date' },
  hyoka_date: { several: EACH_DOCUMENT },
  contract_party: { several: LIST },
  contract_from: { newest: 'dates.contract_from', ...ofContract },
  contract_to: { newest: 'dates.contract_to', ...ofContract },
  contract_date: { newest: 'dates.direct_contract', ...ofContract },
  signed: { several: EACH_DOCUMENT },
  stamped: { several: EACH_DOCUMENT },
  assessment_date: { newest: 'dates.assessment' },
  assessment_home_visit: { one: 'flags.assessment_home_visit', occasion: 'assessment_date' },
  monitoring_entry: { several: LIST },
  meeting_date: { several: EACH_DOCUMENT },
  video_agreed_item: { several: LIST },
  submitted_date: { several: EACH_DOCUMENT },
  unit_count: { several: EACH_DOCUMENT },
  cover_code: { with: 'cover_code', at: 'shared/cover-sheet/split-stack.ts' },
} as const satisfies Record<FieldName, FieldUse>;

export const fieldUses = (): [FieldName, FieldUse][] => Object.entries(FIELD_USES) as [FieldName, FieldUse][];

export const sameIn = (use: FieldUse): Sameness => ('one' in use && use.same) || sameValue;
