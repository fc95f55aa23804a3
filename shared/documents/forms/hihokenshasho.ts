import type { Reading } from '../document.ts';
import { addressReadings, certificationReadings, insuredNumber, personReadings } from './fields/person.ts';
import { dateReading, type FormReader, numberReading, phraseReading } from './fields/readings.ts';
import type { FormText } from './text/form-text.ts';

/** 介護保険被保険者証: number, person, certification, and the day of the 基本チェックリスト of a 事業対象者. */
export const hihokenshashoReader: FormReader = (form) => [
  ...(insuredNumber(form).length > 0 ? [] : plainNumber(form)),
  ...personReadings(form),
  ...addressReadings(form),
  ...cardCertification(form),
  ...dateReading(
    form,
    'checklist_date',
    '基本チェックリスト実施日',
    '基本チェックリストの実施日',
    '基本チェックリスト実施年月日',
  ),
  ...phraseReading(form, 'center_name', '介護予防支援事業者', '地域包括支援センター'),
];

/** 「認定年月日（事業対象者の場合は、基本チェックリスト実施日）」: one field, its meaning depends on the status. */
function cardCertification(form: FormText): Reading[] {
  const readings = certificationReadings(form);
  const isTarget = readings.some(({ field, value }) => field === 'certification' && value === '事業対象者');
  return isTarget
    ? readings.map((each) =>
        each.field === 'cert_decided' ? { ...each, field: 'checklist_date' as const } : each,
      )
    : readings;
}

/** The card prints 「番号」 alone for the number of the insured person. */
const plainNumber = (form: FormText): Reading[] =>
  numberReading(form, 'insured_number', /^([0-9H][0-9]{9})(?![0-9])/, '番号');
