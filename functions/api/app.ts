import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { errorCode, log } from '../log.ts';
import { announceRoute } from './announce-upload.ts';
import { areas } from './areas.ts';
import { callerOf } from './caller.ts';
import { cityNumbers } from './city-numbers.ts';
import { cityRules } from './city-rules.ts';
import { dependencies } from './dependencies.ts';
import { documents } from './documents.ts';
import { DOOR_HEADER, requireDoor } from './door.ts';
import type { Env } from './env.ts';
import { guide } from './guide.ts';
import { monthBefore } from './month-before.ts';
import { notices } from './notices.ts';
import { ownPackets } from './own-packets.ts';
import { packets } from './packets.ts';
import { people } from './people.ts';
import { registries } from './registries.ts';
import { review } from './review.ts';
import { reviewDetail } from './review-detail.ts';
import { reviewQueue } from './review-queue.ts';
import { roster } from './roster.ts';
import { samples } from './samples.ts';
import { uploads } from './uploads.ts';
import { webPages } from './web-pages.ts';

/** The HTTP API: one file per resource, each route with its whole path. Access rules: caller.ts. */
export const app = new Hono<Env>();
/** The routes with their inputs and answers, for the typed client of the page (web/shared/api.ts). */
export type AppType = typeof routes;

const RESULT_LOST =
  '保存していた判定か通知の内容が失われています。受付の担当者に、rebuild で作り直すよう伝えてください。';

app.onError((error, c) => {
  if (error instanceof HTTPException) return error.res ?? c.json({ message: error.message }, error.status);
  log('error', 'request failed', { route: c.req.routePath, code: errorCode(error) });
  if (['VerdictLost', 'NoSuchKey'].includes(error.name)) return c.json({ message: RESULT_LOST }, 500);
  if (process.env.UKETSUKE_DEBUG) process.stderr.write(`${error.stack}\n`);
  return c.json({ message: '受付窓口で想定外の失敗が起きました。時間をおいてもう一度お試しください。' }, 500);
});
app.notFound((c) => c.json({ message: 'その番号のものはありません。' }, 404));

app.use(async (c, next) => {
  await next();
  c.res.headers.set('x-content-type-options', 'nosniff');
});
app.use(async (c, next) => {
  requireDoor(c.req.header(DOOR_HEADER));
  await next();
});
app.route('/', webPages);
app.use(async (c, next) => {
  c.set('caller', callerOf(c.env?.event));
  c.set('deps', await dependencies());
  await next();
});
const routes = app
  .route('/', announceRoute)
  .route('/', uploads)
  .route('/', ownPackets)
  .route('/', packets)
  .route('/', monthBefore)
  .route('/', people)
  .route('/', roster)
  .route('/', samples)
  .route('/', documents)
  .route('/', notices)
  .route('/', guide)
  .route('/', areas)
  .route('/', cityRules)
  .route('/', cityNumbers)
  .route('/', reviewQueue)
  .route('/', reviewDetail)
  .route('/', review)
  .route('/', registries);
