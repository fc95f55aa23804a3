import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { packetMessage } from '../../shared/queues/queue-message.ts';
import { openReview } from '../../shared/records/views/open-review.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { log } from '../log.ts';
import { dependencies } from './dependencies.ts';

/** A packet the 包括 must review → one item on the queue of its area, by due date. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'review', async (body) => {
    const { packet_id } = parseMessage(packetMessage, body);
    const item = await openReview(await dependencies(), packet_id);
    log('info', 'review opened', { packet_id, city: item?.city, area: item?.area });
  });
