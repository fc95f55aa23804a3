import { addressReadings, certificationReadings, personReadings } from './fields/person.ts';
import { type FormReader, nameReading, phraseReading } from './fields/readings.ts';
import { consentReadings } from './fields/signature.ts';

/** 利用者基本情報: the person, the certification, who made it, and the consent at its end. */
export const riyoshaKihonJohoReader: FormReader = (form) => [
  ...personReadings(form),
  ...addressReadings(form),
  ...certificationReadings(form),
  ...nameReading(form, 'care_manager_name', '作成担当者名', '作成担当者'),
  ...phraseReading(form, 'center_name', '担当地域包括支援センター', '地域包括支援センター名'),
  ...consentReadings(form, /同意(?:します|いたします|する)/),
];
