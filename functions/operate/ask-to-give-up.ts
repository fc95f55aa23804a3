import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { readFinished, readReceived } from '../../shared/records/events/read-upload.ts';
import type { OperateDependencies } from './dependencies.ts';

/** What the operator reads where there is nothing to give up. */
export const NOT_OPEN = 'この受付は届いていないか、もう終わっています。番号を確かめてください。';

/** Asks the intake to end an upload that it cannot read. @returns false: it was never received, or is finished */
export async function askToGiveUp(
  { store, sqs, queues }: Pick<OperateDependencies, 'store' | 'sqs' | 'queues'>,
  uploadId: string,
): Promise<boolean> {
  if (!(await readReceived({ store }, uploadId)) || (await readFinished({ store }, uploadId))) return false;
  const intake = queues.find(({ stage }) => stage === 'intake')!;
  const MessageBody = JSON.stringify({ kind: 'give_up', upload_id: uploadId });
  await sqs.send(new SendMessageCommand({ QueueUrl: intake.url, MessageBody }));
  return true;
}
