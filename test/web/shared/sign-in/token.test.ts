import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { signIn } from '../../../../web/shared/sign-in/token.ts';
import { memoryStorage } from '../../memory-storage.ts';

// The page's sign-in with a minimal browser, and a sign-in page that answers as Cognito does.
const DOMAIN = 'https://sign-in.example';

/** The storage of one tab: the page keeps the one it found first. */
const tab = memoryStorage();
let left: URL[];
let exchanged: number;

beforeEach(() => {
  left = [];
  exchanged = 0;
  tab.clear();
  vi.stubGlobal('sessionStorage', tab);
  vi.stubGlobal('history', { replaceState: () => {} });
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.endsWith('/session')) return answer({ domain: DOMAIN, client: 'c1', words: {} });
    exchanged++;
    return answer({ id_token: idToken(), access_token: 'a', token_type: 'Bearer', expires_in: 3600 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const answer = (body: object) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = () =>
  `${part({ alg: 'ES256' })}.${part({ sub: 'u1', aud: 'c1', 'cognito:groups': ['office'] })}.s`;

/** Opens the page at an address; resolves when it is signed in, or leaves for the sign-in page (null). */
async function open(search: string): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const location = {
    origin: 'https://desk.example',
    href: `https://desk.example/${search}`,
    search,
    hash: '',
  };
  const assign = (to: string) => {
    left.push(new URL(to));
    resolve(null);
  };
  vi.stubGlobal('location', { ...location, assign });
  const self = {
    location: { ...location, assign },
    addEventListener: () => {},
    removeEventListener: () => {},
  };
  vi.stubGlobal('window', { self, ...self });
  signIn().then(resolve, resolve);
  return promise;
}

it('signs in with the code that answers its own request, by PKCE', async () => {
  expect(await open('')).toBeNull();
  const query = left[0]!.searchParams;
  expect(left[0]!.href).toContain(`${DOMAIN}/oauth2/authorize?`);
  expect(query.get('code_challenge_method')).toBe('S256');
  expect(query.get('redirect_uri')).toBe('https://desk.example/');
  const user = await open(`?code=x&state=${query.get('state')}`);
  expect(user).toMatchObject({ profile: { sub: 'u1', 'cognito:groups': ['office'] } });
  expect(exchanged).toBe(1);
});

it.each(['?code=x&state=other', '?error=access_denied&state=other'])(
  'does not use %s, the answer of another sign-in',
  async (search) => {
    await open('');
    expect(await open(search)).toBe('refused');
    expect(exchanged).toBe(0);
  },
);

it('reads that the sign-in page asks for a link, and does not start again by itself', async () => {
  await open('');
  const state = left[0]!.searchParams.get('state');
  expect(await open(`?error=login_required&state=${state}`)).toBe('link_needed');
  expect(left).toHaveLength(1);
});
