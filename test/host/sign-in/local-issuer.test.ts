import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { issuerRoutes } from '../../../host/sign-in/issuer-routes.ts';
import { CLIENT, LocalIssuer } from '../../../host/sign-in/local-issuer.ts';
import type { Person } from '../../../shared/access/people.ts';

const AOKI: Person = { name: '青木', mail: 'aoki@example.jp', role: 'office', office: '0870100013' };
const INOUE: Person = {
  name: '井上',
  mail: 'i@example.jp',
  role: 'hokatsu',
  city: 'mito',
  areas: ['a', 'b'],
};
const HOME = 'http://127.0.0.1:8460/';
const VERIFIER = 'v'.repeat(43);

let people: Person[];
let now: number;
let issuer: LocalIssuer;
beforeEach(() => {
  people = [AOKI, INOUE];
  now = Date.parse('2026-06-12T00:00:00Z');
  issuer = new LocalIssuer(
    () => people,
    () => now,
  );
});

const ask = (path: string, init: RequestInit = {}) =>
  issuerRoutes(issuer).request(path, { ...init, headers: { host: '127.0.0.1:8460' } });

/** Where the sign-in page sends the browser. */
async function authorize(changes: Record<string, string> = {}): Promise<Response> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT,
    redirect_uri: HOME,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    state: 's1',
    login_hint: issuer.ticketOf(AOKI),
    ...changes,
  });
  return ask(`/oauth2/authorize?${query}`);
}

const answerOf = (response: Response) => new URL(response.headers.get('location')!).searchParams;

async function redeem(code: string, changes: Record<string, string> = {}) {
  const form = { grant_type: 'authorization_code', client_id: CLIENT, redirect_uri: HOME };
  const body = new URLSearchParams({ ...form, code, code_verifier: VERIFIER, ...changes });
  const response = await ask('/oauth2/token', { method: 'POST', body: body.toString() });
  return (await response.json()) as { id_token?: string; refresh_token?: string };
}

const claimsIn = (token: string | undefined) => issuer.verify(`Bearer ${token}`);

describe('the local issuer', () => {
  it('signs a person in by a ticket, with the claims of the user pool', async () => {
    const answer = answerOf(await authorize({ login_hint: issuer.ticketOf(INOUE) }));
    expect(answer.get('state')).toBe('s1');
    const { id_token } = await redeem(answer.get('code')!);
    expect(await claimsIn(id_token)).toMatchObject({
      sub: 'i@example.jp',
      'cognito:groups': ['hokatsu'],
      'custom:city': 'mito',
      'custom:areas': 'a b',
    });
  });

  it('answers without a ticket of this desk that a link is needed', async () => {
    for (const login_hint of ['', 'x', new LocalIssuer(() => people).ticketOf(AOKI)])
      expect(answerOf(await authorize({ login_hint })).get('error')).toBe('login_required');
  });

  it('sends no code to another page, and none without PKCE', async () => {
    for (const changes of [
      { redirect_uri: 'http://127.0.0.1:9999/' },
      { redirect_uri: 'https://example.com/' },
      { client_id: 'another' },
      { code_challenge: '' },
      { code_challenge_method: 'plain' },
    ] as Record<string, string>[])
      expect((await authorize(changes)).status, JSON.stringify(changes)).toBe(400);
  });

  it('redeems a code once, with its verifier, within a minute', async () => {
    const codeNow = async () => answerOf(await authorize()).get('code')!;
    const code = await codeNow();
    expect((await redeem(code)).id_token).toBeTruthy();
    expect((await redeem(code)).id_token).toBeUndefined();
    expect((await redeem(await codeNow(), { code_verifier: 'w'.repeat(43) })).id_token).toBeUndefined();
    const old = await codeNow();
    now += 61_000;
    expect((await redeem(old)).id_token).toBeUndefined();
  });

  it('renews a token while its person is listed, and not after a sign-out', async () => {
    const { refresh_token } = await redeem(answerOf(await authorize()).get('code')!);
    const renew = () =>
      redeem('', { grant_type: 'refresh_token', refresh_token: refresh_token! }).then((one) => one.id_token);
    expect(await claimsIn(await renew())).toMatchObject({ 'custom:office': '0870100013' });
    people = [INOUE];
    expect(await renew()).toBeUndefined();
    people = [AOKI];
    await ask('/oauth2/revoke', { method: 'POST', body: `token=${refresh_token}` });
    expect(await renew()).toBeUndefined();
  });

  it('verifies its own tokens only, until they end', async () => {
    const { id_token } = await redeem(answerOf(await authorize()).get('code')!);
    expect(await claimsIn(id_token)).not.toBeNull();
    expect(await new LocalIssuer(() => people).verify(`Bearer ${id_token}`)).toBeNull();
    for (const header of [undefined, '', 'Bearer', `Basic ${id_token}`, `Bearer ${id_token}x`])
      expect(await issuer.verify(header), header).toBeNull();
    now += 3_601_000;
    expect(await claimsIn(id_token)).toBeNull();
  });
});
