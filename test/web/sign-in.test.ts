import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const MODULE = pathToFileURL(join(resolve(import.meta.dirname, '../..'), 'web/sign-in.js')).href;
const { signIn } = (await import(/* @vite-ignore */ MODULE)) as {
  signIn(about: { auth: string; domain: string; client: string }): Promise<void>;
};
const ABOUT = { auth: 'cognito', domain: 'https://sign-in', client: 'c1' };

let stored: Map<string, string>;
let left: string[];
let exchanged: number;

beforeEach(() => {
  stored = new Map();
  left = [];
  exchanged = 0;
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
  vi.stubGlobal('history', { replaceState: () => {} });
  vi.stubGlobal('fetch', async () => {
    exchanged++;
    return new Response(JSON.stringify({ id_token: 'token' }));
  });
});
afterEach(() => vi.unstubAllGlobals());

/** Opens the page at an address; resolves when it is signed in or leaves for the sign-in page. */
async function open(search: string): Promise<void> {
  await new Promise<void>((done) => {
    vi.stubGlobal('location', {
      ...{ origin: 'https://desk', search, hash: '' },
      assign: (to: string) => {
        left.push(to);
        done();
      },
    });
    void signIn(ABOUT).then(done);
  });
}

it('signs in with the code that answers its own request', async () => {
  await open('');
  const state = new URL(left[0]!).searchParams.get('state')!;
  expect(state.length).toBeGreaterThan(20);
  await open(`?code=x&state=${state}`);
  expect(stored.get('uketsuke-token')).toBe('token');
  expect(stored.has('uketsuke-state')).toBe(false);
});

it.each(['?code=x', '?code=x&state=other'])(
  'does not use the code of %s, and begins anew',
  async (search) => {
    await open('');
    const first = new URL(left[0]!).searchParams.get('state');
    await open(search);
    expect(exchanged).toBe(0);
    expect(stored.has('uketsuke-token')).toBe(false);
    expect(new URL(left[1]!).searchParams.get('state')).not.toBe(first);
  },
);
