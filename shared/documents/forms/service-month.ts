import { parseMonth } from '../../text/wareki.ts';
import type { Reading } from '../document.ts';
import { type FormText, valuesOf } from './form-text.ts';
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

/** The month a paper is for: beside its label, 「令和6年7月分」 anywhere, or a month alone in the first lines. */
export function serviceMonthReading(form: FormText): Reading[] {
  for (const found of valuesOf(form, ...LABELS)) {
    const month = parseMonth(found.text);
    if (month) return [reading(form, 'service_month', month, found)];
  }
  const lines = [...form.lines.filter((line) => /[0-9]月?分/.test(line.text)), ...form.lines.slice(0, 8)];
  for (const line of lines) {
    const printed = MONTH.exec(line.text)?.[0];
    const month = printed && !/作成|生年月日|認定|届出/.test(line.text) ? parseMonth(printed) : null;
    if (month && printed) return [reading(form, 'service_month', month, { page: line.page, text: printed })];
  }
  return [];
}
