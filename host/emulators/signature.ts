import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** AWS Signature Version 4: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
const ALGORITHM = 'AWS4-HMAC-SHA256';
/** A signature is accepted for as long as AWS accepts one. */
const MAX_AGE_MS = 15 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=[^/,\s]+\/([^,\s]+), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/** True: the request carries a signature of the last minutes that was made with the secret. */
export function isSigned(request: IncomingMessage, secret: string): boolean {
  const { headers } = request;
  const [, scope, names, signature] = AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
  const at = String(headers['x-amz-date']);
  if (!scope || !names?.split(';').includes('host') || !(Math.abs(Date.now() - timeOf(at)) < MAX_AGE_MS))
    return false;
  return isEqual(signRequest(request, { at, scope, names }, secret), signature!);
}

/** The signature of a request. `at`: its `x-amz-date`; `names`: the headers it covers, `host;x-amz-date`. */
export function signRequest(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { at, scope, names }: { at: string; scope: string; names: string },
  secret: string,
): string {
  return sign([ALGORITHM, at, scope, sha256(canonicalRequest(request, names))].join('\n'), scope, secret);
}

/** The signature of a text. `scope`: `<date>/<region>/<service>/aws4_request`. */
export function sign(text: string, scope: string, secret: string): string {
  return hmac(signingKey(scope, secret), text).toString('hex');
}

export function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function canonicalRequest(
  { method, url = '/', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  names: string,
): string {
  const [path, search = ''] = url.split('?', 2) as [string, string?];
  const query = [...new URLSearchParams(search)].map((pair) => pair.map(encode).join('=')).sort();
  const values = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  // The SDK names the digest of the body in this header for every service.
  const body = headers['x-amz-content-sha256'];
  return [method, path, query.join('&'), values.join(''), names, body].join('\n');
}

let lastKey: { scope: string; secret: string; key: Buffer } | undefined;

/** The same for all requests of a day. */
function signingKey(scope: string, secret: string): Buffer {
  if (lastKey?.scope !== scope || lastKey.secret !== secret) {
    const seed: Buffer | string = `AWS4${secret}`;
    lastKey = { scope, secret, key: scope.split('/').reduce<Buffer | string>(hmac, seed) as Buffer };
  }
  return lastKey.key;
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** `20260612T010203Z` → ms; NaN for another form. */
const timeOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
