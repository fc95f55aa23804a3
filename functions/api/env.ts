import type { Context } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import type { Caller } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';

/** What every route gets: the event of API Gateway, who calls, and the storage to answer from. */
export interface Env {
  Bindings: { event: LambdaEvent };
  Variables: { caller: Caller; deps: ApiDependencies };
}
export type ApiContext = Context<Env>;

/** Most items of one answer. */
export const PAGE = 200;

/** The parsed JSON body; null where the body is not JSON. */
export async function readJson(c: ApiContext): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
