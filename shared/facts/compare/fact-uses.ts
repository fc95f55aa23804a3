import { ownValue } from '../../text/own-value.ts';
import {
  type Sameness,
  sameAddress,
  sameAnswers,
  sameArea,
  sameContracts,
  sameEvent,
  sameKana,
  sameMonths,
  sameName,
  sameOffice,
  sameServiceClasses,
  sameSet,
  sameTitle,
  sameValue,
} from './sameness.ts';

/** A source beside the 送付票, which may give every fact the desk does not derive. */
type FactSource = 'documents' | 'registry' | 'records';

/** How the sources of one fact are compared. */
interface FactUse {
  sources: FactSource[];
  /** without it, values are compared as they are, spelling aside */
  same?: Sameness;
  /** why two sources that differ are no conflict, or which finding reports it instead */
  exempt?: string;
  /** what the office reads for a value that is not in the vocabulary of facts */
  label?: string;
  /** what comes of it, where the office may not see why it matters */
  why?: string;
  /** personal: a finding names the places and never the value */
  isPersonal?: boolean;
}

const AREA_CHANGED = '月の途中の転居で圏域が変わったのか、どちらかの記載が誤りかを、担当者が確かめます。';
const LEDGER = '市の受給者台帳と違うまま請求すると、国保連から返戻になります。';

const BY_DAYS = '認定の期間と実績の日から決まる';
const BY_SERVICES = '書類に書かれたサービスの種類だけによる';

const read: FactUse = { sources: ['documents'] };
const list: FactUse = { ...read, same: sameSet };
const registered: FactUse = { sources: ['registry'] };
const person = (label: string, same: Sameness = sameValue): FactUse => ({
  ...read,
  same,
  label,
  isPersonal: true,
});

/**
 * Every fact that has a source beside the 送付票. A step of shared/facts/ that reads a fact from a source which is not
 * listed here fails test/shared/facts/compare/.
 */
export const FACT_USES: Record<string, FactUse> = {
  // person, sender and area: no facts of the rules, and yet written in many papers
  insured_number: {
    ...person('被保険者番号'),
    exempt: 'F_PACKET_TWO_PERSONS が別の利用者の書類として知らせる',
  },
  name: { ...person('利用者氏名', sameName), exempt: 'F_FACT_NAME が書類の間の違いを知らせる' },
  name_kana: person('利用者氏名フリガナ', sameKana),
  birth_date: { ...person('生年月日'), why: LEDGER },
  sex: { ...person('性別'), why: LEDGER },
  address: person('住所', sameAddress),
  postal_code: person('郵便番号'),
  insurer_number: { ...read, label: '保険者番号' },
  office_number: { ...read, same: sameOffice, label: '提出した事業所の番号' },
  area: { sources: ['documents', 'registry'], same: sameArea, label: '担当圏域', why: AREA_CHANGED },
  commissioned: { ...read, label: '委託の有無' },
  plan_division: { ...read, label: '計画書区分' },
  plan_first_created: { ...read, label: '初回作成日' },
  checklist_result: { ...read, label: '基本チェックリストの結果' },
  // facts of the rules
  service_month: read,
  event: { ...read, same: sameEvent },
  certification: read,
  previous_certification: read,
  cert_valid_from: read,
  cert_valid_to: read,
  certification_state: read,
  services_ended: { ...read, exempt: BY_SERVICES },
  services_beyond_limit: { ...read, exempt: BY_SERVICES },
  services_before_certification: { ...read, exempt: BY_DAYS },
  services_after_certification: { ...read, exempt: BY_DAYS },
  'dates.covered_from': { ...read, exempt: BY_DAYS },
  'dates.covered_to': { ...read, exempt: BY_DAYS },
  'flags.managed_service_used': { ...read, exempt: BY_SERVICES },
  'flags.managed_yobo_used': { ...read, exempt: BY_SERVICES },
  certification_before_change: read,
  'dates.cert_decided': read,
  'dates.level_changed': read,
  'dates.limit_from': read,
  'dates.limit_to': read,
  services_before_change: { ...read, same: sameServiceClasses },
  services_planned: { ...read, same: sameServiceClasses },
  services_actual: { ...read, same: sameServiceClasses },
  previous_category: { sources: ['records'] },
  history: { sources: ['records'], exempt: '月ごとの区分の違いは readHistory が知らせる' },
  plan_kind: read,
  provider_route: read,
  office_designated_kyotaku: registered,
  office_designated_yobo_shien: registered,
  office_commissioned: registered,
  designation_city: registered,
  insurer_city: read,
  facility_city: { ...read, exempt: 'F_PACKET_RESIDENCE が、施設のある市町村で審査したことを知らせる' },
  'flags.minashi_2go': read,
  planning_offices: { ...read, exempt: 'いくつもの事業所が計画した月であることを表す' },
  new_user: { ...read, exempt: '計画書区分が初回のときに置く仮の値で、送付票が勝つ' },
  manager_is_shunin: registered,
  care_manager_count: registered,
  contracts: { ...read, same: sameContracts },
  contract_papers: {
    ...read,
    exempt: '契約の当事者と契約期間の始め・終わりで比べる',
  },
  documents: { ...read, exempt: 'F_PACKET_DECLARED が届いていない書類を知らせる' },
  notification: { ...read, exempt: '届出書が届いたかどうかだけを表す' },
  unit_price: registered,
  monitoring: { ...read, same: sameMonths },
  checklist_answers: { ...read, same: sameAnswers },
  'notification.form': { ...read, same: sameTitle },
  'notification.kind': read,
  'notification.date': read,
  'notification.effective_from': read,
  notifications: { ...read, exempt: '届出ごとの違いは readNotification が知らせる' },
  'notification.to': read,
  'notification.responsible': read,
  'notification.entrusted': read,
  'notification.attachments': list,
  'notification.signed': read,
  'notification.office_name_and_number_filled': read,
  'dates.assessment': read,
  'dates.plan_created': read,
  'dates.plan_consented': read,
  'dates.plan_to': read,
  'dates.direct_contract': read,
  'dates.designated': registered,
  'dates.contract_from': read,
  'dates.contract_to': read,
  'dates.received': { sources: ['records'], exempt: '受付が記録した日だけを使う' },
  'dates.checklist': read,
  'dates.today': { sources: ['records'], exempt: '受付の日付だけを使う' },
  'dates.submitted': { sources: ['records'], exempt: '窓口への持参など、受付日と違う提出日がある' },
  'dates.juyo_jiko_consent': read,
  'flags.user_area': registered,
  'flags.plan_exists': read,
  'flags.plan_signed': read,
  'flags.plan_is_new_version': read,
  'flags.riyohyo_stamped': read,
  'flags.contacted_hokatsu': read,
  'flags.keika_contains_change_reason': read,
  'flags.keika_tags': list,
  'flags.hyoka_result': read,
  'flags.assessment_home_visit': read,
  'flags.video_agreed_items': list,
  'flags.personal_info_consent_user': read,
  'flags.personal_info_consent_family': read,
  'flags.plan_blank_fields': list,
  'flags.assessment_blank': read,
  'flags.goal_period_blank': read,
  'flags.no_service_used': read,
  'flags.no_use_reason': { ...read, exempt: '支援経過の語から読む理由で、送付票の文と書き方が違う' },
  'flags.ended_by': read,
  'dates.ended': read,
  'flags.tokubetsu_chiiki_area': registered,
  'flags.chusankan_shokibo_area': registered,
};

export const factUse = (path: string): FactUse | undefined =>
  ownValue(FACT_USES, path) ?? ownValue(FACT_USES, path.replace(/\..*$/, ''));
