import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { isIsoDate } from '../../shared/calendar/wareki.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { closeReview } from '../../shared/records/steps/close-review.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { hasControl } from '../../shared/text/printable.ts';
import { REVIEW_DECISIONS } from '../../shared/vocabulary/category.ts';
import { REVIEW_DECISION_NAMES } from '../../shared/vocabulary/names.ts';
import { auditChange, auditRead } from './audit-access.ts';
import { isOperator, requireArea, requireReviewer } from './caller.ts';
import { type Env, PAGE } from './env.ts';
import { body, query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';
import { areaKey, idOf, knownCity, noSuch } from './params.ts';

/** Most letters of a reason. */
const LONGEST_REASON = 500;

const closing = z.strictObject({
  decision: z.enum(REVIEW_DECISIONS),
  reason: z
    .string()
    .trim()
    .max(LONGEST_REASON)
    .refine((text) => !hasControl(text.replaceAll('\n', '')))
    .nullish(),
  /** who did it, where the operator of a desk on one machine is not signed in */
  by: z.string().trim().min(1).max(100).optional(),
});

function readClosing(raw: unknown): z.infer<typeof closing> {
  const input = closing.safeParse(raw);
  if (!input.success)
    throw new HTTPException(400, {
      message: `確認の結果 (decision) を ${REVIEW_DECISIONS.map((key) => `${key}（${REVIEW_DECISION_NAMES[key]}）`).join('、')} のどれかで、理由 (reason) を${LONGEST_REASON}字までで指定してください。`,
    });
  if (input.data.decision !== 'confirmed' && !input.data.reason)
    throw new HTTPException(400, { message: '助言または差戻しのときは、理由 (reason) を書いてください。' });
  return input.data;
}

export const review = new Hono<Env>()
  /** The review queue of an area by due date, `until` a day, `PAGE` items from the cursor `after`. */
  .get('/review', query('city', 'area', 'until', 'after'), async (c) => {
    const { deps, caller } = c.var;
    const { city = caller.city, area = caller.areas[0], until, ...rest } = c.req.valid('query');
    if (!city || !area) throw new HTTPException(400, { message: 'city と area を指定してください。' });
    knownCity(city);
    areaKey(area);
    if (until !== undefined && !isIsoDate(until))
      throw new HTTPException(400, { message: '期限 (until) は 2024-07-10 のように指定してください。' });
    const after = readCursor(rest.after, ['due', 'packet_id']);
    requireArea(caller, city, area);
    await auditRead(c, auditOf.queue(city, area));
    const { items, next } = await deps.store.indexPage<ReviewItem>('reviews', 'queue', `${city}#${area}`, {
      limit: PAGE,
      after,
      ...(until !== undefined && { until: `${until}#\uffff` }),
    });
    return c.json({ city, area, items, next: cursorOf(next) });
  })
  /** A reviewer ends the review of a packet: confirmed, advised or returned, with a reason for the last two. */
  .post('/review/:id/close', body(closing, readClosing), async (c) => {
    const { deps, caller } = c.var;
    const item = await deps.store.get<ReviewItem>('reviews', { packet_id: idOf(c) });
    if (!item) return noSuch();
    requireReviewer(caller, item);
    const { decision, reason, by } = c.req.valid('json');
    if (item.state === 'superseded')
      throw new HTTPException(409, {
        message: '新しい書類が届いたため、この確認は不要になっています。一覧を開き直してください。',
      });
    const decided = await readDecision(deps, item.about_packet ?? item.packet_id);
    if (!decided) return noSuch();
    await auditChange(c, auditOf.case(decided), item.packet_id);
    const { closed, isNew } = await closeReview(deps, item, {
      by: isOperator(caller) && by ? by : caller.subject,
      role: caller.roles.join('+'),
      decision,
      reason: reason || null,
    });
    const { at } = closed;
    if (!isNew)
      throw new HTTPException(409, {
        message: `この確認はすでに終わっています（${REVIEW_DECISION_NAMES[closed.decision]}）。一覧を開き直してください。`,
      });
    return c.json({
      packet_id: item.packet_id,
      state: 'closed',
      decision,
      reason: closed.reason,
      closed_at: at,
    });
  });
