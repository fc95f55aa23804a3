import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { auditRead } from './audit-access.ts';
import { requireArea } from './caller.ts';
import { type Env, PAGE } from './env.ts';

export const review = new Hono<Env>();

/** The review queue of an area by due date, `until` a day. */
review.get('/review', async (c) => {
  const { deps, caller } = c.var;
  const city = c.req.query('city') ?? caller.city;
  const area = c.req.query('area') ?? caller.areas[0];
  if (!city || !area) throw new HTTPException(400, { message: 'city と area を指定してください。' });
  requireArea(caller, city, area);
  await auditRead(c, auditOf.queue(city, area));
  const until = c.req.query('until');
  const items = deps.store.index<ReviewItem>('reviews', 'queue', `${city}#${area}`, {
    limit: PAGE,
    ...(until && { until: `${until}#\uffff` }),
  });
  return c.json({ city, area, items: await collect(items) });
});
