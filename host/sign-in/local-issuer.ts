import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type CryptoKey, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { LOCAL_OPERATOR } from '../../operations/operation.ts';
import { claimsOf, type Person } from '../../shared/access/people.ts';
import { isEqual } from '../emulators/signature.ts';

/** The client of the page, as the user pool has one. */
export const CLIENT = 'one-machine';
const ISSUER = 'urn:uketsuke:one-machine';
/** Seconds: as the user pool of the stack. */
const TOKEN_SECONDS = 3600;
const CODE_MS = 60_000;

export type Claims = Record<string, unknown>;

export interface AuthorizeRequest {
  client_id: string;
  redirect_uri: string;
  code_challenge: string;
  /** the ticket of a sign-in link */
  login_hint: string;
}

interface Grant {
  mail: string;
  redirect_uri: string;
  code_challenge: string;
  until: number;
}

/**
 * Signs the people of one machine in, as the user pool does on AWS: authorization code with PKCE, ID token, refresh token.
 * A sign-in link contains a ticket instead of a password. Keys, tickets and tokens end with the process.
 */
export class LocalIssuer {
  private readonly people: () => Person[];
  private readonly now: () => number;
  private readonly keys = generateKeyPair('ES256');
  private readonly secret = randomBytes(32);
  private readonly codes = new Map<string, Grant>();
  /** refresh token → mail of its person */
  private readonly sessions = new Map<string, string>();

  /** @param people read anew at each sign-in: a person who was removed gets no further token */
  constructor(people: () => Person[], now: () => number = Date.now) {
    this.people = people;
    this.now = now;
  }

  /** What the sign-in link of a person contains. */
  ticketOf({ mail }: Person): string {
    return createHmac('sha256', this.secret).update(mail).digest('base64url');
  }

  /** The code for the page to redeem; null where this desk gave no such ticket. */
  authorize(request: AuthorizeRequest): string | null {
    const person = this.people().find((one) => isEqual(this.ticketOf(one), request.login_hint));
    if (!person) return null;
    const code = randomBytes(32).toString('base64url');
    const { redirect_uri, code_challenge } = request;
    this.codes.set(code, { mail: person.mail, redirect_uri, code_challenge, until: this.now() + CODE_MS });
    return code;
  }

  /** The tokens for a code. A code is good once, whatever the outcome. Null: refused. */
  async redeem(code: string, verifier: string, redirectUri: string): Promise<object | null> {
    const grant = this.codes.get(code);
    this.codes.delete(code);
    if (!grant || grant.until < this.now() || grant.redirect_uri !== redirectUri) return null;
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (!isEqual(challenge, grant.code_challenge)) return null;
    const refresh_token = randomBytes(32).toString('base64url');
    this.sessions.set(refresh_token, grant.mail);
    return this.tokens(grant.mail, { refresh_token });
  }

  /** Fresh tokens for the same person. Null: refused. */
  async refresh(refreshToken: string): Promise<object | null> {
    const mail = this.sessions.get(refreshToken);
    return mail === undefined ? null : this.tokens(mail, {});
  }

  revoke(refreshToken: string): void {
    this.sessions.delete(refreshToken);
  }

  private async tokens(mail: string, more: object): Promise<object | null> {
    const person = this.people().find((one) => one.mail === mail);
    if (!person) return null;
    const id_token = await this.sign(claimsOf(person), TOKEN_SECONDS);
    return { token_type: 'Bearer', expires_in: TOKEN_SECONDS, id_token, access_token: id_token, ...more };
  }

  /** The token of the command line, which proves by reading it from the data folder that it is the operator's. */
  operatorToken(): Promise<string> {
    const claims = { sub: LOCAL_OPERATOR, 'cognito:groups': ['operator'] };
    return this.sign(claims, 365 * 24 * TOKEN_SECONDS);
  }

  private async sign(claims: Claims, seconds: number): Promise<string> {
    const issued = Math.floor(this.now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(ISSUER)
      .setAudience(CLIENT)
      .setIssuedAt(issued)
      .setExpirationTime(issued + seconds)
      .sign((await this.keys).privateKey as CryptoKey);
  }

  /** The claims of a request's token; null where it has none, or one that is not valid now. */
  async verify(authorization: string | null | undefined): Promise<Claims | null> {
    const [, token] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
    if (!token) return null;
    const expected = { issuer: ISSUER, audience: CLIENT, currentDate: new Date(this.now()) };
    return jwtVerify(token, (await this.keys).publicKey as CryptoKey, expected).then(
      ({ payload }) => payload,
      () => null,
    );
  }
}
