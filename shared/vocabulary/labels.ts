import { FINDING_CODES } from '../findings/finding-codes.ts';
import { bodyNames } from '../profiles/bodies.ts';
import { cityNames } from '../profiles/cities.ts';
import { valueNames } from '../profiles/value-names.ts';
import { ownValue } from '../text/own-value.ts';
import { DOCUMENT_KINDS } from './document-kinds.ts';
import { EVENT_NAMES } from './event-names.ts';
import {
  CATEGORY_NAMES,
  DECISION_NAMES,
  REVIEW_DECISION_NAMES,
  REVIEW_KIND_NAMES,
  SEVERITY_NAMES,
} from './names.ts';
import { NUMBER_TITLES, TIME_CLASSES } from './number-names.ts';

/** Every name at once, for the console, so that screen, letter and terminal use the same. */
export const words = () => ({
  categories: CATEGORY_NAMES,
  decisions: DECISION_NAMES,
  payers: payerNames(),
  severities: SEVERITY_NAMES,
  reviews: REVIEW_DECISION_NAMES,
  reviewKinds: REVIEW_KIND_NAMES,
  events: EVENT_NAMES,
  numbers: NUMBER_TITLES,
  times: TIME_CLASSES,
  cities: cityNames(),
  documents: DOCUMENT_KINDS,
  codes: Object.fromEntries(Object.entries(FINDING_CODES).map(([code, { ja }]) => [code, ja])),
});

/** A payer is a body, or a value that says no source names one. */
const payerNames = (): Record<string, string> => ({ ...valueNames(), ...bodyNames() });

/** A key without a name is shown as it is: better than hiding it. */
const word = (names: Record<string, string>, key: string | null | undefined, none = '—'): string =>
  key ? (ownValue(names, key) ?? key) : none;

export const categoryLabel = (key: string | null): string => word(CATEGORY_NAMES, key);
export const decisionLabel = (key: string): string => word(DECISION_NAMES, key);
export const payerLabel = (key: string | null): string => word(payerNames(), key);
export const eventLabel = (key: string | null): string => word(EVENT_NAMES, key);
export const cityLabel = (key: string | null): string =>
  word(cityNames(), key?.startsWith('_') ? null : key, '不明');

/** ******0101: enough for the office to identify the person, too little for a bystander. */
export const maskNumber = (number: string | null): string =>
  number ? '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-4) : '—';
