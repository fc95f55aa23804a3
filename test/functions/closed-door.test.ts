import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerOf } from '../../functions/api/caller.ts';
import { doorOf, requireDoor, requireOwnDoor } from '../../functions/api/door.ts';
import { handler } from '../../functions/authorize/handler.ts';

// What the private API of a city's network sends, and who may come by which door.
const ISSUER = 'https://idp.city.example';
const ARN = 'arn:aws:execute-api:ap-northeast-1:111122223333:api1/desk/GET/uploads';
let own: CryptoKey;
let foreign: CryptoKey;

beforeAll(async () => {
  const pair = await generateKeyPair('ES256');
  own = pair.privateKey;
  foreign = (await generateKeyPair('ES256')).privateKey;
  process.env.CLOSED_KEYS = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k1' }] });
  process.env.CLOSED_ISSUER = ISSUER;
  process.env.CLOSED_CLIENT = 'uketsuke';
});
afterEach(() => vi.unstubAllEnvs());

const PERSON = {
  sub: 'u1',
  name: '見本 花子',
  'cognito:groups': ['hokatsu'],
  'custom:city': 'mito',
  other: 'x',
};
interface Changes {
  key?: CryptoKey;
  issuer?: string;
  audience?: string;
  until?: string;
  claims?: JWTPayload;
}
const tokenOf = ({
  key = own,
  issuer = ISSUER,
  audience = 'uketsuke',
  until = '5m',
  claims = PERSON,
}: Changes) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(until)
    .sign(key);
const base64 = (text: string): string => Buffer.from(text).toString('base64url');
const authorize = (authorizationToken: string) =>
  handler({ type: 'TOKEN', methodArn: ARN, authorizationToken });

/** The event of a REST API; `claims`: what the authorizer returned. */
const restEvent = (claims?: string) =>
  ({
    httpMethod: 'GET',
    path: '/session',
    headers: {},
    requestContext: { ...(claims && { authorizer: { principalId: 'u1', claims } }) },
  }) as unknown as Parameters<typeof callerOf>[0];
const httpEvent = (claims: object) =>
  ({ requestContext: { authorizer: { jwt: { claims } } } }) as unknown as Parameters<typeof callerOf>[0];

describe('a token of the city’s identity provider', () => {
  it('opens the whole API, and its claims are those of the caller', async () => {
    const { policyDocument, context } = await authorize(`Bearer ${await tokenOf({})}`);
    expect(policyDocument.Statement).toEqual([
      {
        Action: 'execute-api:Invoke',
        Effect: 'Allow',
        Resource: 'arn:aws:execute-api:ap-northeast-1:111122223333:api1/desk/*',
      },
    ]);
    expect(callerOf(restEvent(String(context?.claims)))).toMatchObject({
      ...{ subject: 'u1', name: '見本 花子', roles: ['hokatsu'], city: 'mito', office: null },
    });
    expect(String(context?.claims)).not.toContain('other');
  });

  it('gives no role by a part of a group name, or by a claim that is no text', async () => {
    for (const groups of [['not operator'], ['x,city'], ['[office]'], { operator: true }, [['operator']]]) {
      const claims = { ...PERSON, 'cognito:groups': groups };
      const { context } = await authorize(await tokenOf({ claims }));
      expect(callerOf(restEvent(String(context?.claims))).roles, JSON.stringify(groups)).toEqual([]);
    }
  });

  it.each<[string, () => Promise<string>]>([
    ['of another key', () => tokenOf({ key: foreign })],
    ['of another issuer', () => tokenOf({ issuer: 'https://other.example' })],
    ['for another client', () => tokenOf({ audience: 'other' })],
    ['that has ended', () => tokenOf({ until: '1 minute ago' })],
    ['without a subject', () => tokenOf({ claims: { 'cognito:groups': ['city'] } })],
    ['without a signature', async () => `${base64('{"alg":"none"}')}.${base64(JSON.stringify(PERSON))}.`],
    ['that is none', async () => 'x'],
  ])('is refused %s, and the log quotes nothing of it', async (_, make) => {
    // Other tests of the same process switch the log off.
    vi.stubEnv('UKETSUKE_LOG', '');
    const output = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await expect(authorize(await make())).rejects.toThrow('Unauthorized');
    const lines = output.mock.calls.join('');
    output.mockRestore();
    vi.unstubAllEnvs();
    expect(lines).toContain('token refused');
    expect(lines).not.toMatch(/見本|u1/);
  });
});

describe('the doors', () => {
  it('are told apart by the event of API Gateway', () => {
    expect(doorOf(restEvent())).toBe('closed');
    expect(doorOf(httpEvent({}))).toBe('public');
    expect(doorOf(undefined)).toBe('public');
  });

  it('take claims from their own authorizer alone', () => {
    expect(callerOf(restEvent()).roles).toEqual([]);
    const mixed = { ...httpEvent({ 'cognito:groups': '[operator]' })!, httpMethod: 'GET' };
    expect(callerOf(mixed as unknown as Parameters<typeof callerOf>[0]).roles).toEqual([]);
  });

  it.each([
    ['a list', ['0870100013']],
    ['an object', { toString: 'x' }],
    ['a number', 870100013],
  ])('take no number of an office, and no role, from %s', (_, claim) => {
    const claims = { 'cognito:groups': claim, 'custom:office': claim, 'custom:city': claim, sub: claim };
    expect(callerOf(httpEvent(claims))).toMatchObject({ roles: [], office: null, city: null, areas: [] });
  });

  it.each(['_unknown', '__proto__', 'constructor', 'MITO', ''])('take no city from the claim %j', (key) => {
    const claims = { 'cognito:groups': '[city]', 'custom:city': key };
    expect(callerOf(httpEvent(claims)).city).toBeNull();
  });

  it('ask for the secret of CloudFront at the public one alone', () => {
    vi.stubEnv('AUTH_DOOR', 'the secret');
    expect(() => requireDoor(httpEvent({}), undefined)).toThrow();
    expect(() => requireDoor(restEvent(), undefined)).not.toThrow();
  });

  it('let people of the city and the 包括 in by their network alone, and offices by the internet', () => {
    vi.stubEnv('STAFF_DOOR', 'closed');
    for (const roles of [['city'], ['hokatsu'], ['operator'], ['office', 'city']]) {
      expect(() => requireOwnDoor(httpEvent({}), roles), roles.join()).toThrow('庁内ネットワーク');
      expect(() => requireOwnDoor(restEvent(), roles), roles.join()).not.toThrow();
    }
    expect(() => requireOwnDoor(restEvent(), ['office'])).toThrow('インターネット');
    expect(() => requireOwnDoor(httpEvent({}), ['office'])).not.toThrow();
  });

  it('are one where the deployment has no network of a city', () => {
    for (const roles of [['city'], ['office'], []])
      expect(() => requireOwnDoor(httpEvent({}), roles)).not.toThrow();
  });

  it('sign people in, and take their uploads, at their own addresses', async () => {
    for (const [name, value] of Object.entries({
      ...{
        AUTH_DOMAIN: 'https://cognito.example',
        AUTH_CLIENT: 'web',
        CLOSED_UPLOADS: 'https://bucket.vpce.example',
      },
      ...{ INBOX: 'inbox', AWS_REGION: 'ap-northeast-1', AUTH_DOOR: '' },
    }))
      vi.stubEnv(name, value);
    const [{ app }, { handle }] = await Promise.all([
      import('../../functions/api/app.ts'),
      import('hono/aws-lambda'),
    ]);
    const { statusCode, body } = (await handle(app)(restEvent()!)) as { statusCode: number; body: string };
    expect(statusCode).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ domain: ISSUER, client: 'uketsuke', describes_itself: true });
    const open = await (await app.request('/session')).json();
    expect(open).toMatchObject({ domain: 'https://cognito.example', client: 'web', describes_itself: false });
  });
});
