import { CATEGORY_NAMES, DECISION_NAMES, PAYER_NAMES, SEVERITY_NAMES } from '../decision/names.ts';
import { DOCUMENT_KINDS } from '../documents/document-kinds.ts';
import { FINDING_CODES } from '../findings/finding-codes.ts';

const EVENT_NAMES: Record<string, string> = {
  new: '新規',
  continuing: '継続',
  category_switch: '区分の切替え',
  plan_renewed: '計画の更新',
  itaku_to_direct: '委託から直接へ',
  monitoring: 'モニタリング',
  cert_renewal: '認定更新',
  claim: '請求',
  kubun_henko: '区分変更',
  kubun_henko_applied: '区分変更申請',
  kubun_henko_result: '区分変更の結果',
  plan_period_end: '計画期間の終了',
  to_yokaigo: '要介護への変更',
  to_jigyo_taishosha: '事業対象者への変更',
  plan_fixed: '計画の確定',
  plan_changed_midterm: '計画の中途変更',
  designation: '指定',
  retention: '保存',
  compliance: '運営基準',
  aggregation: '集計',
};

const CITY_NAMES: Record<string, string> = {
  iwaki: 'いわき市',
  mito: '水戸市',
  okayama: '岡山市',
  nobeoka: '延岡市',
  kumamoto: '熊本市',
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
