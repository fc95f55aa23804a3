import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import {
  latestMonth,
  narrow,
  ROSTER_FILTERS,
  type RosterFilter,
  type RosterPerson,
  readRoster,
  totalsOf,
} from '../../shared/records/views/roster.ts';
import { documentTitle } from '../../shared/vocabulary/document-kinds.ts';
import { categoryLabel, decisionLabel, eventLabel } from '../../shared/vocabulary/labels.ts';
import { auditRead } from './audit-access.ts';
import { requireArea } from './caller.ts';
import { downloadCsv } from './download.ts';
import { type ApiContext, type Env, PAGE } from './env.ts';
import { query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';
import { areaKey, knownCity, realMonth } from './params.ts';

function asked(c: ApiContext): { filter: RosterFilter; category: string | null; office: string | null } {
  const { filter = 'all', category, office } = c.req.query();
  const known = ROSTER_FILTERS.find((one) => one === filter);
  if (!known)
    throw new HTTPException(400, {
      message: `絞り込み (filter) は ${ROSTER_FILTERS.join('、')} のどれかです。`,
    });
  return { filter: known, category: category || null, office: office || null };
}

const COLUMNS = [
  '被保険者番号',
  '氏名',
  '提供月',
  '今月の書類',
  '区分',
  '前の区分',
  '提出の理由',
  '判定',
  '事業所番号',
  '認定',
  '認定の終わり',
  '足りない書類',
  '確認期限',
  '期限を過ぎたもの',
];

const rowOf = (one: RosterPerson): string[] => [
  ...[one.insured_number ?? '', one.name ?? '', one.month, one.has_papers ? 'あり' : 'なし'],
  ...[categoryLabel(one.category), one.switched_from ? categoryLabel(one.switched_from) : ''],
  ...[eventLabel(one.event), decisionLabel(one.decision), one.office],
  ...[one.certification ?? '', one.cert_valid_to ?? '', one.missing_documents.map(documentTitle).join('、')],
  ...[
    one.review_closed ? '' : (one.review_due ?? ''),
    one.overdue.map(({ due, reason }) => `${due} ${reason || '確認'}`).join('／'),
  ],
];

/** The people of an area in a month: 圏域内の高齢者の情報の集約. */
export const roster = new Hono<Env>()
  /**
   * Everyone of an area in a month, by name: `filter`, `category` and `office` narrow the list, `PAGE`
   * of them from the cursor `after`; the totals count everyone. `format=csv`: the whole list as a table. Where no one is
   * known, `latest_month` is the last one with papers.
   */
  .get(
    '/areas/:city/:area/:month/people',
    query('filter', 'category', 'office', 'after', 'format', 'encoding'),
    async (c) => {
      const { city, area, month } = c.req.param();
      knownCity(city);
      areaKey(area);
      realMonth(month);
      const { deps, caller } = c.var;
      const { filter, category, office } = asked(c);
      const after = readCursor(c.req.query('after'), ['person']);
      requireArea(caller, city, area);
      await auditRead(c, auditOf.area(city, area, month));
      const everyone = await readRoster(
        deps.store,
        { city, area, month },
        japanDate(deps.now().toISOString()),
      );
      const found = narrow(everyone, filter)
        .filter((one) => category === null || (one.category ?? 'undecided') === category)
        .filter((one) => office === null || one.office === office);
      if (c.req.query('format') === 'csv')
        return downloadCsv(c, `圏域の一覧_${month}`, COLUMNS, found.map(rowOf));
      const start = after ? found.findIndex(({ person }) => person === after.person) + 1 : 0;
      const people = found.slice(start, start + PAGE);
      const next = start + PAGE < found.length ? cursorOf({ person: people.at(-1)!.person }) : null;
      const latest_month = everyone.length > 0 ? null : await latestMonth(deps.store, { city, area });
      return c.json({
        city,
        area,
        month,
        latest_month,
        ...totalsOf(everyone),
        total: found.length,
        people,
        next,
      });
    },
  );
