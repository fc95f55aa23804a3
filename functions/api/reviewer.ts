import { HTTPException } from 'hono/http-exception';
import { eraTime } from '../../shared/calendar/era-time.ts';
import { holderAt } from '../../shared/records/events/read-acts.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import type { ReviewEvent } from '../../shared/records/events/review-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import {
  actOnReview,
  type Draft,
  type Refusal,
  type Reviewer,
} from '../../shared/records/steps/act-on-review.ts';
import { type Colleague, readColleagues } from '../../shared/records/views/colleagues.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { REVIEW_DECISION_NAMES } from '../../shared/vocabulary/names.ts';
import { auditChange } from './audit-access.ts';
import { isOperator, requireReviewer } from './caller.ts';
import type { ApiContext } from './env.ts';
import { idOf, noSuch } from './params.ts';

/** The item of the path, where the caller may end its review. */
export async function itemOf(c: ApiContext): Promise<ReviewItem> {
  const item = await c.var.deps.store.get<ReviewItem>('reviews', { packet_id: idOf(c) });
  if (!item) return noSuch();
  requireReviewer(c.var.caller, item);
  return item;
}

/**
 * One act of the caller on the item of the path.
 * @param by who acts, where the operator of a desk on one machine acts for someone
 * @throws HTTPException 409 where a colleague holds the item, or its review has ended
 */
export async function act(
  c: ApiContext,
  make: Draft | ((item: ReviewItem) => Draft | Promise<Draft>),
  by?: string,
): Promise<{ item: ReviewItem; event: ReviewEvent }> {
  const { deps } = c.var;
  const item = await itemOf(c);
  const decided = await readDecision(deps, item.about_packet ?? item.packet_id);
  if (!decided) return noSuch();
  await auditChange(c, auditOf.case(decided), item.packet_id);
  return actAs(c, item, typeof make === 'function' ? await make(item) : make, by);
}

/** The same without asking who may: of the office that sent the packet. */
export async function actAs(
  c: ApiContext,
  item: ReviewItem,
  draft: Draft,
  by?: string,
): Promise<{ item: ReviewItem; event: ReviewEvent }> {
  const event = await actOnReview(c.var.deps, item, reviewerOf(c, by), draft);
  if ('refused' in event) throw new HTTPException(409, { message: refusalText(event) });
  return { item, event };
}

/** The person an item is handed over to, who has acted in its area. @throws HTTPException 400 with the names of those who have */
export async function colleagueOf(c: ApiContext, { city, area }: ReviewItem, to: string): Promise<Colleague> {
  const colleagues = await readColleagues(c.var.deps.store, city, area);
  const found = colleagues.find(({ subject }) => subject === to);
  if (found) return found;
  const names = colleagues.map(({ subject, name }) => (name ? `${name} (${subject})` : subject));
  throw new HTTPException(400, {
    message: `引き渡す相手 (to) には、この圏域で確認をしたことのある人を指定してください${names.length > 0 ? `（${names.join('、')}）` : ''}。`,
  });
}

/** @throws HTTPException 409 where a colleague holds the item */
export function requireFree(c: ApiContext, item: ReviewItem, by?: string): void {
  const holder = holderAt({ holder: item.holder ?? null }, c.var.deps.now().toISOString());
  if (holder && holder.by !== reviewerOf(c, by).by)
    throw new HTTPException(409, { message: refusalText({ refused: 'held', holder }) });
}

export function reviewerOf(c: ApiContext, by: string | undefined): Reviewer {
  const { caller } = c.var;
  const named = isOperator(caller) ? by : undefined;
  return { by: named ?? caller.subject, by_name: named ?? caller.name, role: caller.roles.join('+') };
}

const REOPEN = '一覧を開き直してください。';

function refusalText(refusal: Refusal): string {
  switch (refusal.refused) {
    case 'held': {
      const { by_name, by, since, until } = refusal.holder;
      return `${by_name ?? by} さんが ${eraTime(since)} から担当しています（${eraTime(until)} まで）。引き継ぐときは、先に担当を解いてもらってください。`;
    }
    case 'not_held':
      return 'この確認は、今は担当していません。一覧を開き直してください。';
    case 'closed':
      return `この確認はすでに終わっています（${REVIEW_DECISION_NAMES[refusal.closed.decision]}）。${REOPEN}`;
    case 'superseded':
      return `新しい書類が届いたため、この確認は不要になっています。${REOPEN}`;
    case 'withdrawn':
      return `事業所が書類を取り下げたため、この確認は不要になっています。${REOPEN}`;
  }
}
