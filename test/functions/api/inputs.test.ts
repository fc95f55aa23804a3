import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { app } from '../../../functions/api/app.ts';
import type { Env } from '../../../functions/api/env.ts';
import { answerError } from '../../../functions/api/errors.ts';
import { body, noBody, query, refuseUnnamedQuery } from '../../../functions/api/inputs.ts';

const shape = z.strictObject({
  name: z.string(),
  joins: z.strictObject({ packet_id: z.string() }).optional(),
});
const small = new Hono<Env>()
  .get('/plain', (c) => c.json({}))
  .get('/listed', query('month'), (c) => c.json(c.req.valid('query')))
  .post('/sent', body(shape, shape.parse), (c) => c.json(c.req.valid('json')))
  .post('/done', noBody, (c) => c.json({}));
const desk = new Hono<Env>();
desk.onError(answerError);
desk.use(refuseUnnamedQuery);
desk.route('/', small);

async function ask(path: string, sent?: string): Promise<{ status: number; message?: string }> {
  const answer = await desk.request(path, sent === undefined ? {} : { method: 'POST', body: sent });
  return { status: answer.status, ...((await answer.json()) as object) };
}

describe('the keys of a body', () => {
  it('are refused with the list of what may be written', async () => {
    expect(await ask('/sent', '{"name":"a","banana":1}')).toEqual({
      status: 400,
      message: '「banana」という項目はありません。ここに書けるのは name、joins です。',
    });
    const inside = await ask('/sent', '{"name":"a","joins":{"packet_id":"x","replace":[]}}');
    expect(inside.message).toBe('「replace」という項目はありません。ここに書けるのは packet_id です。');
    for (const key of ['__proto__', 'constructor'])
      expect((await ask('/sent', `{"name":"a","${key}":{}}`)).message).toContain(`「${key}」という項目`);
  });

  it('are none where a route takes nothing', async () => {
    for (const sent of ['', '{}', ' {} ']) expect((await ask('/done', sent)).status).toBe(200);
    expect((await ask('/done', '{"force":true}')).message).toContain('「force」という項目はありません');
    for (const sent of ['[]', 'x', '"x"']) expect((await ask('/done', sent)).status).toBe(400);
  });
});

it('refuses every parameter of a route that names none', async () => {
  expect((await ask('/plain')).status).toBe(200);
  expect(await ask('/plain?month=2024-05')).toMatchObject({ status: 400 });
  expect(await ask('/listed?month=2024-05')).toMatchObject({ status: 200, month: '2024-05' });
  expect(await ask('/listed?area=x')).toMatchObject({ status: 400 });
});

it('has a check of the body in every route that is sent one', () => {
  const isSent = ({ method }: { method: string }) => method === 'POST' || method === 'PUT';
  const byPath = Map.groupBy(app.routes.filter(isSent), ({ method, path }) => `${method} ${path}`);
  expect([...byPath].filter(([, handlers]) => handlers.length < 2).map(([path]) => path)).toEqual([]);
});
