export type DecisionOutcome = 'accept' | 'review' | 'return';
/** How a reviewer ends a review. */
export const REVIEW_DECISIONS = ['confirmed', 'advised', 'returned'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** What a reviewer does with an item: decide, get involved (関与), ask for an overdue paper, look at pictures. */
export const REVIEW_KINDS = ['review', 'involvement', 'overdue', 'picture'] as const;
export type ReviewKind = (typeof REVIEW_KINDS)[number];

export const CATEGORIES = [
  'yobo_shien_direct',
  'yobo_shien_itaku',
  'yobo_shien_center',
  'yobo_cm_itaku',
  'yobo_cm_center',
  'kyotaku',
  'not_permitted',
] as const;
export type Category = (typeof CATEGORIES)[number];
export const isCategory = (key: string | null): key is Category => CATEGORIES.some((c) => c === key);

export type Kind = 'yobo_shien' | 'yobo_cm' | 'kyotaku';
/** 担当 and 受託 of a category; not law but the meaning of the category's name. */
export const BODIES: Record<Category, { responsible: string | null; entrusted: string | null }> = {
  yobo_shien_direct: { responsible: 'kyotaku_office', entrusted: null },
  yobo_shien_itaku: { responsible: 'hokatsu_center', entrusted: 'kyotaku_office' },
  yobo_shien_center: { responsible: 'hokatsu_center', entrusted: null },
  yobo_cm_itaku: { responsible: 'hokatsu_center', entrusted: 'kyotaku_office' },
  yobo_cm_center: { responsible: 'hokatsu_center', entrusted: null },
  kyotaku: { responsible: 'kyotaku_office', entrusted: null },
  not_permitted: { responsible: null, entrusted: null },
};
export const kindOf = (category: string | undefined | null): Kind | undefined =>
  category?.startsWith('yobo_shien')
    ? 'yobo_shien'
    : category?.startsWith('yobo_cm')
      ? 'yobo_cm'
      : category === 'kyotaku'
        ? 'kyotaku'
        : undefined;

/** How a month is carried out. */
const ROUTES = ['direct', 'itaku', 'center', 'kyotaku'] as const;
type Route = (typeof ROUTES)[number];
/** The route of a category; undefined where the month has none. */
export const routeOf = (category: string | null): Route | undefined =>
  ROUTES.find((route) => category === route || category?.endsWith(`_${route}`));
