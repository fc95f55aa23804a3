/**
 * The first answer of each screen with a list, in a large synthetic city: requests to the tables, and its bytes.
 *
 *   node bench/lists.ts [--cases 20000] [--open 2000] [--areas 6]
 *
 * The tables are in memory; a page of an answer ends at 1 MB, as in DynamoDB. A query over several pages is one query; reads
 * of single items count like a query. The largest area has two fifths of the city. `--areas 1`: all of it.
 */

import { parseArgs } from 'node:util';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Hono } from 'hono';
import { calendar } from '../functions/api/calendar.ts';
import { callerOf } from '../functions/api/caller.ts';
import { cityNumbers } from '../functions/api/city-numbers.ts';
import { letters } from '../functions/api/letters.ts';
import { ownPackets } from '../functions/api/own-packets.ts';
import { people } from '../functions/api/people.ts';
import { reviewQueue } from '../functions/api/review-queue.ts';
import { roster } from '../functions/api/roster.ts';
import { samples } from '../functions/api/samples.ts';
import { uploads } from '../functions/api/uploads.ts';
import { operations } from '../functions/operate/app.ts';
import { RecordStore } from '../shared/records/store/record-store.ts';
import { TABLES, type TableName } from '../shared/records/store/tables.ts';
import { MemoryTables } from '../test/harness/memory-tables.ts';
import { cityClaims, hokatsuClaims, OPERATOR_CLAIMS, officeClaims } from '../test/harness/sign-in.ts';
import { areasOf, CITY, fillCity, MONTH, OFFICE, TODAY } from './lib/large-city.ts';

const GOAL = { queries: 2, kilobytes: 300 };
const PAGE_BYTES = 1024 ** 2;

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    open: { type: 'string', default: '2000' },
    areas: { type: 'string', default: '6' },
  },
});
const size = { cases: Number(values.cases), open: Number(values.open), areas: Number(values.areas) };
const [area = ''] = areasOf(size);

const counted = { queries: 0, pages: 0 };
const tables = new MemoryTables(PAGE_BYTES);
const client = {
  send: (command: unknown) => {
    if (command instanceof GetCommand) count(true);
    if (command instanceof QueryCommand) count(command.input.ExclusiveStartKey === undefined);
    return tables.send(command);
  },
};
const names = Object.fromEntries(Object.keys(TABLES).map((name) => [name, name]));
const store = new RecordStore(
  client as unknown as DynamoDBDocumentClient,
  names as Record<TableName, string>,
);

function count(isFirst: boolean): void {
  counted.pages++;
  if (isFirst) counted.queries++;
}

/** Screens with a list, by desk, and what their first answer is asked of. */
const HOKATSU = { sub: 'clerk-1', ...hokatsuClaims(CITY, area) };
const OFFICE_CLERK = { sub: 'clerk-2', ...officeClaims(OFFICE) };
const OFFICER = { sub: 'clerk-3', ...cityClaims(CITY) };
const OPERATOR = { sub: 'clerk-4', ...OPERATOR_CLAIMS };
const PERSON = `p${'0'.padStart(22, '0')}`;
const inArea = `${CITY}/${area}`;
const SCREENS: [desk: string, screen: string, claims: object, path: string, body?: object][] = [
  ['事業所', '提出した書類', OFFICE_CLERK, '/packets'],
  ['事業所', '送付物', OFFICE_CLERK, '/uploads'],
  ['事業所', '包括からの連絡', OFFICE_CLERK, '/letters'],
  ['包括', '確認待ち', HOKATSU, `/review?city=${CITY}&area=${area}&part=open`],
  ['包括', '期日', HOKATSU, `/calendar/${inArea}`],
  ['包括', '圏域の利用者', HOKATSU, `/areas/${inArea}/${MONTH}/people`],
  ['包括', '抽出', HOKATSU, `/samples/${inArea}`],
  ['包括', '利用者', HOKATSU, `/people/${CITY}/${PERSON}`],
  ['包括', '利用者の検索', HOKATSU, '/people/search', { city: CITY, area, name: '利用者1' }],
  ['市', '月ごとの推移', OFFICER, `/cities/${CITY}/trend`],
  ['市', '数字', OFFICER, `/cities/${CITY}/${MONTH}`],
  ['市', '数字の一覧', OFFICER, `/cities/${CITY}/${MONTH}/list?of=cases&key=all`],
  ['運用', '受付の状態', OPERATOR, '/operations/health'],
  ['運用', '遅れている受付', OPERATOR, '/operations/uploads?state=late'],
  ['運用', '受付の一覧', OPERATOR, '/operations/uploads'],
];

const app = new Hono();
const deps = {
  store,
  now: () => new Date(`${TODAY}T03:00:00.000Z`),
  queues: [],
  lastBackup: async () => null,
};
app.use(async (c, next) => {
  const { event } = c.env as { event: never };
  c.set('caller' as never, callerOf(event) as never);
  c.set('deps' as never, deps as never);
  await next();
});
for (const router of [
  ownPackets,
  uploads,
  letters,
  reviewQueue,
  calendar,
  roster,
  samples,
  people,
  cityNumbers,
])
  app.route('/', router as never);
app.route('/', operations as never);

await fillCity(store, size);
console.log(
  `${size.cases} cases over a year, ${size.open} open items, ${size.areas} areas\n\n| desk | screen | queries | pages | KB | |\n| --- | --- | ---: | ---: | ---: | --- |`,
);
let failed = 0;
for (const [desk, screen, claims, path, body] of SCREENS) {
  Object.assign(counted, { queries: 0, pages: 0 });
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await app.request(path, init, { event });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  const kilobytes = Buffer.byteLength(text) / 1024;
  const holds = counted.queries <= GOAL.queries && kilobytes < GOAL.kilobytes;
  if (!holds) failed++;
  console.log(
    `| ${desk} | ${screen} | ${counted.queries} | ${counted.pages} | ${kilobytes.toFixed(0)} | ${holds ? '' : 'over'} |`,
  );
}
console.log(`\ngoal: at most ${GOAL.queries} queries and under ${GOAL.kilobytes} KB; over: ${failed}`);
process.exit(failed > 0 ? 1 : 0);
