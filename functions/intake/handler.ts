import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { eachMessage, shaped } from '../each-message.ts';
import { dependencies } from './dependencies.ts';
import { inboxMessage } from './inbox-message.ts';
import { take } from './receive-upload.ts';

/** An object in the inbox → every packet of it decided, recorded and answered. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'intake', async (body) => {
    const message = shaped(inboxMessage, body);
    await take(await dependencies(), message);
  });
