/** The policy of a presigned POST: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html */
export interface PostPolicy {
  expiration: string;
  conditions: (Record<string, string> | [string, ...unknown[]])[];
}

/** Null: missing or not a policy. */
export function parsePolicy(base64: string | undefined): PostPolicy | null {
  try {
    return JSON.parse(Buffer.from(base64 ?? '', 'base64').toString('utf8')) as PostPolicy;
  } catch {
    return null;
  }
}

/** The first condition that the fields of the form violate, as a message. Null: none. */
export function violation(policy: PostPolicy, fields: Map<string, string>): string | null {
  if (Date.parse(policy.expiration) < Date.now())
    return 'アップロードの期限が切れました。もう一度送り直してください。';
  const values = new Map([...fields].map(([name, value]) => [name.toLowerCase(), value]));
  for (const condition of policy.conditions) {
    const [name, expected] = exactMatch(condition);
    if (name === null || name === 'bucket') continue;
    if (values.get(name.toLowerCase()) !== expected) return `アップロードの条件 (${name}) が合いません。`;
  }
  return null;
}

/** Bytes. */
export function sizeLimit({ conditions }: PostPolicy): number {
  const range = conditions.find(
    (condition) => Array.isArray(condition) && condition[0] === 'content-length-range',
  );
  return Array.isArray(range) ? Number(range[2]) : Number.POSITIVE_INFINITY;
}

/** `{"key": "x"}` and `["eq", "$key", "x"]` → the field and its value; null for conditions of other kinds. */
function exactMatch(condition: PostPolicy['conditions'][number]): [name: string | null, expected?: unknown] {
  if (!Array.isArray(condition)) return Object.entries(condition)[0]!;
  const [kind, field, expected] = condition;
  return kind === 'eq' ? [String(field).replace('$', ''), expected] : [null];
}
