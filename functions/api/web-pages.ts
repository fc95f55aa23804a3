import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Hono } from 'hono';
import { ownValue } from '../../shared/text/own-value.ts';
import { session } from './dependencies.ts';
import type { ApiContext, Env } from './env.ts';

const WEB = resolve(process.env.UKETSUKE_WEB ?? join(import.meta.dirname, '../../web'));
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The web pages themselves, open without a token. */
export const webPages = new Hono<Env>();
webPages.get('/session', (c) => c.json(session()));
webPages.get('/', (c) => page(c, 'index.html'));
webPages.get('/web/:file', (c) => page(c, c.req.param('file')));

async function page(c: ApiContext, file: string): Promise<Response> {
  const type = ownValue(TYPES, file.split('.').at(-1) ?? '');
  if (!/^[a-z0-9-]+\.[a-z]+$/.test(file) || !type) return c.notFound();
  const body = await readFile(join(WEB, file)).catch(nullWhereMissing);
  if (!body) return c.notFound();
  return c.body(new Uint8Array(body), 200, {
    'content-type': type,
    'cache-control': 'no-cache',
    'content-security-policy':
      "default-src 'self'; connect-src 'self' https:; img-src 'self' data:; frame-ancestors 'none'",
  });
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
