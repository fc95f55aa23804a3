import type { Decision } from './verdict.ts';

/** A decision in which no rule applied: that on papers of no city, and on an upload as a whole. */
export const emptyDecision = (): Decision => ({
  decision: 'return',
  category: null,
  responsible_body: null,
  entrusted_body: null,
  claimant: null,
  payer: null,
  base_units: null,
  total_units: null,
  yen: null,
  claim: null,
  commission: null,
  addons_allowed: [],
  addons_denied: [],
  required_documents: [],
  optional_documents: [],
  missing_documents: [],
  notification_required: null,
  notification_form: null,
  notification_kind: null,
  notification_to: null,
  notification_attachments: [],
  contract_parties: [],
  new_contract_required: null,
  deadlines: [],
  findings: [],
  aggregates: null,
  watches_opened: [],
  watches_closed: [],
  checklist: [],
  involvement: null,
  edition: '',
  provisional: false,
  explanation: { facts: [], rules: [], would_change: [], caveats: [] },
});

/** Fields of a decision that say how it was reached, not what it is. */
const REASONS = ['findings', 'aggregates', 'edition', 'provisional', 'explanation'] as const;
export type ValueField = Exclude<keyof Decision, (typeof REASONS)[number]>;

/** Fields whose values two decisions on the same facts are compared by, in the order of a verdict. */
export const VALUE_FIELDS = Object.keys(emptyDecision()).filter(isValueField);

function isValueField(field: string): field is ValueField {
  return !REASONS.some((reason) => reason === field);
}
