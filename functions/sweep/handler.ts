import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sweepMessage } from '../../shared/messages/queue-message.ts';
import { sweepOverdue, sweepUnsent } from '../../shared/records/sweep.ts';
import { eachMessage, shaped } from '../each-message.ts';
import { log } from '../log.ts';
import { dependencies } from './dependencies.ts';

/** What was left unsent is sent, what is stuck is started again, and summaries learn what became overdue over night. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'sweep', async (body) => {
    const { older_than_minutes } = shaped(sweepMessage, body);
    const desk = await dependencies();
    const minutes = older_than_minutes ?? desk.stuckAfterMinutes;
    const before = new Date(desk.now().getTime() - minutes * 60_000);
    const { settled, failed } = await sweepUnsent(desk, before);
    const overdue = await sweepOverdue(desk);
    log(failed ? 'warn' : 'info', 'swept', { count: settled + overdue, failed });
    if (failed) throw new Error(`${failed} could not be settled`);
  });
