import { consentDate, signingPart } from './fields/consent.ts';
import { type FormReader, nameReading } from './fields/readings.ts';
import { signatureReadings } from './fields/signature.ts';

/** 重要事項説明書: the day of explanation and consent, and the user's signature. */
export const juyoJikoSetsumeishoReader: FormReader = (form) => [
  ...consentDate(form),
  ...nameReading(form, 'name', '利用者氏名', '利用者').slice(0, 1),
  ...signatureReadings(signingPart(form), { signed: 'signed', name: 'consent_name' }, [
    '利用者氏名',
    '利用者署名',
    '利用者',
    '署名',
    '氏名',
  ]),
];
