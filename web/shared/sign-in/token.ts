import { type OidcMetadata, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { fetchSession } from '../api/session.ts';

/*
 * Signs in by authorization code with PKCE: at Cognito on AWS, at the city's own provider in its closed network, at the local
 * issuer on one machine. The tokens stay in this
 * tab and are renewed by the refresh token before they end.
 */

/** Why the user is not signed in; shown by the sign-in gate. */
export type SignedOut = 'expired' | 'left' | 'link_needed' | 'refused';

const LEFT = 'uketsuke-left';

let manager: Promise<UserManager> | undefined;
const onEnd = new Set<(why: SignedOut) => void>();

/** @returns unsubscribe */
export function whenSignInEnds(call: (why: SignedOut) => void): () => void {
  onEnd.add(call);
  return () => void onEnd.delete(call);
}

const users = (): Promise<UserManager> => {
  manager ??= makeManager();
  return manager;
};

async function makeManager(): Promise<UserManager> {
  const { domain, client, describes_itself } = await fetchSession();
  const base = isLoopback(domain) ? location.origin : domain;
  const home = `${location.origin}/`;
  return new UserManager({
    authority: base,
    ...(!describes_itself && { metadata: addressesOfCognito(base) }),
    client_id: client,
    redirect_uri: home,
    scope: 'openid',
    loadUserInfo: false,
    automaticSilentRenew: true,
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    extraQueryParams: {},
  });
}

const addressesOfCognito = (base: string): Partial<OidcMetadata> => ({
  issuer: base,
  authorization_endpoint: `${base}/oauth2/authorize`,
  token_endpoint: `${base}/oauth2/token`,
  revocation_endpoint: `${base}/oauth2/revoke`,
  end_session_endpoint: `${base}/logout`,
});

/** On one machine the page may be open under another host name (localhost, 127.0.0.1) than the desk names. */
export const isLoopback = (url: string): boolean => /^http:\/\/(127\.0\.0\.1|localhost)(:|\/|$)/.test(url);

/** The user of this tab, or why no one is signed in. Leaves the page for the sign-in page where one is needed. */
export async function signIn(): Promise<User | SignedOut> {
  const manager = await users();
  const query = new URLSearchParams(location.search);
  const ticket = query.get('login_hint');
  if (ticket) return start(manager, ticket);
  if (query.has('state')) return finish(manager, query);
  const user = await manager.getUser();
  if (user && !user.expired) return user;
  if (user?.refresh_token) {
    const renewed = await manager.signinSilent().catch(() => null);
    if (renewed) return renewed;
  }
  if (sessionStorage.getItem(LEFT)) return 'left';
  return start(manager);
}

/** Leaves the page. `ticket`: of a sign-in link of one machine. */
async function start(manager: UserManager, ticket?: string): Promise<never> {
  await manager.removeUser();
  sessionStorage.removeItem(LEFT);
  await manager.signinRedirect({ ...(ticket && { login_hint: ticket }), state: location.hash });
  return new Promise(() => {});
}

/** The answer of the sign-in page. A code that answers no sign-in of this tab is refused by the library. */
async function finish(manager: UserManager, query: URLSearchParams): Promise<User | SignedOut> {
  try {
    const user = await manager.signinCallback();
    const hash = typeof user?.state === 'string' ? user.state : '';
    history.replaceState(null, '', `/${hash}`);
    return user ?? 'refused';
  } catch {
    history.replaceState(null, '', '/');
    return query.get('error') === 'login_required' ? 'link_needed' : 'refused';
  }
}

/** The user asks for it: from the state "left", "refused" or "expired". */
export async function signInAgain(): Promise<void> {
  await start(await users());
}

/** The ID token, renewed where it has ended. Null: not signed in. */
export async function bearer(): Promise<string | null> {
  const manager = await users();
  const user = await manager.getUser();
  if (!user) return null;
  if (!user.expired) return user.id_token ?? null;
  const renewed = user.refresh_token ? await manager.signinSilent().catch(() => null) : null;
  if (!renewed) await endSignIn('expired');
  return renewed?.id_token ?? null;
}

/** Forgets the tokens of this tab and shows why. */
export async function endSignIn(why: SignedOut): Promise<void> {
  await (await users()).removeUser();
  for (const call of onEnd) call(why);
}

/** Signs out here and at the sign-in page, which returns to this page. */
export async function signOut(): Promise<void> {
  const manager = await users();
  const { client, describes_itself } = await fetchSession();
  const user = await manager.getUser();
  if (user?.refresh_token) await manager.revokeTokens(['refresh_token']).catch(() => {});
  sessionStorage.setItem(LEFT, '1');
  const home = `${location.origin}/`;
  if (describes_itself) return manager.signoutRedirect({ post_logout_redirect_uri: home });
  await manager.removeUser();
  const query = new URLSearchParams({ client_id: client, logout_uri: home });
  location.assign(`${await manager.metadataService.getEndSessionEndpoint()}?${query}`);
}
