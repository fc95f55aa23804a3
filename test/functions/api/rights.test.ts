import { S3Client } from '@aws-sdk/client-s3';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { announceRoute } from '../../../functions/api/announce-upload.ts';
import { app as api } from '../../../functions/api/app.ts';
import { areas } from '../../../functions/api/areas.ts';
import { calendar } from '../../../functions/api/calendar.ts';
import { callerOf } from '../../../functions/api/caller.ts';
import { cityNumbers } from '../../../functions/api/city-numbers.ts';
import { cityRules } from '../../../functions/api/city-rules.ts';
import { correction } from '../../../functions/api/correction.ts';
import { cover } from '../../../functions/api/cover.ts';
import type { ApiDependencies } from '../../../functions/api/dependencies.ts';
import { documents } from '../../../functions/api/documents.ts';
import type { Env } from '../../../functions/api/env.ts';
import { guide } from '../../../functions/api/guide.ts';
import { letters } from '../../../functions/api/letters.ts';
import { monthBefore } from '../../../functions/api/month-before.ts';
import { notices } from '../../../functions/api/notices.ts';
import { ownPackets } from '../../../functions/api/own-packets.ts';
import { packets } from '../../../functions/api/packets.ts';
import { people } from '../../../functions/api/people.ts';
import { registries } from '../../../functions/api/registries.ts';
import { replays } from '../../../functions/api/replays.ts';
import { review } from '../../../functions/api/review.ts';
import { reviewDetail } from '../../../functions/api/review-detail.ts';
import { reviewQueue } from '../../../functions/api/review-queue.ts';
import { roster } from '../../../functions/api/roster.ts';
import { samples } from '../../../functions/api/samples.ts';
import { uploads } from '../../../functions/api/uploads.ts';
import { app as check } from '../../../functions/check/app.ts';
import { app as operate, operations } from '../../../functions/operate/app.ts';
import type { Sender } from '../../../shared/access/sender.ts';
import { append } from '../../../shared/records/events/event-log.ts';
import { recordCase } from '../../../shared/records/steps/record-case.ts';
import { lettersOf } from '../../../shared/records/views/letter.ts';
import { openReview } from '../../../shared/records/views/open-review.ts';
import { putPacketLine } from '../../../shared/records/views/packet-line.ts';
import { putUploadLine } from '../../../shared/records/views/upload-line.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';
import { aDecided, aReceived } from '../../builders/events.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { cityClaims, hokatsuClaims, OPERATOR_CLAIMS, officeClaims } from '../../harness/sign-in.ts';

/* Every route of the API by every role. */

const ROUTERS = [
  announceRoute,
  uploads,
  ownPackets,
  packets,
  correction,
  cover,
  monthBefore,
  documents,
  notices,
  letters,
  guide,
  areas,
  replays,
  operations,
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

const OWNERS: Role[] = ['office', 'operator'];
const PACKET: Role[] = ['office', ...READERS];
const EVERYONE = Object.keys(ROLES) as Role[];
/** Whoever has a list of what he sent. */
const SENDERS = EVERYONE.filter((role) => role !== 'no role');
const packet = `/packets/${packet_id}`;
const lenient = { yaml: 'x' };

/**
 * Route → an address of it, what is sent, and who may. `stored`: who may comes to an object that is not stored here, and the
 * request fails there.
 */
const TABLE: Record<string, { path: string; body?: object; may: Role[]; stored?: true }> = {
  'POST /uploads': { path: '/uploads', body: { name: 'a.zip' }, may: SENDERS },
  'GET /uploads': { path: '/uploads', may: SENDERS },
  'GET /uploads/:id': { path: '/uploads/R1', may: OWNERS },
  'GET /packets': { path: '/packets', may: SENDERS },
  'GET /packets/table': { path: '/packets/table', may: SENDERS },
  'GET /packets/:id': { path: packet, may: PACKET },
  'GET /packets/:id/cover': { path: `${packet}/cover`, may: OWNERS, stored: true },
  'GET /rules/:city/:rule': { path: `/rules/${city}/MIT-R12`, may: EVERYONE },
  'GET /packets/:id/changes': { path: `${packet}/changes`, may: PACKET },
  'GET /packets/:id/before': { path: `${packet}/before`, may: PACKET },
  'GET /packets/:id/trail': { path: `${packet}/trail`, may: CITY },
  'GET /packets/:id/files': { path: `${packet}/files`, may: PACKET, stored: true },
  'GET /packets/:id/files/:file': { path: `${packet}/files/1`, may: PACKET, stored: true },
  'GET /packets/:id/files/:file/rows': { path: `${packet}/files/1/rows`, may: PACKET, stored: true },
  'GET /packets/:id/files/:file/page': { path: `${packet}/files/1/page`, may: PACKET, stored: true },
  'GET /packets/:id/correction': { path: `${packet}/correction`, may: OWNERS, stored: true },
  'GET /notices/:id': { path: `/notices/${packet_id}`, may: PACKET, stored: true },
  'GET /letters': { path: '/letters', may: SENDERS },
  'GET /guide/:city': { path: `/guide/${city}`, may: EVERYONE },
  'POST /cover-sheets': { path: '/cover-sheets', body: { covers: [] }, may: EVERYONE },
  'GET /areas/:city/:area/:month': { path: `/areas/${city}/${area}/${month}`, may: READERS },
  'GET /cities/:city/profile': { path: `/cities/${city}/profile`, may: CITY },
  'POST /cities/:city/profile/changes': { path: `/cities/${city}/profile/changes`, body: lenient, may: CITY },
  'GET /cities/:city/replays': { path: `/cities/${city}/replays`, may: CITY },
  'POST /cities/:city/replays': {
    path: `/cities/${city}/replays`,
    body: { ...lenient, from: month, until: month },
    may: CITY,
  },
  'GET /cities/:city/replays/:id': { path: `/cities/${city}/replays/P1`, may: CITY },
  'GET /cities/:city/replays/:id/profile': { path: `/cities/${city}/replays/P1/profile`, may: CITY },
  'POST /cities/:city/replays/:id/stop': { path: `/cities/${city}/replays/P1/stop`, body: {}, may: CITY },
  'GET /operations/health': { path: `/operations/health?city=${city}`, may: CITY },
  'GET /operations/uploads': { path: `/operations/uploads?city=${city}`, may: CITY },
  'GET /operations/dead-letters': { path: '/operations/dead-letters', may: ['operator'] },
  'POST /operations/dead-letters/redrive': {
    path: '/operations/dead-letters/redrive',
    body: { target: 'all' },
    may: ['operator'],
  },
  'POST /operations/uploads/:id/retry': {
    path: '/operations/uploads/R1/retry',
    body: {},
    may: ['operator'],
  },
  'POST /operations/uploads/:id/give-up': {
    path: '/operations/uploads/R9/give-up',
    body: {},
    may: ['operator'],
  },
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
  'GET /registries/:city/tables/:list': { path: `/registries/${city}/tables/offices`, may: CITY },
  'POST /registries/:city/from-table': {
    path: `/registries/${city}/from-table`,
    body: { csv: 'x' },
    may: CITY,
  },
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
  // Last: they end the review, and the packet.
  'POST /review/:id/close': { path: `${item}/close`, body: advised, may: REVIEWERS },
  'POST /packets/:id/withdraw': { path: `${packet}/withdraw`, body: { reason: 'r' }, may: OWNERS },
};

/** Answered before any role is known, or by a function of its own with a test of its own. */
const ELSEWHERE = ['GET /session', 'GET /', 'GET /web/:file', 'POST /checks'];

const s3 = new S3Client({ region: 'x', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
/** What the routes need besides the records. */
const STUBS = {
  claimHours: 4,
  inbox: 'inbox',
  uploads: { public: s3, closed: s3 },
  maxUploadBytes: 1,
  uploadAddressSeconds: 60,
  backlog: { tryAdmit: async () => true },
};
/** The queues of the stages, for who operates the desk. */
const OPERATE_STUBS = { queues: [], lastBackup: async () => null };

let records: TestRecords;
const app = new Hono<Env>();
beforeAll(async () => {
  records = await testRecords();
  const verdict = aVerdict({ decision: 'review', findings: [aFinding()] });
  const one = { ...decided, ...(await records.results.keepVerdict(verdict)) };
  await append(records.store, one);
  await append(records.store, aReceived({ upload_id: one.upload_id }));
  await records.store.put('notices', {
    notice_id: packet_id,
    packet_id,
    kind: 'notice',
    key: 'k',
  });
  await recordCase(records, one);
  await openReview(records, packet_id);
  app.onError((error, c) => c.text(error.message, error instanceof HTTPException ? error.status : 500));
  app.use(async (c, next) => {
    c.set('caller', callerOf(c.env.event));
    const stubs = c.req.path.startsWith('/operations/') ? OPERATE_STUBS : STUBS;
    c.set('deps', { ...records, ...stubs } as unknown as ApiDependencies);
    await next();
  });
  for (const router of ROUTERS) app.route('/', router as Hono<Env>);
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
    const routes = [api, check, operate].flatMap((one) =>
      one.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    );
    expect([...new Set(routes)].sort()).toEqual([...Object.keys(TABLE), ...ELSEWHERE].sort());
  });

  it.each(Object.keys(TABLE))('%s', async (route) => {
    const roles = Object.keys(ROLES) as Role[];
    const found: Role[] = [];
    for (const role of roles) {
      const status = await statusOf(route, role);
      if (!TABLE[route]!.stored) expect(status, `${role}: ${route}`).toBeLessThan(500);
      if (status !== 403) found.push(role);
    }
    expect(found.sort()).toEqual(TABLE[route]!.may.toSorted());
  });

  it('list the letters of reviewers to their office and the operator, whatever office is named', async () => {
    await records.store.put('notices', {
      ...{ notice_id: 'L1', packet_id, kind: 'advice', office: lettersOf(owner), at: '2026-06-01T00:00:00Z' },
      ...{ title: '助言', month, upload_id: 'R1', text_key: 't', json_key: 'j' },
    });
    const readers: Role[] = [];
    for (const role of EVERYONE) {
      const event = { requestContext: { authorizer: { jwt: { claims: { sub: role, ...ROLES[role] } } } } };
      const answer = await app.request(`/letters?office=${owner}`, {}, { event });
      if ((await answer.text()).includes('L1')) readers.push(role);
    }
    expect(readers).toEqual(OWNERS);
  });

  it('list what a 包括 of two areas sent to those who have both, though the list is that of the first', async () => {
    const sender: Sender = { kind: 'hokatsu', office: null, city, areas: [area, 'area-8'] };
    const upload = aReceived({ upload_id: 'R-two-areas', sender });
    await putUploadLine(records.store, upload, 'received');
    const verdict = aVerdict({ packet: 'two-areas' });
    await putPacketLine(records.store, upload, { packet: 1, part: 0 }, { ...decided, sender }, verdict, null);
    const lists = async (...areas: string[]): Promise<boolean[]> => {
      const claims = { sub: 'x', ...hokatsuClaims(city, ...areas) };
      const event = { requestContext: { authorizer: { jwt: { claims } } } };
      return Promise.all(
        ['/uploads', '/packets', '/packets/table'].map(async (path) =>
          (await (await app.request(path, {}, { event })).text()).includes('two-areas'),
        ),
      );
    };
    expect(await lists(area, 'area-8')).toEqual([true, true, true]);
    expect(await lists(area)).toEqual([false, false, false]);
  });
});
