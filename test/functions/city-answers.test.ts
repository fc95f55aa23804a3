import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../functions/api/caller.ts';
import { cityNumbers } from '../../functions/api/city-numbers.ts';
import type { ApiDependencies } from '../../functions/api/dependencies.ts';
import type { Env } from '../../functions/api/env.ts';
import { addMonths } from '../../shared/calendar/days.ts';
import { areaMonth, type CaseRecord } from '../../shared/records/store/case-record.ts';
import { summarise } from '../../shared/records/views/area-summary.ts';
import { aCase } from '../builders/a-case.ts';

// The first answers of the city's desk at 20,000 cases: 25 圏域 over 25 months, 32 cases each.
const AREAS = Array.from({ length: 25 }, (_, n) => `area-${n + 1}`);
const MONTHS = Array.from({ length: 25 }, (_, n) => addMonths('2024-04', n));
const EACH = 32;
const DECISIONS = ['accept', 'accept', 'review', 'return'] as const;
const CODES = [
  'F_DOC_MISSING',
  'F_SUBMIT_LATE',
  'F_TODOKE_MISSING',
  'F_MONITOR_VISIT',
  'F_SIGNATURE',
] as const;

/** Bytes DynamoDB reads with one request. */
const PAGE_BYTES = 1024 ** 2;

const casesOf = (area: string, month: string): CaseRecord[] =>
  Array.from({ length: EACH }, (_, n) =>
    aCase({
      ...{ area, month, area_month: areaMonth({ city: 'mito', area, month }) },
      person: `mito#${area}-${n}`,
      packet_id: `${area}-${month}-${n}`.padEnd(64, 'x'),
      office: `08701${String(n % 20).padStart(5, '0')}`,
      decision: DECISIONS[n % 4]!,
      codes: { [CODES[n % 5]!]: 1, F_CSV_HEADER: 1 },
      reasons: [
        { code: CODES[n % 5]!, severity: n % 4 === 3 ? 'error' : 'warn', rule: `MIT-R${10 + (n % 9)}` },
      ],
    }),
  );

/** Counts the requests a partition takes, of the bytes that are read before the caller stops. */
function deskOf(tables: Record<string, Map<string, object[]>>) {
  const counted = { queries: 0 };
  const store = {
    async *partition(table: string, value: string, { begins = '', newestFirst = false } = {}) {
      const found = (tables[table]?.get(value) ?? []).filter((item) => keyOf(item).startsWith(begins));
      let bytes = 0;
      counted.queries++;
      for (const item of newestFirst ? found.toReversed() : found) {
        bytes += JSON.stringify(item).length;
        if (bytes > PAGE_BYTES) [bytes, counted.queries] = [0, counted.queries + 1];
        yield item;
      }
    },
    put: async () => {},
    putOnce: async () => true,
  };
  const deps = { store, now: () => new Date('2026-06-01T00:00:00Z') } as unknown as ApiDependencies;
  const caller: Caller = { subject: 's', name: null, roles: ['city'], office: null, city: 'mito', areas: [] };
  const app = new Hono<Env>()
    .use(async (c, next) => {
      c.set('deps', deps);
      c.set('caller', caller);
      await next();
    })
    .route('/', cityNumbers);
  return { app, counted };
}

const keyOf = (item: object): string => ('month_area' in item ? String(item.month_area) : '');

const summaries = MONTHS.flatMap((month) =>
  AREAS.map((area) => {
    const numbers = summarise({ city: 'mito', area, month }, casesOf(area, month), '2026-06-01');
    return { ...numbers, computed_at: '2026-06-01T00:00:00.000Z', revision: 1 };
  }),
).sort((a, b) => (a.month_area < b.month_area ? -1 : 1));
const cases = new Map(
  [AREAS[0]!].map((area) => [areaMonth({ city: 'mito', area, month: '2026-04' }), casesOf(area, '2026-04')]),
);

describe('at 20,000 cases', () => {
  it.each([
    ['the months of a city', '/cities/mito/trend'],
    ['a month', '/cities/mito/2026-04'],
    ['the list behind a number', '/cities/mito/2026-04/list?of=decisions&key=return'],
    ['the list behind every case', '/cities/mito/2026-04/list?of=cases&key=all'],
  ])('%s needs at most two queries and stays under 300 KB', async (_, path) => {
    const { app, counted } = deskOf({ summaries: new Map([['mito', summaries]]), cases });
    const response = await app.request(path);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeLessThan(300_000);
    expect(counted.queries).toBeLessThanOrEqual(2);
  });
});

it('opens the list of one area alone where the area is named', async () => {
  const { app } = deskOf({ summaries: new Map([['mito', summaries]]), cases });
  const list = await app.request('/cities/mito/2026-04/list?of=decisions&key=return&area=area-1');
  const { total, rows, next } = (await list.json()) as { total: number; rows: object[]; next: string | null };
  expect([total, rows.length, next]).toEqual([EACH / 4, EACH / 4, null]);
});
