import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { lettersReadBy } from '../../shared/access/rights.ts';
import { OFFICE_NUMBER } from '../../shared/access/sender.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { lettersOf, type NoticeRecord } from '../../shared/records/views/letter.ts';
import { auditRead } from './audit-access.ts';
import { requireSender } from './caller.ts';
import { type Env, PAGE } from './env.ts';
import { query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';

/** What 包括 wrote to the caller's office, for the operator to the one it names: the newest first, `PAGE` at most. */
export const letters = new Hono<Env>().get('/letters', query('after', 'office'), async (c) => {
  const { deps, caller } = c.var;
  const { office = null, after } = c.req.valid('query');
  if (office !== null && !OFFICE_NUMBER.test(office))
    throw new HTTPException(400, { message: '事業所番号 (office) は10桁で指定してください。' });
  requireSender(caller, office);
  const number = lettersReadBy(caller, office);
  if (number === null) return c.json({ letters: [], next: null });
  await auditRead(c, auditOf.office(number));
  const page = await deps.store.indexPage<NoticeRecord>('notices', 'office', lettersOf(number), {
    newestFirst: true,
    limit: PAGE,
    after: readCursor(after, ['at', 'notice_id']),
  });
  const lines = page.items.map(({ notice_id, packet_id, title, month, at }) => ({
    notice_id,
    packet_id: packet_id ?? null,
    title: title ?? '包括からの連絡',
    month: month ?? null,
    at,
  }));
  return c.json({ letters: lines, next: cursorOf(page.next) });
});
