import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import { readsWhole } from '../../shared/access/rights.ts';
import { addMonths, monthOf } from '../../shared/calendar/days.ts';
import { japanDate } from '../../shared/calendar/japan-time.ts';
import { type PersonWatch, readWatches } from '../../shared/records/events/read-watches.ts';
import { auditOf } from '../../shared/records/lifecycle/audit.ts';
import { type CaseRecord, rosterOf } from '../../shared/records/store/case-record.ts';
import { personKeyOf } from '../../shared/records/store/person-key.ts';
import { collect } from '../../shared/records/store/record-store.ts';
import { loadRegistry } from '../../shared/records/store/registry-store.ts';
import { type PersonCase, personMonths } from '../../shared/records/views/person-months.ts';
import { type RosterCase, rosterIn } from '../../shared/records/views/roster.ts';
import { nameKey } from '../../shared/text/normalise.ts';
import { auditRead } from './audit-access.ts';
import { requireArea } from './caller.ts';
import { type ApiContext, type Env, PAGE } from './env.ts';
import { body } from './inputs.ts';
import { areaKey, knownCity, noSuch } from './params.ts';

/** A keyed digest of the person's number (records/store/person-key.ts), or the mark of papers without one. */
const PERSON = /^(?:p[A-Za-z0-9_-]{22}|unknown-[A-Za-z0-9._-]{1,100})$/;

const awaitedLine = ({ state, watch, opened, due }: PersonWatch) => ({
  state,
  what: watch.what,
  due,
  month: opened.month,
  citation: watch.citation,
  rule: watch.rule,
});

async function casesOf({ var: { deps } }: ApiContext, city: string, person: string): Promise<PersonCase[]> {
  const found = await collect(deps.store.index<PersonCase>('cases', 'person', `${city}#${person}`));
  return found.filter(({ superseded, erased }) => !superseded && !erased);
}

/** By number in the whole city, by name in one area. In the body: an address is written to logs. */
const search = z.union([
  z.strictObject({ city: z.string(), number: z.string().regex(/^\d{10}$/) }),
  z.strictObject({ city: z.string(), area: z.string(), name: z.string().trim().min(1).max(50) }),
]);

function acceptSearch(raw: unknown): z.output<typeof search> {
  const input = search.safeParse(raw);
  if (input.success) return input.data;
  throw new HTTPException(400, {
    message: '被保険者番号 (number) は10桁で、氏名 (name) は圏域 (area) とともに指定してください。',
  });
}

/** Months in which a person is found by name. */
const SEARCHED_MONTHS = 12;

async function byNumber(c: ApiContext, city: string, number: string) {
  const { deps, caller } = c.var;
  requireArea(caller, city, caller.areas[0] ?? '_');
  const registry = await loadRegistry(deps.store, city);
  const personKey = await personKeyOf(deps.store);
  const found: PersonFound[] = [];
  for (const insurer of [...(registry?.insurer_numbers ?? []), city]) {
    const person = personKey(insurer, number);
    const cases = (await casesOf(c, city, person)).filter((one) => readsWhole(caller, one));
    const last = cases.toSorted((a, b) => (a.month > b.month ? -1 : 1))[0];
    if (!last) continue;
    await auditRead(c, auditOf.case({ city, person, month: last.month }));
    found.push({ person, ...personLine(last) });
  }
  return { people: found, total: found.length };
}

interface PersonFound
  extends Pick<CaseRecord, 'area' | 'name' | 'insured_number' | 'month' | 'office' | 'category'> {
  person: string;
}
const personLine = ({
  area,
  name,
  insured_number,
  month,
  office,
  category,
}: Omit<PersonFound, 'person'>) => ({
  area,
  name,
  insured_number,
  month,
  office,
  category,
});

async function byName(c: ApiContext, city: string, area: string, name: string) {
  const { deps, caller } = c.var;
  requireArea(caller, city, area);
  const today = japanDate(deps.now().toISOString());
  const month = monthOf(today);
  await auditRead(c, auditOf.area(city, area, month));
  const range = { from: addMonths(month, -SEARCHED_MONTHS), until: month };
  const cases = await collect(
    deps.store.index<RosterCase>('cases', 'roster', rosterOf({ city, area }), range),
  );
  const wanted = nameKey(name);
  const found = rosterIn(month, cases, [], today).filter((one) => nameKey(one.name ?? '').includes(wanted));
  const shown = found
    .slice(0, PAGE)
    .map(({ person, ...one }) => ({ person, ...personLine({ ...one, area }) }));
  return { people: shown, total: found.length };
}

/** The people in care: one person's months, and the search for a person. */
export const people = new Hono<Env>()
  /**
   * Every month of a person on one line, the newest first, and the papers that are awaited. A 包括 sees the months of its
   * 圏域, and how many others there are.
   */
  .get('/people/:city/:person', async (c) => {
    const { deps, caller } = c.var;
    const city = knownCity(c.req.param('city'));
    const person = c.req.param('person');
    if (!PERSON.test(person)) return noSuch();
    const found = await casesOf(c, city, person);
    const seen = found.filter((one) => readsWhole(caller, one));
    if (seen.length === 0) {
      // Whether there is such a person is no business of a caller of another area.
      requireArea(caller, city, '_');
      return noSuch();
    }
    for (const month of new Set(seen.map((one) => one.month)))
      await auditRead(c, auditOf.case({ city, person, month }));
    const { watches } = await readWatches(deps.store, { city, person });
    const [newest] = seen.toSorted((a, b) => (a.month > b.month ? -1 : 1));
    return c.json({
      city,
      person,
      name: newest?.name ?? null,
      insured_number: newest?.insured_number ?? null,
      area: newest?.area ?? null,
      months: personMonths(seen),
      hidden: new Set(found.filter((one) => !readsWhole(caller, one)).map((one) => one.month)).size,
      awaited: watches.filter(({ opened }) => readsWhole(caller, opened)).map(awaitedLine),
    });
  })
  /** Finds people by their insured number or their name: those the caller may see, `PAGE` at most. */
  .post('/people/search', body(search, acceptSearch), async (c) => {
    const input = c.req.valid('json');
    const city = knownCity(input.city);
    if ('number' in input) return c.json(await byNumber(c, city, input.number));
    return c.json(await byName(c, city, areaKey(input.area), input.name));
  });
