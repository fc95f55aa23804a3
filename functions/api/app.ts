import { Hono } from 'hono';
import { announceRoute } from './announce-upload.ts';
import { areas } from './areas.ts';
import { calendar } from './calendar.ts';
import { cityNumbers } from './city-numbers.ts';
import { cityRules } from './city-rules.ts';
import { correction } from './correction.ts';
import { cover } from './cover.ts';
import { dependencies } from './dependencies.ts';
import { documents } from './documents.ts';
import { throughDoor, withCaller } from './enter.ts';
import type { Env } from './env.ts';
import { answerError } from './errors.ts';
import { guide } from './guide.ts';
import { refuseUnnamedQuery } from './inputs.ts';
import { letters } from './letters.ts';
import { monthBefore } from './month-before.ts';
import { notices } from './notices.ts';
import { ownPackets } from './own-packets.ts';
import { packets } from './packets.ts';
import { people } from './people.ts';
import { registries } from './registries.ts';
import { replays } from './replays.ts';
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

app.onError(answerError);
app.notFound((c) => c.json({ message: 'その番号のものはありません。' }, 404));

app.use(async (c, next) => {
  await next();
  c.res.headers.set('x-content-type-options', 'nosniff');
});
app.use(throughDoor);
app.route('/', webPages);
app.use(withCaller(dependencies), refuseUnnamedQuery);
const routes = app
  .route('/', announceRoute)
  .route('/', uploads)
  .route('/', ownPackets)
  .route('/', packets)
  .route('/', correction)
  .route('/', cover)
  .route('/', monthBefore)
  .route('/', people)
  .route('/', roster)
  .route('/', calendar)
  .route('/', samples)
  .route('/', documents)
  .route('/', notices)
  .route('/', letters)
  .route('/', guide)
  .route('/', areas)
  .route('/', cityRules)
  .route('/', replays)
  .route('/', cityNumbers)
  .route('/', reviewQueue)
  .route('/', reviewDetail)
  .route('/', review)
  .route('/', registries);
