import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { mayListLine, mayReadPacket } from '../../shared/access/rights.ts';
import { OFFICE_NUMBER } from '../../shared/access/sender.ts';
import { japanTime } from '../../shared/calendar/japan-time.ts';
import { versionChanges } from '../../shared/decision/version-changes.ts';
import { PACKET_COLUMNS, packetRow } from '../../shared/letters/packet-table.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import { holderAt } from '../../shared/records/events/read-acts.ts';
import { coveredBy, currentOf, stands, versionsOf } from '../../shared/records/events/read-case.ts';
import { readDecision } from '../../shared/records/events/read-packet.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { withdrawCase } from '../../shared/records/steps/withdraw-case.ts';
import type { Key } from '../../shared/records/store/record-store.ts';
import { type PacketLine, packetList } from '../../shared/records/views/packet-line.ts';
import type { ReviewItem } from '../../shared/records/views/review-item.ts';
import { hasControl } from '../../shared/text/printable.ts';
import { PACKET_STATE_NAMES } from '../../shared/vocabulary/packet-state.ts';
import { auditChange, auditRead } from './audit-access.ts';
import { isOperator, requireOwnPacket, requireSender } from './caller.ts';
import type { ApiDependencies } from './dependencies.ts';
import { downloadCsv } from './download.ts';
import { type ApiContext, type Env, PAGE } from './env.ts';
import { body, query } from './inputs.ts';
import { withStates } from './packet-states.ts';
import { cursorOf, readCursor } from './pages.ts';
import { idOf, monthKey, noSuch } from './params.ts';
import { readPacket, readShownRun } from './read-packet.ts';
import { actAs } from './reviewer.ts';

/** Months at most in one table: a year of a large office. */
const MOST_ROWS = 20_000;

async function readableList(c: ApiContext): Promise<string> {
  const office = c.req.query('office') ?? null;
  if (office !== null && !OFFICE_NUMBER.test(office))
    throw new HTTPException(400, { message: '事業所番号 (office) は10桁で指定してください。' });
  const sender = requireSender(c.var.caller, office);
  const list = packetList(sender);
  await auditRead(c, auditOf.office(list.replace(/^packets#/, '')));
  return list;
}

async function readPage({ deps, caller }: ApiContext['var'], list: string, after: Key | undefined) {
  const page = { newestFirst: true, limit: PAGE, after };
  const { items, next } = await deps.store.indexPage<PacketLine>('submissions', 'office', list, page);
  return { items: items.filter((line) => mayListLine(caller, line)), next };
}

async function listAsCsv(c: ApiContext, list: string): Promise<Response> {
  const month = c.req.query('month');
  if (month !== undefined) monthKey(month);
  const rows: string[][] = [];
  for (let after: Key | undefined; ; ) {
    const { items, next } = await readPage(c.var, list, after);
    const wanted = items.filter((line) => month === undefined || (line.service_month ?? 'unknown') === month);
    for (const line of withStates(wanted)) {
      const { state, received_at: received, ...rest } = line;
      rows.push(packetRow({ ...rest, received: japanTime(received), state: PACKET_STATE_NAMES[state] }));
    }
    if (rows.length > MOST_ROWS)
      throw new HTTPException(413, {
        message: `一覧が ${MOST_ROWS} 件を超えます。提供月 (month) を指定してください。`,
      });
    if (!next) break;
    after = next;
  }
  return downloadCsv(c, `提出一覧${month ? `_${month}` : ''}`, PACKET_COLUMNS, rows);
}

/**
 * The version that counted before it in its case; of files that completed a packet of another case, that packet. Null where
 * the caller may not read it.
 */
async function versionBefore(
  { deps, caller }: ApiContext['var'],
  decided: PacketDecided,
): Promise<PacketDecided | null> {
  const { joins } = decided;
  const chain = await versionsOf(deps.store, decided);
  const own = chain.find(({ packet_id }) => packet_id === decided.packet_id);
  const isElsewhere = joins && !chain.some(({ packet_id }) => packet_id === joins);
  const counted = own && currentOf(chain.filter(({ version }) => version < own.version));
  const id = isElsewhere ? joins : counted?.packet_id;
  const before = id ? await readDecision(deps, id) : null;
  return before && mayReadPacket(caller, before) ? before : null;
}

/** Most letters of a reason. */
const LONGEST_REASON = 500;

const withdrawal = z.strictObject({
  reason: z
    .string()
    .trim()
    .min(1)
    .max(LONGEST_REASON)
    .refine((text) => !hasControl(text.replaceAll('\n', ''))),
  /** who did it, where the operator of a desk on one machine is not signed in */
  by: z.string().trim().min(1).max(100).optional(),
});

/**
 * The item of a packet that a reviewer has begun: the office can only ask to withdraw it. Null where it may withdraw.
 * @throws HTTPException 409 where the review of a version that would go with it has ended, or begun where there is no item
 *   any more at which to ask
 */
async function begunReview(deps: ApiDependencies, decided: PacketDecided): Promise<ReviewItem | null> {
  const items = await itemsCovered(deps, decided);
  if (items.some(({ state }) => state === 'closed')) throw notWithdrawn('の確認がすでに終わっている');
  const at = deps.now().toISOString();
  const begun = items.filter(({ holder = null }) => holderAt({ holder }, at));
  const own = items.find((item) => item.packet_id === decided.packet_id && item.state === 'open');
  if (begun.length > 0 && !own) throw notWithdrawn('が前の版の確認を始めている');
  return begun.length > 0 ? own! : null;
}

/** The review items of the packet and of the versions that would be withdrawn with it. */
async function itemsCovered(deps: ApiDependencies, decided: PacketDecided): Promise<ReviewItem[]> {
  const chain = await versionsOf(deps.store, decided);
  const own = chain.findLast(({ packet_id }) => packet_id === decided.packet_id);
  const covered = own ? (await coveredBy(deps.store, own, chain)).filter(stands) : [];
  const ids = new Set([decided, ...covered].map(({ packet_id }) => packet_id));
  const items = await Promise.all(
    [...ids].map((packet_id) => deps.store.get<ReviewItem>('reviews', { packet_id })),
  );
  return items.filter((item) => item !== null);
}

const notWithdrawn = (why: string): HTTPException =>
  new HTTPException(409, {
    message: `地域包括支援センター${why}ため、取り下げられません。担当の地域包括支援センターに連絡してください。`,
  });

function readWithdrawal(raw: unknown): z.output<typeof withdrawal> {
  const input = withdrawal.safeParse(raw);
  if (input.success) return input.data;
  throw new HTTPException(400, {
    message: `取り下げる理由 (reason) を${LONGEST_REASON}字までで書いてください。`,
  });
}

/** What an office does with the packets it has sent. */
export const ownPackets = new Hono<Env>()
  /**
   * The packets of the caller, the newest first, `PAGE` of them from the cursor `after`; for the operator those of one
   * office.
   */
  .get('/packets', query('after', 'office'), async (c) => {
    const list = await readableList(c);
    const after = readCursor(c.req.query('after'), ['received_at', 'upload_id', 'part']);
    const { items, next } = await readPage(c.var, list, after);
    return c.json({ packets: withStates(items), next: cursorOf(next) });
  })
  /** All of them, or those of one service month, as a table for a spreadsheet. */
  .get('/packets/table', query('office', 'month', 'encoding'), async (c) =>
    listAsCsv(c, await readableList(c)),
  )
  /** What this version of a packet changed against the one before it. */
  .get('/packets/:id/changes', async (c) => {
    const decided = await readPacket(c);
    const before = await versionBefore(c.var, decided);
    if (!before) return c.json({ before: null, changes: null });
    const [was, is] = await Promise.all([readShownRun(c, before), readShownRun(c, decided)]);
    const changes = versionChanges(was.verdict, is.verdict);
    return c.json({ before: { packet_id: before.packet_id, received_at: before.received_at }, changes });
  })
  /**
   * The owner or the sender withdraws what that sender sent of a month. Once a person has begun to review it, the reviewer is asked instead
   * (`state: asked`).
   */
  .post('/packets/:id/withdraw', body(withdrawal, readWithdrawal), async (c) => {
    const { deps, caller } = c.var;
    const decided = await readDecision(deps, idOf(c));
    if (!decided) return noSuch();
    requireOwnPacket(caller, decided);
    const begun = await begunReview(deps, decided);
    await auditChange(c, auditOf.case(decided), decided.packet_id);
    const { reason, by } = c.req.valid('json');
    if (begun) {
      const { event } = await actAs(c, begun, { type: 'review.withdrawal_asked', reason }, by);
      return c.json({ packet_id: decided.packet_id, state: 'asked' as const, at: event.at }, 202);
    }
    const withdrawn = await withdrawCase(deps, decided, {
      by: isOperator(caller) && by ? by : caller.subject,
      role: caller.roles.join('+'),
      reason,
    });
    if (!withdrawn)
      throw new HTTPException(409, {
        message: 'この書類一式には、すでに新しい版があります。新しい版を開いて取り下げてください。',
      });
    return c.json({ packet_id: decided.packet_id, state: 'withdrawn' as const, at: withdrawn.at });
  });
