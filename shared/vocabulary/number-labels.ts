import { FINDING_CODES } from '../findings/finding-codes.ts';
import { ownValue } from '../text/own-value.ts';
import { DOCUMENT_KINDS } from './document-kinds.ts';
import { categoryLabel, decisionLabel, eventLabel, payerLabel } from './labels.ts';
import { REVIEW_DECISION_NAMES } from './names.ts';
import { ALL, type NumberName, TIME_CLASSES, UNDECIDED } from './number-names.ts';

type Label = (key: string) => string;
const named =
  (names: Record<string, string>): Label =>
  (key) =>
    ownValue(names, key) ?? key;
const codeName: Label = (key) => ownValue(FINDING_CODES, key)?.ja ?? key;
const timeName = named(TIME_CLASSES);

const LABELS: Partial<Record<NumberName, Label>> = {
  decisions: decisionLabel,
  categories: categoryLabel,
  routes: payerLabel,
  switches: (key) => key.split('>').map(categoryLabel).join(' → '),
  payers: payerLabel,
  commissions: payerLabel,
  events: eventLabel,
  codes: codeName,
  findings: codeName,
  missing_documents: named(DOCUMENT_KINDS),
  returned_findings: codeName,
  closed_reviews: named(REVIEW_DECISION_NAMES),
  answer_times: timeName,
  review_times: timeName,
  units: categoryLabel,
  units_by_payer: payerLabel,
  units_by_claimant: payerLabel,
};

/** What a clerk reads for a key of a number. Offices, rules and waivers keep their number. */
export function numberKeyLabel(name: NumberName, key: string): string {
  if (key === ALL) return '計';
  if (key === UNDECIDED) return '決まらない';
  return LABELS[name]?.(key) ?? key;
}
