import { readFileSync } from 'node:fs';
import * as z from 'zod';
import ja from 'zod/v4/locales/ja.js';
import { DeploymentError } from './deployment-error.ts';

/** RSA and elliptic keys of an identity provider, without what a token is not verified with. */
const publicKey = z.object({
  kid: z.string(),
  kty: z.enum(['RSA', 'EC']),
  alg: z.enum(['RS256', 'PS256', 'ES256', 'ES384']).optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
});

const cidr = z.string().regex(/^(10|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3}){1,3}\/\d{1,2}$/, {
  message: '庁内の IPv4 の範囲を書いてください（例: 10.20.0.0/16）',
});

/** The network of a city and its identity provider, as `-c closed=FILE` names them. */
const closedNetwork = z.strictObject({
  /** the VPC that the line of the city ends in */
  vpc: z.string().regex(/^vpc-[0-9a-f]+$/),
  /** subnets of the endpoints, in two zones */
  subnets: z.array(z.string().regex(/^subnet-[0-9a-f]+$/)).min(2),
  /** ranges of addresses in the city's network that may come */
  clients: z.array(cidr).min(1),
  /** name of the desk in that network, and its certificate in the region of the desk */
  domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  certificate: z.string().regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/.+$/),
  /** the identity provider of the city: its address, and the client of the page there */
  issuer: z.url({ protocol: /^https$/ }).transform((url) => url.replace(/\/$/, '')),
  client: z.string().min(1).max(200),
  /** its public keys (JWKS): the cloud makes no connection into the city's network to fetch them */
  keys: z.array(publicKey).min(1).max(4),
});
export type ClosedNetwork = z.infer<typeof closedNetwork>;

/** Reads the file of a closed network. Throws DeploymentError with the items that cannot be used. */
export function readClosedNetwork(file: string): ClosedNetwork {
  const parsed = closedNetwork.safeParse(readJson(file), { error: ja().localeError });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DeploymentError(`-c closed=${file}: ${faults.join(' / ')}`);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const fault = cause instanceof SyntaxError ? 'JSON の書き方が正しくありません' : 'ファイルを読めません';
    throw new DeploymentError(`-c closed=${file}: ${fault}（${(cause as Error).message}）。`);
  }
}
