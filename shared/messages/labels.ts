import type { Category, Outcome } from '../decision/verdict.ts';
import type { Severity } from '../findings/finding.ts';

/** The words a clerk reads for the keys the code uses. */
export const CATEGORY_LABELS = {
  yobo_shien_direct: '介護予防支援（直接）',
  yobo_shien_itaku: '介護予防支援（委託）',
  yobo_shien_center: '介護予防支援（包括）',
  yobo_cm_itaku: '介護予防ケアマネジメント（委託）',
  yobo_cm_center: '介護予防ケアマネジメント（包括）',
  kyotaku: '居宅介護支援',
  not_permitted: '実施できない',
} as const satisfies Record<Category, string>;

export const DECISION_LABELS = {
  accept: '受理',
  review: '確認',
  return: '返戻',
} as const satisfies Record<Outcome, string>;

export const SEVERITY_LABELS = {
  error: '不備',
  warn: '要確認',
  review: '確認事項',
  info: 'お知らせ',
} as const satisfies Record<Severity, string>;

const PAYER_LABELS: Record<string, string> = {
  kokuhoren: '国保連',
  mito_city: '水戸市',
  unspecified_in_seed: '市に確認',
};

const EVENT_LABELS: Record<string, string> = {
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

const CITY_LABELS: Record<string, string> = {
  iwaki: 'いわき市',
  mito: '水戸市',
  okayama: '岡山市',
  nobeoka: '延岡市',
  kumamoto: '熊本市',
};

/** A key the desk has no word for is shown as it is: better than hiding it. */
const word = (labels: Record<string, string>, key: string | null | undefined, none: string): string =>
  key ? (labels[key] ?? key) : none;

export const categoryLabel = (key: string | null): string => word(CATEGORY_LABELS, key, '—');
export const decisionLabel = (key: string): string => word(DECISION_LABELS, key, '—');
export const payerLabel = (key: string | null): string => word(PAYER_LABELS, key, '—');
export const eventLabel = (key: string | null): string => word(EVENT_LABELS, key, '—');
export const cityLabel = (key: string | null): string =>
  word(CITY_LABELS, key?.startsWith('_') ? null : key, '不明');

/** ******0101: enough for the office to know whom, too little for a bystander. */
export const maskNumber = (number: string | null): string =>
  number ? '*'.repeat(Math.max(0, number.length - 4)) + number.slice(-4) : '—';
