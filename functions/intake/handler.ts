import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { withRestoredVerdicts } from '../../shared/records/recovery/with-restored-verdicts.ts';
import { eachMessage, parseMessage } from '../each-message.ts';
import { dependencies } from './dependencies.ts';
import { inboxMessage } from './inbox-message.ts';
import { handleMessage } from './receive-upload.ts';
import { restoreVerdict } from './restore-verdict.ts';

/** An object in the inbox → every packet of it decided, recorded and answered. */
export const handler = (event: SQSEvent): Promise<SQSBatchResponse> =>
  eachMessage(event, 'intake', async (body) => {
    const message = parseMessage(inboxMessage, body);
    const deps = await dependencies();
    await withRestoredVerdicts(
      () => handleMessage(deps, message),
      (lost) => restoreVerdict(deps, lost),
    );
  });
