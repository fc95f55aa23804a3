import { expect, it } from 'vitest';
import {
  caseKeys,
  type EventKey,
  type EventRange,
  objectKeys,
  ocrKeys,
  packetKeys,
  retentionKeys,
  retentionStream,
  uploadIdOf,
  uploadKeys,
  uploadStream,
} from '../../../../shared/records/events/event-keys.ts';

const CASE = { city: 'mito', person: 'p1', month: '2024-06' };
const CHAIN = { event: 'continuing', owner: '0870100013' };
const FIRST = { packet: 1, part: 0 };
const isIn = (key: EventKey, range: EventRange): boolean =>
  key.stream === range.stream && key.seq.startsWith(range.begins ?? '') && range.types.includes(key.type);

it('keeps the events of an upload in the order they happen', () => {
  const keys = [
    uploadKeys.announced('R1'),
    uploadKeys.received('R1'),
    uploadKeys.redacted('R1', [3]),
    uploadKeys.answered('R1', FIRST),
    uploadKeys.answered('R1', { packet: 1, part: 1 }),
    uploadKeys.answered('R1', { packet: 2, part: 0 }),
    uploadKeys.finished('R1'),
    uploadKeys.receipt('R1'),
  ].map(({ seq }) => seq);
  expect(keys.toSorted()).toEqual(keys);
  expect(new Set(keys).size).toBe(keys.length);
});

it('returns in each range its events, and no other of the stream', () => {
  expect(isIn(uploadKeys.answered('R1', FIRST), uploadKeys.everyAnswered('R1'))).toBe(true);
  expect(isIn(uploadKeys.finished('R1'), uploadKeys.everyAnswered('R1'))).toBe(false);
  expect(isIn(uploadKeys.redacted('R1', [2, 7]), uploadKeys.everyRedacted('R1'))).toBe(true);
  expect(isIn(uploadKeys.received('R1'), uploadKeys.everyRedacted('R1'))).toBe(false);
  expect(isIn(packetKeys.decided('p', 2), packetKeys.everyDecided('p'))).toBe(true);
  expect(isIn(packetKeys.review('p', 2), packetKeys.everyDecided('p'))).toBe(false);
  expect(isIn(packetKeys.shown('p', 'R2', FIRST), packetKeys.everyShown('p'))).toBe(true);
  expect(isIn(caseKeys.version(CASE, CHAIN, 1, 1), caseKeys.versionsOf(CASE, CHAIN))).toBe(true);
  expect(
    isIn(caseKeys.version(CASE, { ...CHAIN, event: 'plan_renewed' }, 1, 1), caseKeys.versionsOf(CASE, CHAIN)),
  ).toBe(false);
  const others = { ...CHAIN, owner: '0870100028' };
  expect(isIn(caseKeys.version(CASE, others, 1, 1), caseKeys.versionsOf(CASE, CHAIN))).toBe(false);
  expect(
    isIn(caseKeys.version(CASE, { ...CHAIN, event: 'plan_renewed' }, 1, 1), caseKeys.everyVersion(CASE)),
  ).toBe(true);
  expect(isIn(ocrKeys.used('d', 'p'), ocrKeys.every('d'))).toBe(true);
  expect(isIn(objectKeys.copied('k', 'v'), objectKeys.everyVersion('k'))).toBe(true);
  expect(isIn(objectKeys.copying('k', 'd'), objectKeys.everyVersion('k'))).toBe(false);
});

it('sorts a further run after the first, and before the next version', () => {
  expect(packetKeys.decided('p', 1).seq).toBe('1#decided');
  expect(packetKeys.decided('p', 2).seq).toBe('1#decided#0002');
  expect(packetKeys.notice('p', 2).seq).toBe('3#notice#0002');
  expect(packetKeys.review('p', 2).seq).toBe('2#review#0002');
  const versions = [
    caseKeys.version(CASE, CHAIN, 1, 1),
    caseKeys.version(CASE, CHAIN, 1, 2),
    caseKeys.version(CASE, CHAIN, 2, 1),
  ].map(({ seq }) => seq);
  expect(versions.toSorted()).toEqual(versions);
});

it('returns the upload and the case of a stream', () => {
  expect(uploadIdOf(uploadStream('R20260612-7K3F9QXT'))).toBe('R20260612-7K3F9QXT');
  expect(retentionKeys.caseOf(retentionStream(CASE))).toEqual(CASE);
  expect(retentionKeys.caseOf(uploadStream('R1'))).toBeNull();
});

it('keeps the key of an object, which may contain a name, out of the log', () => {
  const { stream } = objectKeys.copying('uploads/水戸花子.zip', 'd');
  expect(stream).toMatch(/^object#[0-9a-f]{64}$/);
});
