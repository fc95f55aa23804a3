import { CATEGORY_NAMES, DECISION_NAMES, PAYER_NAMES, SEVERITY_NAMES } from '../decision/names.ts';
import { DOCUMENT_KINDS } from '../documents/document-kinds.ts';
import { EVENT_NAMES } from '../facts/event-names.ts';
import { FINDING_CODES } from '../findings/finding-codes.ts';

/** As their profiles name them (a test compares): the functions that write letters do not carry the profiles. */
const CITY_NAMES: Record<string, string> = {
  iwaki: 'いわき市',
  mito: '水戸市',
  okayama: '岡山市',
  nobeoka: '延岡市',
  kumamoto: '熊本市',
  edogawa: '江戸川区',
};

/** Every word at once, for the console: the screen, the letter and the terminal say the same. */
export const WORDS = {
  categories: CATEGORY_NAMES,
  decisions: DECISION_NAMES,
  payers: PAYER_NAMES,
  severities: SEVERITY_NAMES,
  events: EVENT_NAMES,
  cities: CITY_NAMES,
  documents: DOCUMENT_KINDS,
  codes: Object.fromEntries(Object.entries(FINDING_CODES).map(([code, { ja }]) => [code, ja])),
};

/** A key the desk has no word for is shown as it is: better than hiding it. */
const word = (names: Record<string, string>, key: string | null | undefined, none = '—'): string =>
  key ? (names[key] ?? key) : none;

export const categoryLabel = (key: string | null): string => word(CATEGORY_NAMES, key);
export const decisionLabel = (key: string): string => word(DECISION_NAMES, key);
export const payerLabel = (key: string | null): string => word(PAYER_NAMES, key);
export const eventLabel = (key: string | null): string => word(EVENT_NAMES, key);
export const cityLabel = (key: string | null): string =>
  word(CITY_NAMES, key?.startsWith('_') ? null : key, '不明');

/** ******0101: enough for the office to know whom, too little for a bystander. */
export const maskNumber = (number: string | null): string =>
  number ? '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-4) : '—';
