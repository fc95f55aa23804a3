import { afterEach, beforeEach, expect, it } from 'vitest';
import { OPERATOR } from '../../../../shared/access/sender.ts';
import { uploadKeys } from '../../../../shared/records/events/event-keys.ts';
import { append } from '../../../../shared/records/events/event-log.ts';
import { readDecision } from '../../../../shared/records/events/read-packet.ts';
import { recordPacket } from '../../../../shared/records/steps/record-packet.ts';
import { restoreDecision } from '../../../../shared/records/steps/restore-decision.ts';
import { aFinding, aVerdict } from '../../../builders/a-verdict.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeEach(async () => {
  records = await testRecords();
});
afterEach(() => records.stop());

const UPLOAD = { upload_id: 'R1', received_at: '2026-06-01T00:00:00.000Z', sender: OPERATOR };
const returned = aVerdict({ decision: 'return', findings: [aFinding()] });

it.each([
  ['asks for what the decision before it has not sent', false, ['case', 'rivals', 'review', 'notice']],
  ['leaves what the decision before it has sent', true, ['case', 'review', 'notice']],
])('a restored decision that differs %s', async (_, isAnswered, asks) => {
  const { decided } = await recordPacket(records, UPLOAD, atPacket(1), aVerdict());
  const answer = { position: atPacket(1), packet: 'p', packet_id: 'p1', outcome: 'decided' } as const;
  if (isAnswered)
    await append(records.store, { ...uploadKeys.answered('R1', atPacket(1)), at: decided.at, ...answer });
  expect(await restoreDecision(records, [decided], decided, returned)).toBe('differs');
  expect(await readDecision(records, 'p1')).toMatchObject({ run: 2, decision: 'review', asks });
});
