import { parseMonth } from '../../text/wareki.ts';
import type { Reading } from '../document.ts';
import { type FormText, valuesOf } from './form-text.ts';
import { personReadings } from './person.ts';
import { dateReading, type FormReader, numberReading, reading } from './readings.ts';

/** Claim papers and 給付管理票: person, office, month and units. */
export const claimReader: FormReader = (form) => [
  ...personReadings(form),
  ...numberReading(
    form,
    'office_number',
    /^([0-9]{10})(?![0-9])/,
    '事業所番号',
    '居宅介護支援事業所番号',
    '介護予防支援事業所番号',
  ),
  ...claimMonth(form),
  ...dateReading(form, 'submitted_date', '提出日', '請求日', '提出年月日', '請求年月日'),
  ...unitCount(form),
];

function claimMonth(form: FormText): Reading[] {
  for (const found of valuesOf(form, 'サービス提供年月', '提供年月', '対象年月', '利用年月', '提供月')) {
    const month = parseMonth(found.text);
    if (month) return [reading(form, 'service_month', month, found)];
  }
  for (const line of form.lines) {
    const month = /([令平]?[^、。]{0,3}[0-9元]{1,4}年[0-9]{1,2})月分/.exec(line.text);
    const iso = month ? parseMonth(`${month[1]}月`) : null;
    if (iso) return [reading(form, 'service_month', iso, { page: line.page, text: month?.[0] ?? '' })];
  }
  return [];
}

function unitCount(form: FormText): Reading[] {
  for (const found of valuesOf(form, '単位数合計', '請求単位数', 'サービス単位数', '単位数')) {
    const units = /^([0-9][0-9,]*)(?:単位)?(?![0-9])/.exec(found.text)?.[1];
    if (units) return [reading(form, 'unit_count', Number(units.replace(/,/g, '')), found)];
  }
  return [];
}
