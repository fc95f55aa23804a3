import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendar } from '../../../functions/api/calendar.ts';
import { callerOf } from '../../../functions/api/caller.ts';
import { cityNumbers } from '../../../functions/api/city-numbers.ts';
import { cityRules } from '../../../functions/api/city-rules.ts';
import type { ApiDependencies } from '../../../functions/api/dependencies.ts';
import type { Env } from '../../../functions/api/env.ts';
import { people } from '../../../functions/api/people.ts';
import { registries } from '../../../functions/api/registries.ts';
import { review } from '../../../functions/api/review.ts';
import { reviewDetail } from '../../../functions/api/review-detail.ts';
import { reviewQueue } from '../../../functions/api/review-queue.ts';
import { roster } from '../../../functions/api/roster.ts';
import { samples } from '../../../functions/api/samples.ts';
import { append } from '../../../shared/records/events/event-log.ts';
import { recordCase } from '../../../shared/records/steps/record-case.ts';
import { openReview } from '../../../shared/records/views/open-review.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';
import { aDecided } from '../../builders/events.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { cityClaims, hokatsuClaims, OPERATOR_CLAIMS, officeClaims } from '../../harness/sign-in.ts';

/* Every route of the 包括 and of the city, and every act of a review, by every role. */

const ROUTERS = [
  review,
  reviewDetail,
  reviewQueue,
  roster,
  calendar,
  samples,
  people,
  registries,
  cityRules,
  cityNumbers,
];

const decided = aDecided({ decision: 'review', review_due: '2026-06-26', person: 'unknown-1' });
const { city, area, owner, packet_id, person, month } = decided;

const ROLES = {
  office: officeClaims(owner),
  包括: hokatsuClaims(city, area),
  'another 包括': hokatsuClaims(city, 'area-9'),
  'a 包括 of another city': hokatsuClaims('iwaki', area),
  city: cityClaims(city),
  'another city': cityClaims('iwaki'),
  operator: OPERATOR_CLAIMS,
  'no role': {},
};
type Role = keyof typeof ROLES;

const REVIEWERS: Role[] = ['包括', 'operator'];
const READERS: Role[] = ['包括', 'city', 'operator'];
const CITY: Role[] = ['city', 'operator'];

const item = `/review/${packet_id}`;
const day = { document: 'shien_keikakusho_final', on: '2026-06-01' };
const advised = { decision: 'advised', reason: '目標を具体的に書いてください。' };
const waiver = {
  rule: 'X',
  office: null,
  from: '2026-06-01',
  until: '2026-06-30',
  approver: 'a',
  reason: 'b',
};

/** Route → an address of it, what is sent, and who may. */
const TABLE: Record<string, { path: string; body?: object; may: Role[] }> = {
  'POST /review/:id/claim': { path: `${item}/claim`, body: {}, may: REVIEWERS },
  'POST /review/:id/release': { path: `${item}/release`, body: {}, may: REVIEWERS },
  'POST /review/:id/hand-over': { path: `${item}/hand-over`, body: { to: 'x' }, may: REVIEWERS },
  'POST /review/:id/set-aside': { path: `${item}/set-aside`, body: { until: null }, may: REVIEWERS },
  'POST /review/:id/tick': { path: `${item}/tick`, body: { line: 'R q', answer: 'yes' }, may: REVIEWERS },
  'POST /review/:id/answer': {
    path: `${item}/answer`,
    body: { answers: [{ kind: 'finding', key: '0'.repeat(32), holds: true, remember: false }] },
    may: REVIEWERS,
  },
  'POST /review/:id/received': { path: `${item}/received`, body: day, may: REVIEWERS },
  'POST /review/:id/remove-file': {
    path: `${item}/remove-file`,
    body: { digest: '0'.repeat(64) },
    may: REVIEWERS,
  },
  'POST /review/:id/withdrawal': { path: `${item}/withdrawal`, body: { accept: true }, may: REVIEWERS },
  'POST /review/:id/preview': { path: `${item}/preview`, body: advised, may: REVIEWERS },
  'GET /review/:id': { path: item, may: READERS },
  'GET /review': { path: `/review?city=${city}&area=${area}`, may: READERS },
  'GET /areas/:city/:area/:month/people': { path: `/areas/${city}/${area}/${month}/people`, may: READERS },
  'GET /calendar/:city/:area': { path: `/calendar/${city}/${area}`, may: READERS },
  'GET /samples/:city/:area': { path: `/samples/${city}/${area}`, may: READERS },
  'POST /samples/:city/:area': {
    path: `/samples/${city}/${area}`,
    body: { purpose: 'second_look', month, count: 1 },
    may: READERS,
  },
  'GET /people/:city/:person': { path: `/people/${city}/${person}`, may: READERS },
  'POST /people/search': { path: '/people/search', body: { city, area, name: '見本' }, may: READERS },
  // Everyone gets those of the own city, which may be none.
  'GET /registries': { path: '/registries', may: Object.keys(ROLES) as Role[] },
  'GET /registries/:city': { path: `/registries/${city}`, may: [...READERS, 'another 包括'] },
  'PUT /registries/:city': { path: `/registries/${city}`, body: { city }, may: CITY },
  'POST /registries/:city/preview': { path: `/registries/${city}/preview`, body: { city }, may: CITY },
  'GET /registries/:city/editions': { path: `/registries/${city}/editions`, may: CITY },
  'GET /registries/:city/editions/:edition': { path: `/registries/${city}/editions/x`, may: CITY },
  'GET /cities/:city/rules': { path: `/cities/${city}/rules`, may: CITY },
  'GET /cities/:city/waivers': { path: `/cities/${city}/waivers`, may: CITY },
  'POST /cities/:city/waivers': { path: `/cities/${city}/waivers`, body: waiver, may: CITY },
  'POST /cities/:city/waivers/:id/end': {
    path: `/cities/${city}/waivers/x/end`,
    body: { reason: 'r' },
    may: CITY,
  },
  'GET /cities/:city/trend': { path: `/cities/${city}/trend`, may: CITY },
  'GET /cities/:city/:month': { path: `/cities/${city}/${month}`, may: CITY },
  'GET /cities/:city/:month/csv': { path: `/cities/${city}/${month}/csv`, may: CITY },
  'GET /cities/:city/:month/list': { path: `/cities/${city}/${month}/list?of=cases&key=all`, may: CITY },
  // Last: it ends the review.
  'POST /review/:id/close': { path: `${item}/close`, body: advised, may: REVIEWERS },
};

let records: TestRecords;
const app = new Hono<Env>();
beforeAll(async () => {
  records = await testRecords();
  const verdict = aVerdict({ decision: 'review', findings: [aFinding()] });
  const one = { ...decided, ...(await records.results.keepVerdict(verdict)) };
  await append(records.store, one);
  await recordCase(records, one);
  await openReview(records, packet_id);
  app.onError((error, c) => c.text(error.message, error instanceof HTTPException ? error.status : 500));
  app.use(async (c, next) => {
    c.set('caller', callerOf(c.env.event));
    c.set('deps', { ...records, claimHours: 4 } as unknown as ApiDependencies);
    await next();
  });
  for (const router of ROUTERS) app.route('/', router);
});
afterAll(() => records.stop());

async function statusOf(route: string, role: Role): Promise<number> {
  const { path, body } = TABLE[route]!;
  const claims = { sub: role, ...ROLES[role] };
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const [method] = route.split(' ');
  const init = body ? { method: method!, body: JSON.stringify(body) } : { method: method! };
  return (await app.request(path, init, { event })).status;
}

describe('rights', () => {
  it('have a row for every route', () => {
    const routes = ROUTERS.flatMap((router) =>
      router.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    );
    expect([...new Set(routes)].sort()).toEqual(Object.keys(TABLE).sort());
  });

  it.each(Object.keys(TABLE))('%s', async (route) => {
    const roles = Object.keys(ROLES) as Role[];
    const found: Role[] = [];
    for (const role of roles) {
      const status = await statusOf(route, role);
      expect(status, `${role}: ${route}`).toBeLessThan(500);
      if (status !== 403) found.push(role);
    }
    expect(found.sort()).toEqual(TABLE[route]!.may.toSorted());
  });
});
