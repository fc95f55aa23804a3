import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callerOf } from '../../../functions/api/caller.ts';
import type { ApiDependencies } from '../../../functions/api/dependencies.ts';
import type { Env } from '../../../functions/api/env.ts';
import { ownPackets } from '../../../functions/api/own-packets.ts';
import { packets } from '../../../functions/api/packets.ts';
import { review } from '../../../functions/api/review.ts';
import { append } from '../../../shared/records/events/event-log.ts';
import type { PacketDecided } from '../../../shared/records/events/packet-events.ts';
import { recordCase } from '../../../shared/records/steps/record-case.ts';
import { recordPacket } from '../../../shared/records/steps/record-packet.ts';
import { readColleagues } from '../../../shared/records/views/colleagues.ts';
import { openReview } from '../../../shared/records/views/open-review.ts';
import { aFinding, aVerdict } from '../../builders/a-verdict.ts';
import { aDecided } from '../../builders/events.ts';
import { atPacket } from '../../builders/position.ts';
import { type TestRecords, testRecords } from '../../builders/record-context.ts';
import { hokatsuClaims, officeClaims } from '../../harness/sign-in.ts';

/* An office asks to withdraw what a reviewer has begun to look at. */

const decided = aDecided({ decision: 'review', review_due: '2026-06-26' });
const { city, area, owner, packet_id } = decided;
const OFFICE = { sub: 'office-1', ...officeClaims(owner) };
const HOKATSU = { sub: 'clerk-1', name: '包括 花子', ...hokatsuClaims(city, area) };
const COLLEAGUE = { ...HOKATSU, sub: 'clerk-2', name: '包括 次郎' };

let records: TestRecords;
let app: Hono<Env>;
beforeEach(async () => {
  records = await testRecords();
  await record(decided);
  app = new Hono<Env>();
  app.onError((error, c) =>
    c.json({ message: error.message }, error instanceof HTTPException ? error.status : 500),
  );
  app.use(async (c, next) => {
    c.set('caller', callerOf(c.env.event));
    c.set('deps', { ...records, claimHours: 4 } as unknown as ApiDependencies);
    await next();
  });
  for (const router of [ownPackets, packets, review]) app.route('/', router);
});
afterEach(() => records.stop());

async function record(of: PacketDecided) {
  const verdict = aVerdict({ decision: 'review', findings: [aFinding()], packet_id: of.packet_id });
  const one = { ...of, ...(await records.results.keepVerdict(verdict)) };
  await append(records.store, one);
  await recordCase(records, one);
  await openReview(records, of.packet_id);
}
/** A further version, after which the first one's review is no longer on the queue. */
const recordNext = (over: Partial<PacketDecided> = {}) =>
  record(
    aDecided({ decision: 'review', review_due: '2026-06-26', packet_id: 'p2', upload_id: 'R2', ...over }),
  );

async function call(claims: object, path: string, body?: object) {
  const event = { requestContext: { authorizer: { jwt: { claims } } } };
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  const response = await app.request(path, init, { event } as never);
  return { status: response.status, body: await response.json() };
}
const ask = () => call(OFFICE, `/packets/${packet_id}/withdraw`, { reason: '別の利用者の書類だった' });
const answer = (claims: object, body: object) => call(claims, `/review/${packet_id}/withdrawal`, body);
const seen = async () => (await call(OFFICE, `/packets/${packet_id}`)).body;

it('is a request once a reviewer has begun, which takes effect when that reviewer accepts it', async () => {
  await call(HOKATSU, `/review/${packet_id}/claim`, {});
  expect(await ask()).toMatchObject({ status: 202, body: { state: 'asked' } });
  expect(await seen()).toMatchObject({
    withdrawn_at: null,
    withdrawal: { reason: '別の利用者の書類だった', refused: null },
  });
  expect(await answer(COLLEAGUE, { accept: true })).toMatchObject({ status: 409 });
  expect(await answer(HOKATSU, { accept: true })).toMatchObject({ status: 200, body: { accepted: true } });
  expect(await seen()).toMatchObject({ withdrawn_at: expect.any(String), review_state: 'withdrawn' });
  // The same bytes again are a packet of their own.
  const later = { upload_id: 'R2', received_at: '2026-06-13T00:00:00.000Z', sender: decided.sender };
  const again = await recordPacket(records, later, atPacket(1), aVerdict({ decision: 'review' }));
  expect(again).toMatchObject({ repeated: false, decided: { upload_id: 'R2', decision: 'review' } });
  expect(again.decided.packet_id).not.toBe(packet_id);
  // An office is no one an item may be handed over to.
  const colleagues = await readColleagues(records.store, city, area);
  expect(colleagues.map(({ subject }) => subject)).toEqual(['clerk-1']);
});

it('is refused with a reason the office reads, and may be asked again', async () => {
  await call(HOKATSU, `/review/${packet_id}/claim`, {});
  await ask();
  expect(await answer(HOKATSU, { accept: false })).toMatchObject({ status: 400 });
  const reason = '内容を電話で確かめています';
  expect(await answer(HOKATSU, { accept: false, reason })).toMatchObject({ status: 200 });
  expect(await seen()).toMatchObject({ withdrawn_at: null, withdrawal: { refused: { reason } } });
  expect(await answer(HOKATSU, { accept: true })).toMatchObject({ status: 409 });
  await ask();
  expect(await seen()).toMatchObject({ withdrawal: { refused: null } });
});

it('needs no one where no review has begun', async () => {
  expect(await ask()).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  expect(await answer(HOKATSU, { accept: true })).toMatchObject({ status: 409 });
});

const askForNext = () => call(OFFICE, '/packets/p2/withdraw', { reason: '別の利用者の書類だった' });

it('is refused where it would take back an earlier version whose review has ended', async () => {
  expect(await call(HOKATSU, `/review/${packet_id}/close`, { decision: 'confirmed' })).toMatchObject({
    status: 200,
  });
  const alone = await ask();
  expect(alone.status).toBe(409);
  await recordNext();
  expect(await askForNext()).toEqual(alone);
});

it('asks the reviewer where the review of an earlier version that goes with it has begun', async () => {
  await call(HOKATSU, `/review/${packet_id}/claim`, {});
  await recordNext();
  expect(await askForNext()).toMatchObject({ status: 202, body: { state: 'asked' } });
});

it('is refused where the reviewer of that version cannot be asked any more', async () => {
  await call(HOKATSU, `/review/${packet_id}/claim`, {});
  await recordNext({ decision: 'accept', review_due: null });
  expect(await askForNext()).toMatchObject({ status: 409 });
});

it('of what a center sent leaves the ended review of the office’s own version alone', async () => {
  await call(HOKATSU, `/review/${packet_id}/close`, { decision: 'confirmed' });
  await recordNext({ sender: { kind: 'office', office: '0800100010' } });
  expect(await askForNext()).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  expect(await seen()).toMatchObject({ withdrawn_at: null, review_state: 'closed' });
});
