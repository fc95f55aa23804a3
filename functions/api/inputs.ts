import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import * as z from 'zod';
import { unknownKeysMessage } from '../../shared/text/unknown-keys.ts';
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
  return checksQuery(async (c, next) => {
    checkQuery(c.req.query(), names);
    const given = names.map((name) => [name, c.req.query(name)] as const);
    c.req.addValidatedData('query', Object.fromEntries(given.filter(([, value]) => value !== undefined)));
    await next();
  });
}

/** Handlers that check the parameters of their route. */
const checking = new WeakSet<object>();

/** Marks a handler as the one that checks the parameters of its route. */
function checksQuery<Handler extends object>(handler: Handler): Handler {
  checking.add(handler);
  return handler;
}

/** Answers 400 to a parameter of a route that names none. */
export const refuseUnnamedQuery: MiddlewareHandler = async (c, next) => {
  if (!matchedRoutes(c).some(({ handler }) => checking.has(handler))) checkQuery(c.req.query(), []);
  await next();
};

/**
 * A JSON body of the shape `schema`. Answers 400 to a key that the shape does not have, with those it has.
 * @param accept the checked body, or throws the HTTPException the caller reads; gets null where the body is not JSON
 */
export function body<Schema extends z.ZodType>(
  schema: Schema,
  accept: (raw: unknown) => z.output<Schema>,
): MiddlewareHandler<Env, string, { in: { json: z.input<Schema> }; out: { json: z.output<Schema> } }> {
  return async (c, next) => {
    const raw = await readJson(c);
    refuseUnknownKeys(schema, raw);
    c.req.addValidatedData('json', accept(raw) as object);
    await next();
  };
}

const nothing = z.strictObject({});

/** For a route without a body: answers 400 to one with contents. */
export const noBody: MiddlewareHandler<Env> = async (c, next) => {
  const text = (await c.req.text()).trim();
  if (text) {
    const raw = await readJson(c);
    refuseUnknownKeys(nothing, raw);
    if (!nothing.safeParse(raw).success)
      throw new HTTPException(400, { message: '項目のない JSON（{}）か、何も付けずに送ってください。' });
  }
  await next();
};

function refuseUnknownKeys(schema: z.ZodType, raw: unknown): void {
  const { error } = schema.safeParse(raw, { error: unknownKeysMessage });
  const fault = error?.issues.find(({ code }) => code === 'unrecognized_keys');
  if (fault) throw new HTTPException(400, { message: fault.message });
}
