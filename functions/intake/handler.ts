import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, parseMessage } from '../each-message.ts';
import { dependencies } from './dependencies.ts';
import { inboxMessage } from './inbox-message.ts';
import { handleMessage } from './receive-upload.ts';

/** An object in the inbox → every packet of it decided, recorded and answered. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'intake', async (body) => {
    const message = parseMessage(inboxMessage, body);
    await handleMessage(await dependencies(), message);
  });
