import { consentDate, signingPart } from './fields/consent.ts';
import { type FormReader, nameReading } from './fields/readings.ts';
import { signatureReadings } from './fields/signature.ts';

/** テレビ電話装置等の活用についての同意書. */
export const videoDoishoReader: FormReader = (form) => [
  ...consentDate(form),
  ...nameReading(form, 'name', '利用者氏名', '利用者', '氏名').slice(0, 1),
  ...signatureReadings(signingPart(form), { signed: 'signed', name: 'consent_name' }),
];
