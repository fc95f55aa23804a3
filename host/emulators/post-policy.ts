import { isEqual, sign } from './signature.ts';

/** The policy of a presigned POST: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
export interface PostPolicy {
  /** ms */
  expires: number;
  conditions: Condition[];
}
type Condition = { kind: 'eq' | 'starts-with'; field: string; value: string } | Range;
interface Range {
  kind: 'content-length-range';
  /** bytes */
  min: number;
  max: number;
}

/** Fields that need no condition. */
const FREE = /^(policy|x-amz-signature|file|x-ignore-.*)$/;

/** By lower-case name. */
export type Fields = Map<string, string>;

/** True: the policy of the form was signed with the secret. */
export function isPolicySigned(fields: Fields, secret: string): boolean {
  const scope = (fields.get('x-amz-credential') ?? '').split('/').slice(1).join('/');
  const signature = fields.get('x-amz-signature') ?? '';
  return (
    fields.get('x-amz-algorithm') === 'AWS4-HMAC-SHA256' &&
    scope !== '' &&
    isEqual(sign(fields.get('policy') ?? '', scope, secret), signature)
  );
}

/** Null: missing or not a policy. */
export function parsePolicy(base64: string | undefined): PostPolicy | null {
  try {
    const { expiration, conditions } = JSON.parse(Buffer.from(base64 ?? '', 'base64').toString('utf8'));
    const expires = Date.parse(expiration);
    return Number.isNaN(expires) ? null : { expires, conditions: conditions.map(toCondition) };
  } catch {
    return null;
  }
}

/**
 * The first condition that the form violates, as a message. Null: none. As in S3, a field without a condition is a
 * violation too.
 */
export function violation(
  { expires, conditions }: PostPolicy,
  fields: Fields,
  bucket: string,
): string | null {
  if (expires < Date.now()) return 'アップロードの期限が切れました。もう一度送り直してください。';
  const values = new Map([...fields, ['bucket', bucket]]);
  const restrictions = conditions.filter((one) => one.kind !== 'content-length-range');
  const violated =
    restrictions.find(({ kind, field, value }) => !matches(values.get(field), kind, value))?.field ??
    [...fields.keys()].find((name) => !FREE.test(name) && !restrictions.some(({ field }) => field === name));
  return violated === undefined ? null : `アップロードの条件 (${violated}) が合いません。`;
}

/** Bytes. */
export function sizeLimit({ conditions }: PostPolicy): number {
  return Math.min(...conditions.map((one) => (one.kind === 'content-length-range' ? one.max : Infinity)));
}

function matches(value: string | undefined, kind: 'eq' | 'starts-with', expected: string): boolean {
  return kind === 'eq' ? value === expected : (value ?? '').startsWith(expected);
}

/** `{"key": "x"}`, `["eq", "$key", "x"]`, `["starts-with", "$key", "x"]` or `["content-length-range", 0, 10]`. Throws for others. */
function toCondition(condition: unknown): Condition {
  if (!Array.isArray(condition)) {
    const [[field, value]] = Object.entries(condition as Record<string, string>) as [[string, string]];
    return { kind: 'eq', field: field.toLowerCase(), value };
  }
  const [kind, first, second] = condition;
  if (kind === 'content-length-range') return { kind, min: Number(first), max: Number(second) };
  if (kind !== 'eq' && kind !== 'starts-with') throw new Error(`condition ${kind} is not supported`);
  return { kind, field: String(first).replace('$', '').toLowerCase(), value: String(second) };
}
