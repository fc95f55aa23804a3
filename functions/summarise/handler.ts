import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { summaryMessage } from '../../shared/queues/queue-message.ts';
import { areaMonth } from '../../shared/records/store/case-record.ts';
import { recomputeSummary } from '../../shared/records/views/area-summary.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { log } from '../log.ts';
import { dependencies } from './dependencies.ts';

/**
 * An area's month changed → its summary is recomputed from its cases. A message is sent after its case is written, so
 * one summary covers all messages of a batch about the same area and month.
 */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => {
  const computed = new Set<string>();
  return eachMessage(event, 'summarise', async (body) => {
    const { city, area, month } = parseMessage(summaryMessage, body);
    const key = areaMonth({ city, area, month });
    if (computed.has(key)) return;
    const { cases } = await recomputeSummary(await dependencies(), { city, area, month }, new Date());
    computed.add(key);
    log('info', 'summary computed', { city, area, month, cases });
  });
};
