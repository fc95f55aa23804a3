import { SQSServiceException } from '@aws-sdk/client-sqs';
import { type Answer, failure, nameOfError } from './direct-clients.ts';
import type { QueueRouter } from './fauxqs-stores.ts';

const COMMANDS = [
  'SendMessage',
  'SendMessageBatch',
  'ReceiveMessage',
  'DeleteMessage',
  'DeleteMessageBatch',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
];

/** Answers from the queues of this process. */
export const queueAnswers =
  (queues: QueueRouter): Answer =>
  (command, input) =>
    COMMANDS.includes(command) ? () => ask(queues, command, input) : null;

async function ask(queues: QueueRouter, command: string, input: object): Promise<object> {
  let status = 200;
  const reply = { header: () => {}, status: (code: number) => (status = code) };
  const headers = { 'x-amz-target': `AmazonSQS.${command}` };
  const answer = await queues.handle({ headers, body: input }, reply);
  if (status === 200) return answer;
  const { __type, message } = answer as { __type: string; message: string };
  throw new SQSServiceException(failure(nameOfError(__type), message, status));
}
