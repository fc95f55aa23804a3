import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Hono } from 'hono';
import { ownValue } from '../../shared/text/own-value.ts';
import { isOneMachine } from '../aws.ts';
import { setting } from '../environment.ts';
import { session } from './dependencies.ts';
import { type Door, doorOf } from './door.ts';
import type { ApiContext, Env } from './env.ts';
import { noSuch } from './params.ts';

/** The built page: infra/build-web.ts. */
const folder = (): string => resolve(setting('UKETSUKE_WEB'));
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
  // character maps and fonts of the PDFs that are shown
  bcmap: 'application/octet-stream',
  pfb: 'application/octet-stream',
  ttf: 'font/ttf',
};

async function page(c: ApiContext, file: string): Promise<Response> {
  const type = ownValue(TYPES, file.split('.').at(-1) ?? '');
  if (!/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.[a-z0-9]+$/.test(file) || !type) return noSuch();
  const body = await readFile(join(folder(), file)).catch(nullWhereMissing);
  if (!body) return noSuch();
  const isEntry = file === 'index.html';
  return c.body(new Uint8Array(body), 200, {
    'content-type': type,
    // Every other file is named after its contents.
    'cache-control': isEntry ? 'no-cache' : 'public, max-age=31536000, immutable',
    ...(isEntry && { 'content-security-policy': contentSecurityPolicy(doorOf(c.env?.event)) }),
  });
}

/** The page loads and sends nothing elsewhere but to the sign-in and the inbox. */
function contentSecurityPolicy(door: Door): string {
  const isClosed = door === 'closed';
  const signIn = isClosed ? new URL(setting('CLOSED_ISSUER')).origin : setting('AUTH_DOMAIN');
  const inbox = isClosed ? setting('CLOSED_UPLOADS') : publicInbox();
  const directives = [
    "default-src 'self'",
    `connect-src 'self' ${signIn} ${inbox}`.trim(),
    "img-src 'self' blob: data:",
    "font-src 'self' data:",
    // React Aria writes a style element for the presses of a touch screen; documents are drawn from wasm.
    "style-src 'self' 'unsafe-inline'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join('; ');
}

const publicInbox = (): string =>
  isOneMachine() ? '' : `https://${setting('INBOX')}.s3.${setting('AWS_REGION')}.amazonaws.com`;

function nullWhereMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

export type WebPages = typeof webPages;

/** The web pages themselves, open without a token. */
export const webPages = new Hono<Env>()
  .get('/session', (c) => c.json(session(doorOf(c.env?.event))))
  .get('/', (c) => page(c, 'index.html'))
  .get('/web/:file', (c) => page(c, c.req.param('file')));
