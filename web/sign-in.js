/** Signs in at Cognito by authorization code with PKCE; the token stays in this tab. One machine has no sign-in. */
const KEY = 'uketsuke-token';

export const token = () => sessionStorage.getItem(KEY);

/** Returns when signed in; otherwise leaves the page for the sign-in page. */
export async function signIn({ auth, domain, client }) {
  if (auth !== 'cognito' || token()) return;
  const back = `${location.origin}/`;
  const answer = new URLSearchParams(location.search);
  const code = answer.get('code');
  const verifier = sessionStorage.getItem('uketsuke-verifier');
  const state = sessionStorage.getItem('uketsuke-state');
  // A code that answers no sign-in of this tab is another's: it is not used, and the sign-in begins anew.
  if (code && verifier && state && answer.get('state') === state) {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: client,
      code,
      redirect_uri: back,
      code_verifier: verifier,
    });
    const response = await fetch(`${domain}/oauth2/token`, { method: 'POST', body });
    const { id_token } = await response.json();
    history.replaceState(null, '', `/${location.hash}`);
    sessionStorage.removeItem('uketsuke-verifier');
    sessionStorage.removeItem('uketsuke-state');
    if (!id_token) throw new Error('サインインできませんでした。もう一度お試しください。');
    sessionStorage.setItem(KEY, id_token);
    return;
  }
  const fresh = base64url(crypto.getRandomValues(new Uint8Array(48)));
  const freshState = base64url(crypto.getRandomValues(new Uint8Array(24)));
  sessionStorage.setItem('uketsuke-verifier', fresh);
  sessionStorage.setItem('uketsuke-state', freshState);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(fresh));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client,
    redirect_uri: back,
    scope: 'openid',
    state: freshState,
    code_challenge_method: 'S256',
    code_challenge: base64url(new Uint8Array(digest)),
  });
  location.assign(`${domain}/oauth2/authorize?${query}`);
  await new Promise(() => {});
}

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
