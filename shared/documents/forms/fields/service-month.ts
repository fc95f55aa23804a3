import { parseMonth } from '../../../calendar/wareki.ts';
import type { Reading } from '../../document.ts';
import type { FormText } from '../text/form-text.ts';
import { valuesOf } from '../text/value-beside.ts';
import { reading } from './readings.ts';

const LABELS = [
  'サービス提供年月',
  'サービス提供月',
  '提供年月',
  '対象年月',
  '利用年月',
  '対象月',
  '提供月',
  '利用月',
  '請求対象月',
];
/** 「令和6年7月」 and no day after it */
const MONTH =
  /(?:(?:令和|R)[0-9元]{1,2}|20[0-9]{2})[年/.-](?:0?[1-9]|1[0-2])(?:月(?![0-9]{1,2}日)|(?![0-9./-]))/;

/** 「令和6年7月分」 counts whatever other dates share its line. */
const MONTH_OF = new RegExp(`${MONTH.source}分`);

/** The month a paper is for: beside its label, 「令和6年7月分」 anywhere, or a month alone in the first lines. */
export function serviceMonthReading(form: FormText): Reading[] {
  for (const found of valuesOf(form, ...LABELS)) {
    const month = parseMonth(found.text);
    if (month) return [reading(form, 'service_month', month, found)];
  }
  for (const line of form.lines) {
    const printed = MONTH_OF.exec(line.text)?.[0];
    const month = printed && parseMonth(printed);
    if (month) return [reading(form, 'service_month', month, { page: line.page, text: printed })];
  }
  for (const line of form.lines.slice(0, 8)) {
    const printed = MONTH.exec(line.text)?.[0];
    const month = printed && !/作成|生年月日|認定|届出/.test(line.text) ? parseMonth(printed) : null;
    if (month && printed) return [reading(form, 'service_month', month, { page: line.page, text: printed })];
  }
  return [];
}
