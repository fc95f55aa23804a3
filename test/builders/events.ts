import { packetKeys, uploadKeys } from '../../shared/records/events/event-keys.ts';
import type { PacketDecided } from '../../shared/records/events/packet-events.ts';
import type { UploadReceived } from '../../shared/records/events/upload-events.ts';
import { atPacket } from './position.ts';

export const aReceived = (over: Partial<UploadReceived> = {}): UploadReceived => ({
  ...uploadKeys.received(over.upload_id ?? 'R1'),
  at: '2026-06-01T00:00:00.000Z',
  upload_id: 'R1',
  name: 'a.zip',
  sender: { kind: 'office', office: '0870100013' },
  key: 'uploads/R1/upload',
  etag: 'e',
  size: 3,
  ...over,
});

export const aDecided = (over: Partial<PacketDecided> = {}): PacketDecided => ({
  ...packetKeys.decided(over.packet_id ?? 'p1', over.run ?? 1),
  at: '2026-06-12T00:00:00.000Z',
  packet_id: 'p1',
  upload_id: 'R1',
  position: atPacket(1),
  run_id: 'run-1',
  run: 1,
  edition: 'e1',
  packet: '0000000101_2024-06',
  digest: 'd1',
  city: 'mito',
  area: 'area-1',
  office: '0870100013',
  sender: { kind: 'office', office: '0870100013' },
  owner: '0870100013',
  person: 'person-1',
  month: '2024-06',
  event: 'continuing',
  decision: 'accept',
  received_at: '2026-06-01T00:00:00.000Z',
  review_due: null,
  verdict_key: 'verdicts/p1/0',
  verdict_digest: 'verdicts/p1/0',
  asks: [],
  ...over,
});
