import { type Context, Hono } from 'hono';
import { CLIENT, type LocalIssuer } from './local-issuer.ts';

/** The addresses of the user pool's sign-in domain, answered by the local issuer. Loopback only: host/http-server.ts. */
export function issuerRoutes(issuer: LocalIssuer): Hono {
  return new Hono()
    .get('/oauth2/authorize', (c) => authorize(c, issuer))
    .post('/oauth2/token', async (c) => {
      const form = new URLSearchParams(await c.req.text());
      const tokens = await exchange(issuer, (name) => form.get(name) ?? '');
      return tokens ? c.json(tokens) : c.json({ error: 'invalid_grant' }, 400);
    })
    .post('/oauth2/revoke', async (c) => {
      issuer.revoke(new URLSearchParams(await c.req.text()).get('token') ?? '');
      return c.body(null, 200);
    })
    .get('/logout', (c) => {
      const back = c.req.query('logout_uri') ?? '';
      return isOwnPage(c, back) ? c.redirect(back) : c.body(null, 400);
    });
}

function authorize(c: Context, issuer: LocalIssuer): Response {
  const { client_id, redirect_uri = '', response_type, code_challenge_method, ...rest } = c.req.query();
  const { code_challenge = '', state = '', login_hint = '' } = rest;
  const isOwn = client_id === CLIENT && isOwnPage(c, redirect_uri);
  if (!isOwn || response_type !== 'code' || code_challenge_method !== 'S256' || !code_challenge)
    return c.body(null, 400);
  const code = issuer.authorize({ client_id, redirect_uri, code_challenge, login_hint });
  const answer = new URLSearchParams({ ...(code ? { code } : { error: 'login_required' }), state });
  return c.redirect(`${redirect_uri}?${answer}`);
}

/** The page of this very address: a code is sent nowhere else. */
const isOwnPage = (c: Context, uri: string): boolean => uri === `http://${c.req.header('host')}/`;

async function exchange(issuer: LocalIssuer, field: (name: string) => string): Promise<object | null> {
  if (field('client_id') !== CLIENT) return null;
  if (field('grant_type') === 'refresh_token') return issuer.refresh(field('refresh_token'));
  if (field('grant_type') !== 'authorization_code') return null;
  return issuer.redeem(field('code'), field('code_verifier'), field('redirect_uri'));
}
