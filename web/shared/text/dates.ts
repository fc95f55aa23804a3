import { eraTime } from '../../../shared/calendar/era-time.ts';
import { japanDate } from '../../../shared/calendar/japan-time.ts';
import { eraText } from '../../../shared/calendar/wareki.ts';

/** 2024-07-01 → 令和6年7月1日 */
export const dayText = (iso: string | null | undefined): string => (iso ? eraText(iso) : '—');

/** 2024-07 → 令和6年7月; a month no one could read is 不明 */
export const monthText = (month: string | null | undefined): string =>
  month && month !== 'unknown' ? eraText(month) : '不明';

/** ISO time → 令和8年6月12日 9:30 in Japan */
export const timeText = (iso: string | null | undefined): string => (iso ? eraTime(iso) : '—');

/** Today in Japan, as ISO date. */
export const today = (): string => japanDate(new Date().toISOString());

/** Days from today to a due date; negative: overdue. */
export const daysLeft = (due: string, from: string = today()): number =>
  Math.round((Date.parse(due) - Date.parse(from)) / 86_400_000);

/** あと3日, 今日まで, 2日超過 */
export function daysLeftText(due: string, from?: string): string {
  const days = daysLeft(due, from);
  if (days === 0) return '今日まで';
  return days > 0 ? `あと${days}日` : `${-days}日超過`;
}
