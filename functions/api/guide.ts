import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { guideChecklist } from '../../shared/guide/guide-checklist.ts';
import { passagesOf } from '../../shared/guide/list-rules.ts';
import { cityKeys } from '../../shared/profiles/cities.ts';
import { coverSheetSchema } from '../../shared/vocabulary/cover-code.ts';
import { EVENT_NAMES } from '../../shared/vocabulary/event-names.ts';
import { downloadPdf } from './download.ts';
import type { Env } from './env.ts';
import { body, query } from './inputs.ts';
import { noSuch } from './params.ts';

/** Sheets of one request: a month of a large office. */
const MOST_SHEETS = 200;
const coversInput = z.strictObject({ covers: z.array(coverSheetSchema.strict()).min(1).max(MOST_SHEETS) });

function readCovers(raw: unknown): z.output<typeof coversInput> {
  const input = coversInput.safeParse(raw);
  if (input.success) return input.data;
  const reasons = [...new Set(input.error.issues.map(({ message }) => message))].filter((text) =>
    /[ぁ-ん]/.test(text),
  );
  throw new HTTPException(400, {
    message: `送付票を作れません。${reasons.join('。') || `一度に作れるのは1枚から${MOST_SHEETS}枚までです`}。`,
  });
}

/** What an office needs before it sends: the guide of its city, the passages of its rules, and 送付票. Nothing of a person is stored. */
export const guide = new Hono<Env>()
  /** What to hand in, from the rules the desk checks with. */
  .get('/guide/:city', query('event', 'month'), (c) => {
    const city = c.req.param('city');
    if (!cityKeys().includes(city)) return noSuch();
    const { event, month } = c.req.valid('query');
    if (event !== undefined && !Object.hasOwn(EVENT_NAMES, event))
      throw new HTTPException(400, { message: '提出の理由 (event) は一覧から選んでください。' });
    if (month !== undefined && !/^20\d{2}-(0[1-9]|1[0-2])$/.test(month))
      throw new HTTPException(400, { message: '提供月 (month) は 2024-05 のように指定してください。' });
    return c.json(guideChecklist(city, { ...(event && { event }), ...(month && { month }) }));
  })
  /** What the sources say behind a citation: every entry of a rule of the city, or of the national law. */
  .get('/rules/:city/:rule', (c) => {
    const city = c.req.param('city');
    const passages = cityKeys().includes(city) ? passagesOf(city, c.req.param('rule')) : [];
    return passages.length > 0 ? c.json({ passages }) : noSuch();
  })
  /** Printed 送付票 with a QR code, one page for each. */
  .post('/cover-sheets', body(coversInput, readCovers), async (c) => {
    const { drawCoverSheets } = await import('../../shared/cover-sheet/draw-cover-sheets.ts');
    return downloadPdf(c, '送付票', await drawCoverSheets(c.req.valid('json').covers));
  });
