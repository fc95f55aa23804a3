import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { replayMessage } from '../../shared/queues/queue-message.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { dependencies } from './dependencies.ts';
import { runReplay } from './run-replay.ts';

/** A city asked what edited rules would change → the list of changed verdicts, part by part. Changes no record. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'replay', async (body) => {
    const { city, replay_id } = parseMessage(replayMessage, body);
    await runReplay(await dependencies(), { city, id: replay_id });
  });
