import { SSF } from '@e965/xlsx';

/** Letters that Excel takes as a format: the patterns below are for no longer ones. */
const MOST_LETTERS = 255;

/** True for a format of a cell that shows a day or a time. */
export const isDateFormat = (format: string): boolean =>
  format.length <= MOST_LETTERS &&
  (SSF.is_date(format) ||
    /[eg]{1,3}.*(?:年|[./-])/.test(
      format.replace(/"[^"]*"|\[[^\]]*\]/g, (part) => part.replace(/[^年月日]/g, '')),
    ));

/**
 * A day that is kept as a number, with the parts its format shows. The formats of Japan (ggge年) are not known to the
 * library, and 2024-06-02 says the same in every era.
 * @param serial days since 1899-12-30 (1904-01-01), and the time as a part of a day
 */
export function dateText(serial: number, format: string, is1904: boolean): string {
  const at = SSF.parse_date_code(serial, { date1904: is1904 });
  if (!at) return String(serial);
  const shown = format.replace(/\[\$[^\]]*\]/g, '').replace(/"[^"]*"/g, '');
  const time = /h/i.test(shown) ? `${at.H}:${String(at.M).padStart(2, '0')}` : '';
  const hasYear = /[yge]/i.test(shown.replace(/General/i, ''));
  const hasDay = /d/i.test(shown);
  if (!hasYear && !hasDay && !/m{1,5}(?!.*s)/i.test(shown.replace(/h+:?m+/gi, ''))) return time;
  const day = [
    hasYear && `${at.y}年`,
    /m/i.test(shown.replace(/h+\D{0,3}m+|m+\D{0,3}s+/gi, '')) && `${at.m}月`,
    hasDay && `${at.d}日`,
  ]
    .filter(Boolean)
    .join('');
  return [day, time].filter(Boolean).join(' ');
}
