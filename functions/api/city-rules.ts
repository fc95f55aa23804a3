import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import ja from 'zod/v4/locales/ja.js';
import { OFFICE_NUMBER } from '../../shared/access/sender.ts';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { isIsoDate } from '../../shared/calendar/wareki.ts';
import { listRules } from '../../shared/guide/list-rules.ts';
import { cityKeys } from '../../shared/profiles/cities.ts';
import { type RecordedWaiver, readWaivers } from '../../shared/records/events/read-waivers.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { endWaiver, grantWaiver } from '../../shared/records/steps/record-waiver.ts';
import { whyNotWaivable } from '../../shared/rules/waiver.ts';
import { printable } from '../../shared/text/printable.ts';
import { auditChange } from './audit-access.ts';
import { requireCity } from './caller.ts';
import type { ApiContext, Env } from './env.ts';
import { body, query } from './inputs.ts';
import { idOf, knownCity, noSuch } from './params.ts';

/** A city with rules of its own, and a caller who may act for it. */
function cityOf(c: ApiContext): string {
  const city = knownCity(c.req.param('city') ?? '');
  requireCity(c.var.caller, city);
  if (!cityKeys().includes(city)) throw new HTTPException(404, { message: 'この市の規則はありません。' });
  return city;
}

/** Days before its end in which a waiver is shown as ending soon. */
const SOON_DAYS = 30;

type WaiverState = 'planned' | 'in_force' | 'ending' | 'ended';

function withState(waiver: RecordedWaiver, today: string): RecordedWaiver & { state: WaiverState } {
  const daysLeft = (Date.parse(waiver.until) - Date.parse(today)) / 86_400_000;
  const isOver = daysLeft < 0 || waiver.ended !== null;
  const state = isOver
    ? 'ended'
    : waiver.from > today
      ? 'planned'
      : daysLeft <= SOON_DAYS
        ? 'ending'
        : 'in_force';
  return { ...waiver, state };
}

const text = (most: number) => z.string().trim().min(1).max(most).transform(printable);
const date = z.string().refine(isIsoDate, '2026-04-01 のように、暦にある日を書いてください');
const waiverBody = z
  .strictObject({
    rule: text(20),
    office: z.string().regex(OFFICE_NUMBER, '事業所番号は10桁で書いてください').nullable(),
    from: date,
    until: date,
    approver: text(100),
    reason: text(500),
  })
  .refine(({ from, until }) => from <= until, {
    path: ['until'],
    message: '終わりの日が始まりの日より前です',
  });

const endBody = z.strictObject({ reason: text(500) });

const actorOf = (c: ApiContext): { by: string; role: string } => {
  const { subject, roles } = c.var.caller;
  return { by: subject, role: roles.join(' ') };
};

const FIELD_NAMES: Record<string, string> = {
  rule: '規則',
  office: '事業所',
  from: '始まりの日',
  until: '終わりの日',
  approver: '決めた人',
  reason: '理由',
};

/** @throws HTTPException 400 with each field that is wrong, in Japanese */
function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body, { error: ja().localeError });
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const field = String(path[0] ?? '');
    return `${FIELD_NAMES[field] ?? (field || '内容')}: ${message}`;
  });
  throw new HTTPException(400, { message: `免除を登録できません。${faults.slice(0, 5).join(' / ')}` });
}

export const cityRules = new Hono<Env>()
  /** The rules in force in a service month (`?month=`); without one, the newest. */
  .get('/cities/:city/rules', query('month'), (c) => {
    const city = cityOf(c);
    const month = c.req.valid('query').month;
    if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
      throw new HTTPException(400, { message: '提供月 (month) は 2024-06 のように書いてください。' });
    return c.json({ city, month: month ?? null, rules: listRules(city, month) });
  })
  .get('/cities/:city/waivers', async (c) => {
    const city = cityOf(c);
    const today = japanDate(c.var.deps.now().toISOString());
    const waivers = await readWaivers(c.var.deps.store, city);
    return c.json({ city, waivers: waivers.map((one) => withState(one, today)).reverse() });
  })
  .post(
    '/cities/:city/waivers',
    body(waiverBody, (raw) => read(waiverBody, raw)),
    async (c) => {
      const city = cityOf(c);
      const asked = c.req.valid('json');
      const why = whyNotWaivable(city, asked.rule);
      if (why) throw new HTTPException(400, { message: why });
      await auditChange(c, auditOf.waivers(city), asked.rule);
      return c.json(await grantWaiver(c.var.deps, { city, ...asked }, actorOf(c)), 201);
    },
  )
  .post(
    '/cities/:city/waivers/:id/end',
    body(endBody, (raw) => read(endBody, raw)),
    async (c) => {
      const city = cityOf(c);
      const id = idOf(c);
      const { reason } = c.req.valid('json');
      await auditChange(c, auditOf.waivers(city), id);
      const ended = await endWaiver(c.var.deps, { city, id, reason }, actorOf(c));
      return ended ? c.json(ended) : noSuch();
    },
  );
