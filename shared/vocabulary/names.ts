import type { Severity } from '../findings/finding.ts';
import type { Category, DecisionOutcome, Kind, ReviewDecision, ReviewKind } from './category.ts';

/** What a clerk reads for each code of a verdict. */
export const CATEGORY_NAMES: Record<Category, string> = {
  yobo_shien_direct: '介護予防支援（直接）',
  yobo_shien_itaku: '介護予防支援（委託）',
  yobo_shien_center: '介護予防支援（包括）',
  yobo_cm_itaku: '介護予防ケアマネジメント（委託）',
  yobo_cm_center: '介護予防ケアマネジメント（包括）',
  kyotaku: '居宅介護支援',
  not_permitted: '認められない',
};

export const KIND_NAMES: Record<Kind, string> = {
  yobo_shien: '介護予防支援',
  yobo_cm: '介護予防ケアマネジメント',
  kyotaku: '居宅介護支援',
};

export const DECISION_NAMES: Record<DecisionOutcome, string> = {
  accept: '受理',
  review: '審査中',
  return: '返戻',
};

export const REVIEW_DECISION_NAMES: Record<ReviewDecision, string> = {
  confirmed: '確認済',
  advised: '助言済',
  returned: '差戻し',
};

export const REVIEW_KIND_NAMES: Record<ReviewKind, string> = {
  review: '確認',
  involvement: '関与',
  overdue: '期限超過',
  picture: '写真の目視',
};

export const SEVERITY_NAMES: Record<Severity, string> = {
  error: '不備',
  warn: '注意',
  review: '要確認',
  info: 'お知らせ',
};
