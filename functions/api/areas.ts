import { Hono } from 'hono';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { areaMonth, type CaseRecord } from '../../shared/records/store/case-record.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { type AreaSummary, summaryKey } from '../../shared/records/views/area-summary.ts';
import { auditRead } from './audit-access.ts';
import { requireArea } from './caller.ts';
import type { Env } from './env.ts';
import { query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';
import { areaKey, knownCity, monthKey } from './params.ts';

/** Cases of one answer. */
const CASES = 1000;

export const areas = new Hono<Env>()
  /** An area's month: its summary and its cases, `CASES` of them from the cursor `after`. */
  .get('/areas/:city/:area/:month', query('after'), async (c) => {
    const { city, area, month } = c.req.param();
    knownCity(city);
    areaKey(area);
    monthKey(month);
    const { deps, caller } = c.var;
    const after = readCursor(c.req.valid('query').after, ['case_key']);
    requireArea(caller, city, area);
    await auditRead(c, auditOf.area(city, area, month));
    const summary = await deps.store.get<AreaSummary>('summaries', summaryKey({ city, area, month }));
    const found = await collect(
      deps.store.partition<CaseRecord>('cases', areaMonth({ city, area, month }), {
        limit: CASES + 1,
        ...(after && { after: after.case_key }),
      }),
    );
    const cases = found.slice(0, CASES);
    const next = found.length > CASES ? cursorOf({ case_key: cases.at(-1)!.case_key }) : null;
    return c.json({ summary, cases: cases.filter((one) => !one.superseded), next });
  });
