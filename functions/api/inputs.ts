import type { MiddlewareHandler } from 'hono';
import type * as z from 'zod';
import { type Env, readJson } from './env.ts';
import { checkQuery } from './query-words.ts';

/*
 * What a route takes, so that the typed client of the page knows it. The value is read with c.req.valid('query') and
 * c.req.valid('json').
 */

/** Query parameters by name; each may be left out. Answers 400 to another name, and to a word of no list (query-words.ts). */
export function query<const Name extends string>(
  ...names: Name[]
): MiddlewareHandler<
  Env,
  string,
  { in: { query: { [N in Name]?: string } }; out: { query: { [N in Name]?: string } } }
> {
  return async (c, next) => {
    checkQuery(c.req.query(), names);
    const given = names.map((name) => [name, c.req.query(name)] as const);
    c.req.addValidatedData('query', Object.fromEntries(given.filter(([, value]) => value !== undefined)));
    await next();
  };
}

/**
 * A JSON body of the shape `schema`.
 * @param accept the checked body, or throws the HTTPException the caller reads; gets null where the body is not JSON
 */
export function body<Schema extends z.ZodType>(
  _schema: Schema,
  accept: (raw: unknown) => z.output<Schema>,
): MiddlewareHandler<Env, string, { in: { json: z.input<Schema> }; out: { json: z.output<Schema> } }> {
  return async (c, next) => {
    c.req.addValidatedData('json', accept(await readJson(c)) as object);
    await next();
  };
}
