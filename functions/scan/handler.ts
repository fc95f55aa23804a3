import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { packetMessage } from '../../shared/messages/queue-message.ts';
import { append, packetStream } from '../../shared/records/event-log.ts';
import { readDecision } from '../../shared/records/record-packet.ts';
import { eachMessage, shaped } from '../each-message.ts';
import { log } from '../log.ts';
import { dependencies } from './dependencies.ts';

/**
 * A packet with pages nobody has read yet. Until a reader of images stands here, the packet is marked as waiting for eyes:
 * the decision already carries a finding that names the file, and the 包括 sees the image beside it.
 */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'scan', async (body) => {
    const { packet_id } = shaped(packetMessage, body);
    const records = await dependencies();
    const decided = await readDecision(records, packet_id);
    if (!decided) throw new Error(`no decision for packet ${packet_id}`);
    const { documents } = await records.outbox.readVerdict(decided);
    const count = documents.filter((document) => document.read_by === 'none').length;
    await append(records.store, {
      stream: packetStream(packet_id),
      seq: '4#scan',
      type: 'scan.waiting',
      at: records.now().toISOString(),
    });
    log('info', 'scan waits for a person', { packet_id, count });
  });
