import { type ClientResponse, hc } from 'hono/client';
import type { AppType } from '../../../functions/api/app.ts';
import type { CheckType } from '../../../functions/check/app.ts';
import type { OperateType } from '../../../functions/operate/app.ts';
import { bearer, endSignIn } from '../sign-in/token.ts';
import { DeskError, NO_CONNECTION, refusalText } from './desk-error.ts';
import { retryWhileBusy } from './retry-while-busy.ts';

/**
 * The API with the types of its routes: `answer(api.uploads.$get({ query: {} }))`. A route that functions/api/app.ts
 * chains is a method here.
 */
export const api = hc<AppType>(globalThis.location?.origin ?? '', { fetch: authorizedFetch });

/** The dry run, answered by a function of its own. */
export const checkApi = hc<CheckType>(globalThis.location?.origin ?? '', { fetch: authorizedFetch });

/** The operation of the desk, answered by a function of its own. */
export const operateApi = hc<OperateType>(globalThis.location?.origin ?? '', { fetch: authorizedFetch });

async function authorizedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const headers = new Headers(init?.headers);
  const token = await bearer();
  if (token) headers.set('authorization', `Bearer ${token}`);
  const response = await fetch(input, { ...init, headers }).catch(() => {
    throw new DeskError(NO_CONNECTION, 0);
  });
  if (response.status === 401) await endSignIn('expired');
  return response;
}

/** The body of an answer. Throws DeskError with a message for the user where the desk refused. */
export async function answer<Response extends Answered>(request: Promise<Response>): Promise<Body<Response>> {
  const response = await request;
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as Body<Response>;
}

type Answered = Pick<globalThis.Response, 'ok' | 'status'> & { json(): Promise<unknown> };
type Body<Response> = Response extends ClientResponse<infer Json, infer _Status, 'json'> ? Json : never;

/** The same, repeated while the desk is busy. `onWait`: see retryWhileBusy. */
export async function answerWhenFree<Response extends Answered & { headers: Headers }>(
  request: () => Promise<Response>,
  onWait: (secondsLeft: number) => void,
): Promise<Body<Response>> {
  return answer(retryWhileBusy(request, onWait));
}

async function refusal(response: { status: number; json(): Promise<unknown> }): Promise<DeskError> {
  const body = (await response.json().catch(() => null)) as { message?: string } | null;
  return new DeskError(refusalText(response.status, body?.message), response.status);
}
