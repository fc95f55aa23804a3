import type { Category } from '../vocabulary/category.ts';
import { type HistoryMonth, wasUsed } from '../vocabulary/history.ts';
import { CATEGORY_NAMES } from '../vocabulary/names.ts';

/** Earlier months as an office reads them: 「2024年4月（介護予防支援（直接））、2024年5月（利用なし）」. */
export const historyText = (history: HistoryMonth[]): string => history.map(monthLine).join('、');

function monthLine(one: HistoryMonth): string {
  const name = one.category ? CATEGORY_NAMES[one.category as Category] : null;
  return `${monthText(one.month)}（${name ?? (wasUsed(one) === false ? '利用なし' : '区分は不明')}）`;
}

export const monthText = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
