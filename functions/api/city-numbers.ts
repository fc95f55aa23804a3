import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { type AreaMonth, areaMonth, type CaseRecord } from '../../shared/records/store/case-record.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { loadRegistry } from '../../shared/records/store/registry-store.ts';
import type { AreaSummary } from '../../shared/records/views/area-summary.ts';
import {
  casesBehind,
  isNumberName,
  monthCases,
  NUMBER_NAMES,
  NUMBERS,
} from '../../shared/records/views/numbers.ts';
import { amountOf, sumSummaries } from '../../shared/records/views/sum-summaries.ts';
import { categoryLabel, cityLabel, decisionLabel } from '../../shared/vocabulary/labels.ts';
import { numberKeyLabel } from '../../shared/vocabulary/number-labels.ts';
import { NUMBER_TITLES, type NumberName } from '../../shared/vocabulary/number-names.ts';
import { auditRead } from './audit-access.ts';
import { requireArea, requireCity } from './caller.ts';
import { downloadCsv } from './download.ts';
import type { ApiContext, Env } from './env.ts';
import { query } from './inputs.ts';
import { cursorOf, readCursor } from './pages.ts';
import { areaKey, knownCity, monthKey } from './params.ts';

/** Months of a trend, and cases of one answer. */
const MONTHS = 25;
const CASES = 500;

/** What a line over months shows: enough for a chart, a page of months stays small. */
function trendOf(month: string, summaries: AreaSummary[]) {
  const { cases, users, decisions, categories, routes, switches, ...rest } = sumSummaries(summaries);
  const { overdue, overdue_papers, units_by_payer } = rest;
  return {
    ...{ month, cases, users, decisions, categories, routes, switches },
    ...{ overdue, overdue_papers, units_by_payer },
  };
}

function summariesOf(c: ApiContext, city: string, month: string): Promise<AreaSummary[]> {
  const begins = month ? { begins: `${month}#` } : {};
  return collect(c.var.deps.store.partition<AreaSummary>('summaries', city, begins));
}

const COUNTED = { packets: '件', people: '人', papers: '点', units: '単位' };

const keyed = (value: number | Record<string, number> | undefined): Record<string, number> =>
  typeof value === 'number' ? { all: value } : (value ?? {});

interface Asked {
  city: string;
  month: string;
  of: NumberName;
  key: string;
}

/** One page of one area, and where the next begins: behind it, or with the next area. */
async function page(c: ApiContext, asked: Asked, areas: string[], from: Record<string, string>) {
  const position = areas.indexOf(from.area ?? '');
  if (position < 0) return { rows: [], next: null };
  const area = areas[position]!;
  const all = await rowsOf(c, asked, area);
  const start = Number(from.row) || 0;
  const end = start + CASES;
  const nextArea = areas[position + 1];
  const next =
    end < all.length
      ? { area, row: String(end) }
      : nextArea === undefined
        ? null
        : { area: nextArea, row: '0' };
  return { rows: all.slice(start, end), next };
}

async function rowsOf(c: ApiContext, { city, month, of, key }: Asked, area: string) {
  const { deps } = c.var;
  const id: AreaMonth = { city, area, month };
  await auditRead(c, auditOf.area(city, area, month));
  const cases = await collect(deps.store.partition<CaseRecord>('cases', areaMonth(id)));
  const today = japanDate(deps.now().toISOString());
  return casesBehind(of, key, monthCases(cases, today)).map((one) => ({
    ...rowOf(one.case),
    amount: one.amount,
  }));
}

const rowOf = (one: CaseRecord) => ({
  packet_id: one.packet_id,
  /** city#person key, as in the address of the person's page */
  person: one.person,
  area: one.area,
  office: one.office,
  insured_number: one.insured_number,
  name: one.name,
  category: one.category,
  decision: one.decision,
  received_at: one.received_at,
  review_due: one.review_due,
  review_closed: one.review_closed ?? null,
  overdue_papers: (one.overdue_papers ?? []).map(({ what, due }) => ({ what, due })),
});

async function sendList(c: ApiContext, asked: Asked, areas: string[]) {
  const { city, month, of, key } = asked;
  const nameOf = await areaNames(c, city);
  const rows: string[][] = [];
  for (const area of areas)
    for (const one of await rowsOf(c, asked, area))
      rows.push([
        ...[month, nameOf(area), one.office, one.insured_number ?? '', one.name ?? ''],
        ...[categoryLabel(one.category), decisionLabel(one.decision), one.received_at, one.review_due ?? ''],
        one.overdue_papers.map(({ what, due }) => `${due} ${what}`).join('／'),
        String(one.amount),
      ]);
  const title = `${NUMBER_TITLES[of]}（${numberKeyLabel(of, key)}）`;
  const columns = [
    '提供月',
    '圏域',
    '事業所番号',
    '被保険者番号',
    '氏名',
    '区分',
    '判定',
    '受付',
    '確認期限',
    '届いていない書類',
    title,
  ];
  return downloadCsv(c, `${cityLabel(city)}_${month}_${NUMBER_TITLES[of]}`, columns, rows);
}

async function areaNames(c: ApiContext, city: string): Promise<(area: string) => string> {
  const registry = await loadRegistry(c.var.deps.store, city);
  const names = new Map((registry?.areas ?? []).map((one) => [one.key, one.name]));
  return (area) => names.get(area) ?? (area.startsWith('_') ? '圏域が決まらないもの' : area);
}

export const cityNumbers = new Hono<Env>()
  /** A city's months in numbers, the newest first; `month` is `unknown` where the papers name none. */
  .get('/cities/:city/trend', async (c) => {
    const city = knownCity(c.req.param('city'));
    requireCity(c.var.caller, city);
    const summaries = c.var.deps.store.partition<AreaSummary>('summaries', city, { newestFirst: true });
    const months = new Map<string, AreaSummary[]>();
    for await (const one of summaries) {
      if (!months.has(one.month) && months.size > MONTHS) break;
      months.set(one.month, [...(months.get(one.month) ?? []), one]);
    }
    return c.json({ city, months: [...months].map(([month, all]) => trendOf(month, all)) });
  })
  /** The summaries of a city's areas in one month, or in `all`. */
  .get('/cities/:city/:month', async (c) => {
    const { city, month } = c.req.param();
    knownCity(city);
    if (month !== 'all') monthKey(month);
    requireCity(c.var.caller, city);
    return c.json({ city, summaries: await summariesOf(c, city, month === 'all' ? '' : month) });
  })
  /** The numbers of a month as a table: one row for each number, key and area. */
  .get('/cities/:city/:month/csv', async (c) => {
    const { city, month } = c.req.param();
    knownCity(city);
    monthKey(month);
    requireCity(c.var.caller, city);
    const nameOf = await areaNames(c, city);
    const rows = (await summariesOf(c, city, month)).flatMap((summary) =>
      NUMBER_NAMES.flatMap((name) =>
        Object.entries(keyed(summary[name])).map(([key, amount]) => [
          ...[month, nameOf(summary.area), NUMBER_TITLES[name], numberKeyLabel(name, key)],
          ...[String(amount), COUNTED[NUMBERS[name].counts], summary.computed_at],
        ]),
      ),
    );
    const columns = ['提供月', '圏域', '数', '内訳', '値', '単位', '集計した時刻'];
    return downloadCsv(c, `${cityLabel(city)}_${month}`, columns, rows);
  })
  /**
   * The cases behind a number of a month: `of` and `key` name it, `area` narrows it. Area by area, `CASES` at most; made of
   * the same cases as the number, and of their present state. `format=csv`: all of them as a table.
   */
  .get('/cities/:city/:month/list', query('of', 'key', 'area', 'after', 'format', 'encoding'), async (c) => {
    const { city, month } = c.req.param();
    knownCity(city);
    monthKey(month);
    const { of = '', key = '', area, after: cursor, format } = c.req.valid('query');
    if (!isNumberName(of)) throw new HTTPException(404, { message: 'その名前の数はありません。' });
    if (area) requireArea(c.var.caller, city, areaKey(area));
    else requireCity(c.var.caller, city);
    const number: Asked = { city, month, of, key };
    const areas = (await summariesOf(c, city, month))
      .filter((one) => !area || one.area === area)
      .map((summary) => ({ area: summary.area, amount: amountOf(summary, of, key) }))
      .filter(({ amount }) => amount > 0);
    const total = areas.reduce((sum, { amount }) => sum + amount, 0);
    const keys = areas.map((one) => one.area);
    if (format === 'csv') return sendList(c, number, keys);
    const after = readCursor(cursor, ['area', 'row']);
    const { rows, next } = await page(c, number, keys, after ?? { area: keys[0] ?? '', row: '0' });
    return c.json({ ...number, counts: NUMBERS[of].counts, total, areas, rows, next: cursorOf(next) });
  });
