import type { Reading } from '../document.ts';
import { personReadings } from './fields/person.ts';
import { dateReading, type FormReader, numberReading, reading } from './fields/readings.ts';
import { serviceMonthReading } from './fields/service-month.ts';
import type { FormText } from './text/form-text.ts';
import { valuesOf } from './text/value-beside.ts';

/** Claim papers and 給付管理票: person, office, month and units. */
export const kyufuKanrihyoReader: FormReader = (form) => [
  ...personReadings(form),
  ...numberReading(
    form,
    'office_number',
    /^([0-9]{10})(?![0-9])/,
    '事業所番号',
    '居宅介護支援事業所番号',
    '介護予防支援事業所番号',
  ),
  ...serviceMonthReading(form),
  ...dateReading(form, 'submitted_date', '提出日', '請求日', '提出年月日', '請求年月日'),
  ...unitCount(form),
];

function unitCount(form: FormText): Reading[] {
  for (const found of valuesOf(form, '単位数合計', '請求単位数', 'サービス単位数', '単位数')) {
    const units = /^([0-9][0-9,]*)(?:単位)?(?![0-9])/.exec(found.text)?.[1];
    if (units) return [reading(form, 'unit_count', Number(units.replace(/,/g, '')), found)];
  }
  return [];
}
