/** The shape a fact is written in, by the sender of a 送付票 or in a worked case. */
export type FactShape =
  | 'date'
  | 'month'
  | 'yes_no'
  | 'number'
  | 'text'
  | 'texts'
  /** one word of a list (words-of-fact.ts) */
  | 'word'
  | 'words'
  /** words of a list and others: a rule answers every one */
  | 'open_words'
  | 'services'
  | 'contracts'
  | 'contract_papers'
  | 'history'
  | 'notifications'
  | 'monitoring'
  | 'answers'
  | 'cases'
  /** members are facts of their own */
  | 'group';

const SHAPES = new Map<string, FactShape>([
  ['service_month', 'month'],
  ['event', 'word'],
  ['certification', 'word'],
  ['previous_certification', 'word'],
  ['certification_state', 'word'],
  ['certification_before_change', 'word'],
  ['cert_valid_from', 'date'],
  ['cert_valid_to', 'date'],
  ['services_planned', 'services'],
  ['services_actual', 'services'],
  ['services_before_change', 'services'],
  ['services_ended', 'text'],
  ['services_beyond_limit', 'text'],
  ['services_before_certification', 'text'],
  ['services_after_certification', 'text'],
  ['previous_category', 'word'],
  ['history', 'history'],
  ['plan_kind', 'word'],
  ['provider_route', 'word'],
  ['designation_city', 'text'],
  ['insurer_city', 'text'],
  ['facility_city', 'text'],
  ['planning_offices', 'text'],
  ['care_manager_count', 'number'],
  ['contracts', 'contracts'],
  ['contract_papers', 'contract_papers'],
  ['cm_type', 'word'],
  ['documents', 'words'],
  ['notification', 'group'],
  ['transmission', 'word'],
  ['addons_claimed', 'open_words'],
  ['reductions', 'open_words'],
  ['unit_price', 'number'],
  ['monitoring', 'monitoring'],
  ['checklist_answers', 'answers'],
  ['notification.form', 'text'],
  ['notification.kind', 'word'],
  ['notification.to', 'word'],
  ['notification.responsible', 'word'],
  ['notification.entrusted', 'word'],
  ['notification.attachments', 'words'],
  ['notification.date', 'date'],
  ['notification.effective_from', 'date'],
  ['notifications', 'notifications'],
  ['dates.service_start_month', 'month'],
  ['dates.checked_to', 'month'],
  ['flags.user_area', 'text'],
  ['flags.submitted_to_area', 'text'],
  ['flags.keika_tags', 'texts'],
  ['flags.hyoka_result', 'text'],
  ['flags.claimed_payer', 'word'],
  ['flags.claimed_units', 'number'],
  ['flags.claimant', 'word'],
  ['flags.entrusted_by', 'word'],
  ['flags.subcontract_from', 'word'],
  ['flags.subcontract_to', 'word'],
  ['flags.assumes', 'word'],
  ['flags.ended_by', 'word'],
  ['flags.ended_to', 'text'],
  ['flags.no_use_reason', 'text'],
  ['flags.video_agreed_items', 'texts'],
  ['flags.plan_blank_fields', 'texts'],
  ['flags.author_qualification', 'text'],
  ['flags.agreement_parties', 'texts'],
  ['flags.cases', 'cases'],
]);

/** The shape of a fact of the vocabulary: where nothing else is listed, a date (`dates.`), else yes or no. */
export const factShape = (path: string): FactShape =>
  SHAPES.get(path) ?? (path.startsWith('dates.') ? 'date' : 'yes_no');
