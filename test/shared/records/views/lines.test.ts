import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPERATOR } from '../../../../shared/access/sender.ts';
import { uploadKeys } from '../../../../shared/records/events/event-keys.ts';
import type { UploadFinished } from '../../../../shared/records/events/upload-events.ts';
import {
  ERASED,
  type PacketLine,
  packetPart,
  putErasedLine,
  putPacketLine,
} from '../../../../shared/records/views/packet-line.ts';
import {
  pointerKey,
  putUploadLine,
  showMalwareResult,
  type UploadLine,
} from '../../../../shared/records/views/upload-line.ts';
import { aFinding, aVerdict } from '../../../builders/a-verdict.ts';
import { aDecided, aReceived } from '../../../builders/events.ts';
import { atPacket } from '../../../builders/position.ts';
import { type TestRecords, testRecords } from '../../../builders/record-context.ts';

let records: TestRecords;
beforeAll(async () => {
  records = await testRecords();
});
afterAll(() => records.stop());

const uploadLine = (upload_id: string) =>
  records.store.get<UploadLine>('submissions', { upload_id, part: 'upload' });
const packetLine = (upload_id: string, position = atPacket(1)) =>
  records.store.get<PacketLine>('submissions', { upload_id, part: packetPart(position) });

it('moves the line of an upload forward only', async () => {
  const upload = aReceived({ upload_id: 'R1' });
  const finished: UploadFinished = {
    ...uploadKeys.finished('R1'),
    at: '2026-06-02T00:00:00.000Z',
    upload_id: 'R1',
    packets: 2,
    repeated: 1,
    digest: 'd',
  };
  await putUploadLine(records.store, upload, 'malware_scan');
  await showMalwareResult(records.store, upload, upload.at);
  expect(await uploadLine('R1')).toMatchObject({ state: 'received', office: '0870100013' });
  await putUploadLine(records.store, upload, 'finished', finished);
  await putUploadLine(records.store, upload, 'received');
  await showMalwareResult(records.store, upload, upload.at);
  expect(await uploadLine('R1')).toMatchObject({ state: 'finished', packets: 2, repeated: 1 });
});

it('shows the last run of a packet, whichever is written last, its most severe finding and how many are no notes', async () => {
  const upload = aReceived({ upload_id: 'R2' });
  const info = aFinding({ severity: 'info', code: 'F_ADVICE_OVERDUE' });
  const error = aFinding({ severity: 'error', code: 'F_CERT_EXPIRED' });
  const second = aVerdict({ decision: 'return', findings: [info, error] });
  await putPacketLine(records.store, upload, atPacket(1), aDecided({ run: 2 }), second, null);
  await putPacketLine(records.store, upload, atPacket(1), aDecided({ run: 1 }), aVerdict(), null);
  expect(await packetLine('R2')).toMatchObject({
    run: 2,
    decision: 'return',
    position: { packet: 1, part: 0 },
    first_finding: { code: 'F_CERT_EXPIRED' },
    findings: 1,
  });
});

it('keeps the decision and the numbers of an erased packet, and no person', async () => {
  const upload = aReceived({ upload_id: 'R3' });
  const verdict = aVerdict();
  await putPacketLine(records.store, upload, atPacket(2), aDecided(), verdict, null);
  await putErasedLine(records.store, upload, {
    ...uploadKeys.answered('R3', atPacket(2)),
    at: upload.at,
    position: atPacket(2),
    packet: ERASED,
    packet_id: 'p1',
    outcome: 'decided',
    erased: { decision: 'accept', ledger: verdict.ledger, office_number: null },
  });
  const line = await packetLine('R3', atPacket(2));
  expect(line).toMatchObject({ packet: ERASED, decision: 'accept', ledger: verdict.ledger });
  expect(JSON.stringify(line)).not.toContain(verdict.insured_number);
});

it('finds an interrupted upload by office, bytes and name, and shows no 個人番号 in it', () => {
  const key = pointerKey({ sender: OPERATOR, digest: 'd', name: 'a.zip' });
  expect(key).toEqual({
    upload_id: expect.stringMatching(/^announced#_unknown#d#[0-9a-f]{16}$/),
    part: 'pointer',
  });
  expect(
    pointerKey({ sender: { kind: 'operator', office: '0870100013' }, digest: 'd', name: 'a.zip' }),
  ).not.toEqual(key);
  expect(pointerKey({ sender: OPERATOR, digest: 'd', name: '見本 花子.zip' }).upload_id).not.toContain(
    '見本',
  );
});
