/** The steps of an upload the sweeper watches. */
export const STEPS = [
  'receive',
  'malware',
  'decide',
  'ledger',
  'redact',
  'ocr',
  'review',
  'notice',
  'receipt',
  'summary',
] as const;
export type Step = (typeof STEPS)[number];
