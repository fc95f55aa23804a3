import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { sweepMessage } from '../../shared/queues/queue-message.ts';
import { checkOpenUploads } from '../../shared/records/recovery/check-open-uploads.ts';
import { sweepOverdue, sweepUnsent } from '../../shared/records/recovery/sweep.ts';
import { sweepWatches } from '../../shared/records/recovery/sweep-watches.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { errorCode, log } from '../log.ts';
import { dependencies } from './dependencies.ts';
import { tellWhatWaits } from './tell-what-waits.ts';

/** Sends unsent messages, requeues stuck steps, raises papers that are overdue, and requests summaries whose reviews became overdue. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'sweep', async (body) => {
    const { older_than_minutes } = parseMessage(sweepMessage, body);
    const deps = await dependencies();
    const minutes = older_than_minutes ?? deps.stuckAfterMinutes;
    const before = new Date(deps.now().getTime() - minutes * 60_000);
    const unsent = await sweepUnsent(deps, before);
    const open = await checkOpenUploads(deps, deps.deadlines, deps, before.toISOString());
    const watches = await sweepWatches(deps);
    const overdue = await sweepOverdue(deps);
    const mails = await tellWhatWaits(deps);
    for (const { upload_id, step, minutes } of open.stuck)
      log('warn', 'stuck upload', { upload_id, code: step, ms: minutes * 60_000 });
    for (const { city, month } of open.erasures) log('warn', 'stuck erasure', { city, month });
    // The alarm counts this line (infra/constructs/operations.ts).
    const stuck = open.stuck.length + open.erasures.length;
    if (stuck > 0) log('warn', 'stuck', { count: stuck });
    const errors = [...unsent.errors, ...open.errors, ...watches.errors, ...mails.errors];
    for (const error of errors) log('error', 'sweep step failed', { code: errorCode(error) });
    const failed = errors.length;
    log(failed ? 'warn' : 'info', 'swept', {
      count: unsent.settled + open.closed + open.requeued + watches.raised + overdue + mails.told,
      failed,
    });
    if (failed) throw new Error(`${failed} could not be settled`);
  });
