import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { SAMPLE_PURPOSES } from '../../shared/records/events/sample-events.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { drawSample, samplesOf } from '../../shared/records/steps/draw-sample.ts';
import { CATEGORIES } from '../../shared/vocabulary/category.ts';
import { auditChange, auditRead } from './audit-access.ts';
import { isOperator, requireArea } from './caller.ts';
import { type Env, PAGE } from './env.ts';
import { body, query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';
import { areaKey, knownCity } from './params.ts';

/** Most cases of one sample. */
const MOST_DRAWN = 100;

const drawing = z.strictObject({
  purpose: z.enum(SAMPLE_PURPOSES),
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  category: z.enum(CATEGORIES).nullish(),
  count: z.int().min(1).max(MOST_DRAWN),
  /** the same seed over the same cases draws the same sample; made by chance where none is given */
  seed: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .nullish(),
  /** who did it, where the operator of a desk on one machine is not signed in */
  by: z.string().trim().min(1).max(100).optional(),
});

function acceptDrawing(raw: unknown): z.output<typeof drawing> {
  const input = drawing.safeParse(raw);
  if (input.success) return input.data;
  throw new HTTPException(400, {
    message: `目的 (purpose) は ${SAMPLE_PURPOSES.join('、')} のどれかで、月 (month) は 2024-07 のように、件数 (count) は 1〜${MOST_DRAWN} で指定してください。`,
  });
}

/** Samples of an area's cases: for a 地域ケア会議, and for a second look at ended reviews. */
export const samples = new Hono<Env>()
  /** The samples of an area, the newest first, `PAGE` of them behind the sample `after`. */
  .get('/samples/:city/:area', query('after'), async (c) => {
    const { city, area } = c.req.param();
    knownCity(city);
    areaKey(area);
    const { deps, caller } = c.var;
    const after = readCursor(c.req.valid('query').after, ['sample_id'])?.sample_id;
    requireArea(caller, city, area);
    await auditRead(c, auditOf.queue(city, area));
    const all = await samplesOf(deps.store, { city, area });
    const start = after === undefined ? 0 : all.findIndex(({ sample_id }) => sample_id === after) + 1;
    const shown = all.slice(start, start + PAGE);
    return c.json({
      city,
      area,
      samples: shown.map(({ stream, seq, type, ...sample }) => sample),
      next: start + PAGE < all.length ? cursorOf({ sample_id: shown.at(-1)!.sample_id }) : null,
    });
  })
  /** Draws a sample and records it: criteria, seed, the number of cases it was drawn from, and the result. */
  .post('/samples/:city/:area', body(drawing, acceptDrawing), async (c) => {
    const { city, area } = c.req.param();
    knownCity(city);
    areaKey(area);
    const { deps, caller } = c.var;
    requireArea(caller, city, area);
    const { purpose, month, category = null, count, seed, by } = c.req.valid('json');
    await auditChange(c, auditOf.queue(city, area), month);
    const drawn = await drawSample(
      deps,
      { city, area },
      { purpose, month, category, count },
      {
        seed: seed ?? randomBytes(6).toString('hex'),
        by: isOperator(caller) && by ? by : caller.subject,
        role: caller.roles.join('+'),
        today: japanDate(deps.now().toISOString()),
      },
    );
    const { stream, seq, type, ...sample } = drawn;
    return c.json(sample, 201);
  });
