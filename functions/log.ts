import { FAULT, faultCode, reportFaultsTo } from '../shared/faults/report-fault.ts';

/** The fields a log line may have: ids, codes, counts and times. No name, number or free text of a person. */
export interface LogFields {
  upload_id?: string;
  packet_id?: string;
  message_id?: string;
  city?: string;
  area?: string;
  month?: string;
  route?: string;
  decision?: string;
  edition?: string;
  code?: string;
  status?: number;
  packets?: number;
  repeated?: number;
  cases?: number;
  count?: number;
  failed?: number;
  bytes?: number;
  ms?: number;
}
const ALLOWED = new Set<string>([
  'upload_id',
  'packet_id',
  'message_id',
  'city',
  'area',
  'month',
  'route',
  'decision',
  'edition',
  'code',
  'status',
  'packets',
  'repeated',
  'cases',
  'count',
  'failed',
  'bytes',
  'ms',
] satisfies (keyof LogFields)[]);

/** One JSON line. A field that is not allowed is left out, whatever the caller passes. */
export function log(level: 'info' | 'warn' | 'error', what: string, fields: LogFields = {}): void {
  const allowed = Object.fromEntries(Object.entries(fields).filter(([key]) => ALLOWED.has(key)));
  if (process.env.UKETSUKE_LOG === 'off' && level === 'info') return;
  process.stderr.write(`${JSON.stringify({ level, what, ...allowed })}\n`);
}

/** Class and place of an error; its message may quote a document and is left out. */
export const errorCode = faultCode;

// Faults inside the readers of documents (shared/) go to the same log.
reportFaultsTo((code) => log('error', FAULT, { code }));
