import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { summaryMessage } from '../../shared/messages/queue-message.ts';
import { recomputeSummary } from '../../shared/records/area-summary.ts';
import { eachMessage, shaped } from '../each-message.ts';
import { log } from '../log.ts';
import { dependencies } from './dependencies.ts';

/** An area's month changed → its summary is made again from its cases, never incremented. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'summarise', async (body) => {
    const { city, area, month } = shaped(summaryMessage, body);
    const { cases } = await recomputeSummary(await dependencies(), { city, area, month }, new Date());
    log('info', 'summary made', { city, area, month, cases });
  });
