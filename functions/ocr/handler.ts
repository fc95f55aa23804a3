import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { packetMessage } from '../../shared/queues/queue-message.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { dependencies } from './dependencies.ts';
import { readPictures } from './read-pictures.ts';

/** A packet with unread pages → their texts, stored by the digest of the file, and a message that returns the packet to the intake. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'ocr', async (body) => {
    const { packet_id } = parseMessage(packetMessage, body);
    await readPictures(await dependencies(), packet_id);
  });
