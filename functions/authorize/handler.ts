import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { setting } from '../environment.ts';
import { errorCode, log } from '../log.ts';
import { once } from '../memoize.ts';

const keys = once(() => createLocalJWKSet(JSON.parse(setting('CLOSED_KEYS')) as JSONWebKeySet));

/** What the API reads of a token (functions/api/caller.ts). */
const CLAIMS = ['sub', 'name', 'email', 'cognito:groups', 'custom:office', 'custom:city', 'custom:areas'];

/** What API Gateway answers with 401. */
const UNAUTHORIZED = new Error('Unauthorized');

/**
 * The token of the city's identity provider → the right to call the private API, with the claims of the person. API Gateway
 * verifies tokens of Cognito alone. Asked again after the time that the stack sets; a token that has ended by then is refused.
 */
export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  const claims = await verify(event.authorizationToken);
  return {
    principalId: String(claims.sub ?? 'unknown'),
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: wholeApi(event.methodArn) }],
    },
    context: {
      claims: JSON.stringify(Object.fromEntries(CLAIMS.map((name) => [name, textOf(claims[name])]))),
    },
  };
}

async function verify(authorization: string): Promise<Record<string, unknown>> {
  try {
    const { payload } = await jwtVerify(authorization.replace(/^Bearer /i, ''), await keys(), {
      issuer: setting('CLOSED_ISSUER'),
      audience: setting('CLOSED_CLIENT'),
      algorithms: ['RS256', 'PS256', 'ES256', 'ES384'],
      requiredClaims: ['sub', 'exp'],
    });
    return payload;
  } catch (error) {
    // The name of the reason alone: a token contains names.
    log('info', 'token refused', { code: errorCode(error) });
    throw UNAUTHORIZED;
  }
}

/** API Gateway keeps the answer for the token, whatever route it asks for next. */
const wholeApi = (methodArn: string): string => `${methodArn.split('/').slice(0, 2).join('/')}/*`;

/** A list as "[a b]", as API Gateway writes one: a group of the provider with a blank in its name would become two. */
const textOf = (claim: unknown): string =>
  Array.isArray(claim) ? `[${claim.filter(isWord).join(' ')}]` : isText(claim) ? String(claim) : '';

const isWord = (entry: unknown): boolean => typeof entry === 'string' && !/[\s,[\]]/.test(entry);

const isText = (claim: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof claim);
