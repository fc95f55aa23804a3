import { expect, expectTypeOf, it } from 'vitest';
import { OPERATOR } from '../../../../shared/access/sender.ts';
import type { CaseWithdrawn } from '../../../../shared/records/events/case-events.ts';
import {
  type EventOf,
  isEvent,
  type RecordEvent,
  type UnsentEvent,
  unknownEvent,
} from '../../../../shared/records/events/event.ts';
import { digestKey, failureKey, uploadKeys } from '../../../../shared/records/events/event-keys.ts';
import type { PacketDecided } from '../../../../shared/records/events/packet-events.ts';
import type {
  ReviewAdvised,
  ReviewAnswered,
  ReviewClosed,
  ReviewFileRemoved,
  ReviewReceived,
} from '../../../../shared/records/events/review-events.ts';
import type { UploadRedacted } from '../../../../shared/records/events/upload-events.ts';
import type { WatchRaised } from '../../../../shared/records/events/watch-events.ts';
import { settle } from '../../../../shared/records/steps/settle.ts';

const at = '2026-06-12T00:00:00Z';
const events: RecordEvent[] = [
  { ...digestKey('d', OPERATOR), at, upload_id: 'R1' },
  { ...failureKey('m1'), at, message_id: 'm1', stage: 'intake', code: 'TypeError', tries: 1 },
  { ...uploadKeys.opened('R1'), at, entries: 3 },
];

it('is narrowed by its type', () => {
  const opened = events.filter(isEvent('upload.opened'));
  expectTypeOf(opened).toEqualTypeOf<EventOf<'upload.opened'>[]>();
  expect(opened.map(({ entries }) => entries)).toEqual([3]);
  expect(events.filter(isEvent('upload.opened', 'digest.first'))).toHaveLength(2);
});

it('is settled for every type that has an outbox', () => {
  expectTypeOf<UnsentEvent>().toEqualTypeOf<
    | UploadRedacted
    | PacketDecided
    | ReviewAnswered
    | ReviewReceived
    | ReviewAdvised
    | ReviewFileRemoved
    | ReviewClosed
    | WatchRaised
    | CaseWithdrawn
  >();
  expectTypeOf(settle).parameter(1).toEqualTypeOf<UnsentEvent>();
});

it('carries no type of its own twice', () => {
  expectTypeOf<EventOf<'packet.decided'>>().toEqualTypeOf<PacketDecided>();
  // @ts-expect-error: the key is of another type of event
  const wrong: EventOf<'upload.opened'> = { ...uploadKeys.finished('R1'), at, entries: 1 };
  expect(wrong.type).toBe('upload.finished');
});

it('fails where the log holds an event of a later program', () => {
  // @ts-expect-error: no event of this type is known
  expect(() => unknownEvent({ type: 'upload.renamed' })).toThrow('upload.renamed');
});
