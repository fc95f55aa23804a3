import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { isIsoDate } from '../../shared/calendar/wareki.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import {
  countBy,
  isShown,
  partOf,
  placeOf,
  QUEUE_ORDERS,
  QUEUE_PARTS,
  type QueueFilter,
  type ReviewLine,
  readQueue,
} from '../../shared/records/views/review-queue.ts';
import { REVIEW_KINDS } from '../../shared/vocabulary/category.ts';
import { auditRead } from './audit-access.ts';
import { requireArea } from './caller.ts';
import { type ApiContext, type Env, PAGE } from './env.ts';
import { query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';
import { areaKey, knownCity } from './params.ts';

/**
 * The review queue of an area: its lines filtered and sorted, `PAGE` from the cursor `after`, and how many there are in
 * all, of each kind, office and month.
 */
export const reviewQueue = new Hono<Env>().get(
  '/review',
  query('city', 'area', 'part', 'kind', 'office', 'month', 'mine', 'unclaimed', 'until', 'sort', 'after'),
  async (c) => {
    const { deps, caller } = c.var;
    const city = knownCity(c.req.query('city') ?? caller.city ?? missing());
    const area = areaKey(c.req.query('area') ?? caller.areas[0] ?? missing());
    const filter = filterOf(c);
    const order = QUEUE_ORDERS.find((one) => one === c.req.query('sort')) ?? 'due_date';
    const after = readCursor(c.req.query('after'), ['place'])?.place;
    requireArea(caller, city, area);
    await auditRead(c, auditOf.queue(city, area));
    const now = deps.now().toISOString();
    const today = japanDate(now);
    const { lines, more } = await readQueue(deps.store, city, area);
    const shown = lines.filter((line) => isShown(line, filter, now, today));
    const sorted = shown.toSorted((a, b) => (placeOf(a, order) < placeOf(b, order) ? -1 : 1));
    const rest = after === undefined ? sorted : sorted.filter((line) => placeOf(line, order) > after);
    const items = rest.slice(0, PAGE);
    const next = rest.length > PAGE ? cursorOf({ place: placeOf(items.at(-1)!, order) }) : null;
    return c.json({
      ...{ city, area, today, me: caller.subject },
      ...{ items, next, shown: shown.length, total: lines.length, more },
      counts: countsOf(lines, filter, now, today),
    });
  },
);

const missing = (): never => {
  throw new HTTPException(400, { message: 'city と area を指定してください。' });
};

function filterOf(c: ApiContext): QueueFilter {
  const given = (name: string): string | undefined => c.req.query(name) || undefined;
  const until = given('until');
  if (until !== undefined && !isIsoDate(until))
    throw new HTTPException(400, { message: '期限 (until) は 2024-07-10 のように指定してください。' });
  const part = QUEUE_PARTS.find((one) => one === given('part'));
  const kind = REVIEW_KINDS.find((one) => one === given('kind'));
  const [office, month] = [given('office'), given('month')];
  return {
    ...(part && { part }),
    ...(kind && { kind }),
    ...(office && { office }),
    ...(month && { month }),
    ...(given('mine') && { by: c.var.caller.subject }),
    ...(given('unclaimed') && { unclaimed: true }),
    ...(until && { until }),
  };
}

/** Counts of what could be chosen: of the parts over all, of the rest within the chosen part. */
function countsOf(lines: ReviewLine[], { part, by }: QueueFilter, now: string, today: string) {
  const inPart = lines.filter((line) => part === undefined || partOf(line, today) === part);
  return {
    parts: countBy(lines, (line) => partOf(line, today)),
    kinds: countBy(inPart, ({ kind }) => kind),
    offices: countBy(inPart, ({ office }) => office),
    months: countBy(inPart, ({ month }) => month),
    overdue: inPart.filter(({ due_date }) => due_date < today).length,
    unclaimed: inPart.filter((line) => isShown(line, { unclaimed: true }, now, today)).length,
    ...(by !== undefined && { mine: inPart.filter((line) => isShown(line, { by }, now, today)).length }),
  };
}
