import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, shaped } from '../each-message.ts';
import { dependencies } from './dependencies.ts';
import { inboxMessage } from './inbox-message.ts';
import { takeAgain, takeIn, takeUp } from './take-in.ts';

/** An object in the inbox → every packet of it decided, recorded and answered. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'intake', async (body) => {
    const message = shaped(inboxMessage, body);
    const desk = await dependencies();
    if (message.kind === 'upload') return takeUp(desk, message.upload_id);
    if (message.kind === 'scanned') return takeAgain(desk, message.packet_id);
    for (const object of message.objects) await takeIn(desk, object);
  });
