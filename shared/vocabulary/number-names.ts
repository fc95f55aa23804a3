/** Each number a city reads, with its title and what it counts. */
export const NUMBER_TITLES = {
  cases: '受け付けた件数',
  users: '利用者',
  decisions: '判定',
  categories: '区分',
  routes: '実施の経路',
  switches: '区分の切り替え',
  payers: '請求先',
  commissions: '委託料の支払者',
  two_offices: '二つの事業所から届いた人',
  events: '提出の理由',
  codes: '指摘とお知らせ',
  findings: '指摘',
  missing_documents: '足りない書類',
  offices: '事業所',
  returned_offices: '返戻の事業所',
  returned_findings: '返戻の指摘',
  returned_rules: '返戻の規則',
  waivers: '免除を使った件数',
  reviews: '確認待ち',
  overdue: '確認の期限超過',
  overdue_papers: '期限を過ぎても届いていない書類',
  closed_reviews: '確認の結果',
  answer_times: '最初の判定まで',
  review_times: '確認・助言まで',
  corrected: '訂正版',
  units: '請求単位（区分別）',
  units_by_payer: '請求単位（請求先別）',
  units_by_claimant: '請求単位（請求する者別）',
} as const;
export type NumberName = keyof typeof NUMBER_TITLES;

/** Key of a number that is not divided. */
export const ALL = 'all';
/** Key of what has no category, route or payer. */
export const UNDECIDED = 'undecided';

/** How long it took; each class begins where the one before ends. */
export const TIME_CLASSES: Record<string, string> = {
  hour: '1時間以内',
  days_0: '当日',
  days_3: '3日以内',
  days_7: '1週間以内',
  days_14: '2週間以内',
  days_30: '30日以内',
  later: '30日を超える',
};
