import type { Context } from 'hono';
import type { ApiDependencies } from './dependencies.ts';
import type { DoorEnv } from './enter.ts';

/** What every route of the API gets, with the storage to answer from. */
export type Env = DoorEnv<ApiDependencies>;
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
