import type { Reading } from '../../document.ts';
import type { FormText } from '../text/form-text.ts';
import { addressReadings, certificationReadings, personReadings } from './person.ts';
import { nameReading, numberReading, phraseReading } from './readings.ts';
import { serviceMonthReading } from './service-month.ts';

export const riyohyoHead = (form: FormText): Reading[] => [
  ...personReadings(form),
  ...addressReadings(form),
  ...certificationReadings(form),
  ...serviceMonthReading(form),
  ...phraseReading(
    form,
    'office_name',
    ...OFFICE_AND_MANAGER,
    '居宅介護支援事業者事業所名',
    '居宅介護支援事業所',
    '介護予防支援事業所',
    '居宅介護支援事業者',
    '介護予防支援事業者',
  ),
  ...nameReading(form, 'care_manager_name', ...OFFICE_AND_MANAGER, '担当者名', '担当者氏名', '計画作成者'),
  ...numberReading(
    form,
    'office_number',
    /^([0-9]{10})(?![0-9])/,
    '居宅介護支援事業所番号',
    '介護予防支援事業所番号',
  ),
];
/** One field of the 利用票 for the office and the care manager. */
const OFFICE_AND_MANAGER = [
  '居宅介護支援事業者事業所名担当者名',
  '居宅介護支援事業者事業所名・担当者名',
  '介護予防支援事業者事業所名担当者名',
  '介護予防支援事業者事業所名・担当者名',
];
