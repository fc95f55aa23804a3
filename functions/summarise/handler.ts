import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { summaryMessage } from '../../shared/queues/queue-message.ts';
import { areaMonth } from '../../shared/records/store/case-record.ts';
import { recomputeSummary } from '../../shared/records/views/area-summary.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { log } from '../log.ts';
import { dependencies } from './dependencies.ts';

/**
 * An area's month changed → its summary is made again from its cases, never incremented. A message is sent after its
 * case is written, so one summary holds what all messages of a batch tell of the same area and month.
 */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> => {
  const made = new Set<string>();
  return eachMessage(event, 'summarise', async (body) => {
    const { city, area, month } = parseMessage(summaryMessage, body);
    const place = areaMonth({ city, area, month });
    if (made.has(place)) return;
    const { cases } = await recomputeSummary(await dependencies(), { city, area, month }, new Date());
    made.add(place);
    log('info', 'summary made', { city, area, month, cases });
  });
};
