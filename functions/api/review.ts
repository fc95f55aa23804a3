import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { endingAct } from '../../shared/records/steps/end-review.ts';
import { withdrawCase } from '../../shared/records/steps/withdraw-case.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { checklistLine } from '../../shared/vocabulary/checklist-line.ts';
import { auditChange } from './audit-access.ts';
import type { Env } from './env.ts';
import { body } from './inputs.ts';
import { noSuch } from './params.ts';
import { answersAbout, requirePacket } from './review-answers.ts';
import {
  accept,
  answering,
  answeringWithdrawal,
  claiming,
  closing,
  handingOver,
  readAnswers,
  readClosing,
  readWithdrawalAnswer,
  receiving,
  removing,
  settingAside,
  ticking,
} from './review-input.ts';
import { act, colleagueOf, itemOf, requireFree, reviewerOf } from './reviewer.ts';

const NO_BODY = accept(claiming, '項目のない JSON（{}）を送ってください。');

/** What a reviewer does with an item: each is one act of its chain, refused while a colleague holds it. */
export const review = new Hono<Env>()
  .post('/review/:id/claim', body(claiming, NO_BODY), async (c) => {
    const { item, event } = await act(c, claimFor(c.var.deps), c.req.valid('json').by);
    return c.json({ packet_id: item.packet_id, until: 'until' in event ? event.until : null });
  })
  .post('/review/:id/release', body(claiming, NO_BODY), async (c) => {
    await act(c, { type: 'review.released', reason: null }, c.req.valid('json').by);
    return c.json({ released: true });
  })
  .post(
    '/review/:id/hand-over',
    body(handingOver, accept(handingOver, '引き渡す相手 (to) を指定してください。')),
    async (c) => {
      const { to, by } = c.req.valid('json');
      const { until } = claimFor(c.var.deps);
      await act(
        c,
        async (item) => {
          const { subject, name } = await colleagueOf(c, item, to);
          return { type: 'review.handed_over', to: subject, to_name: name, until, reason: null };
        },
        by,
      );
      return c.json({ to, until });
    },
  )
  .post(
    '/review/:id/set-aside',
    body(
      settingAside,
      accept(settingAside, 'いつまで保留するか (until) を 2024-07-10 のように指定してください。'),
    ),
    async (c) => {
      const { until, reason, by } = c.req.valid('json');
      if (until !== null && until <= japanDate(c.var.deps.now().toISOString()))
        throw new HTTPException(400, { message: '保留は、明日より先の日まで指定してください。' });
      await act(c, { type: 'review.set_aside', until, reason: reason || null }, by);
      return c.json({ until });
    },
  )
  .post(
    '/review/:id/tick',
    body(ticking, accept(ticking, '確かめる項目 (line) と答え (answer) を指定してください。')),
    async (c) => {
      const { line, answer, by } = c.req.valid('json');
      await act(
        c,
        (item) => {
          if (!item.checklist.some((one) => checklistLine(one) === line))
            throw new HTTPException(400, {
              message: 'この確認の項目ではありません。画面を開き直してください。',
            });
          return { type: 'review.ticked', line, answer, reason: null };
        },
        by,
      );
      return c.json({ line, answer });
    },
  )
  .post('/review/:id/answer', body(answering, readAnswers), async (c) => {
    const { answers, reason, by } = c.req.valid('json');
    await act(
      c,
      async (item) => ({
        type: 'review.answered',
        answers: await answersAbout(c.var.deps, item, answers),
        files: [...new Set(item.documents.flatMap(({ digest }) => digest ?? []))],
        reason: reason || null,
        outbox: ['remember', 'decide'],
      }),
      by,
    );
    return c.json({ answers: answers.length }, 202);
  })
  .post(
    '/review/:id/received',
    body(receiving, accept(receiving, '届いた書類 (document) と届いた日 (on) を指定してください。')),
    async (c) => {
      const { document, on, reason, by } = c.req.valid('json');
      if (on > japanDate(c.var.deps.now().toISOString()))
        throw new HTTPException(400, { message: '届いた日は、今日までの日を指定してください。' });
      await act(
        c,
        (item) => {
          requirePacket(item);
          if (!item.receivable?.some(({ key }) => key === document))
            throw new HTTPException(400, { message: 'この確認で待っている書類ではありません。' });
          return {
            type: 'review.received',
            document,
            on,
            reason: reason || null,
            outbox: ['remember', 'decide'],
          };
        },
        by,
      );
      return c.json({ document, on }, 202);
    },
  )
  .post(
    '/review/:id/remove-file',
    body(removing, accept(removing, '取り除くファイル (digest) を指定してください。')),
    async (c) => {
      const { digest, reason, by } = c.req.valid('json');
      await act(
        c,
        (item) => {
          requirePacket(item);
          if (!item.documents.some((document) => document.digest === digest))
            throw new HTTPException(400, { message: 'そのファイルは、この書類一式にありません。' });
          return { type: 'review.file_removed', digest, reason: reason || null, outbox: ['decide'] };
        },
        by,
      );
      return c.json({ digest }, 202);
    },
  )
  /** The office asked to withdraw the packet: it is withdrawn, or the office reads why not. */
  .post('/review/:id/withdrawal', body(answeringWithdrawal, readWithdrawalAnswer), async (c) => {
    const { accept, reason, by } = c.req.valid('json');
    const { deps } = c.var;
    const item = await itemOf(c);
    if (!item.withdrawal || item.withdrawal.refused)
      throw new HTTPException(409, { message: '取下げの申出は届いていません。一覧を開き直してください。' });
    if (!accept) {
      await act(c, { type: 'review.withdrawal_refused', reason: reason ?? null }, by);
      return c.json({ packet_id: item.packet_id, accepted: false });
    }
    requireFree(c, item, by);
    const decided = await readDecision(deps, item.packet_id);
    if (!decided) return noSuch();
    await auditChange(c, auditOf.case(decided), item.packet_id);
    const { by: who, role } = reviewerOf(c, by);
    const withdrawn = await withdrawCase(deps, decided, {
      by: who,
      role,
      reason: item.withdrawal.reason ?? '',
    });
    if (!withdrawn)
      throw new HTTPException(409, {
        message: '新しい書類が届いたため、この確認は不要になっています。一覧を開き直してください。',
      });
    return c.json({ packet_id: item.packet_id, accepted: true });
  })
  /** Confirmed, advised or returned, with a reason for the last two. */
  .post('/review/:id/close', body(closing, readClosing), async (c) => {
    const { decision, reason, by } = c.req.valid('json');
    const today = japanDate(c.var.deps.now().toISOString());
    const ending = (item: ReviewItem) => {
      if (item.about_packet && decision === 'returned')
        throw new HTTPException(400, {
          message:
            '届いていない書類は差し戻せません。事業所に提出を求めるか、事情を書いて確認を終えてください。',
        });
      return endingAct(item, decision, reason || null, today);
    };
    const { item, event } = await act(c, ending, by);
    return c.json({
      packet_id: item.packet_id,
      state: event.type === 'review.closed' ? 'closed' : 'open',
      decision,
      reason: event.reason,
      closed_at: event.at,
    });
  });

const claimFor = ({ now, claimHours }: { now: () => Date; claimHours: number }) => ({
  type: 'review.claimed' as const,
  until: new Date(now().getTime() + claimHours * 3_600_000).toISOString(),
  reason: null,
});
