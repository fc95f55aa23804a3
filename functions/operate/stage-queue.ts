import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A queue of the template with its dead-letter queue. */
export interface StageQueue {
  /** intake, review … */
  stage: string;
  url: string;
  name: string;
  deadUrl: string;
}

export interface MessageCounts {
  /** waiting, delayed or in flight */
  waiting: number;
  /** in the dead-letter queue */
  dead: number;
}

export async function countMessages(sqs: SQSClient, queue: StageQueue): Promise<MessageCounts> {
  const count = async (QueueUrl: string) => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
    );
    return (
      Number(Attributes?.ApproximateNumberOfMessages ?? 0) +
      Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0) +
      Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0)
    );
  };
  return { waiting: await count(queue.url), dead: await count(queue.deadUrl) };
}

/** DEAD_INTAKE and QUEUE_INTAKE of the settings → the queue of the stage intake */
export const stageQueuesOf = (settings: Readonly<Record<string, string | undefined>>): StageQueue[] =>
  Object.entries(settings).flatMap(([name, deadUrl]) => {
    const stage = /^DEAD_(\w+)$/.exec(name)?.[1];
    const url = stage && settings[`QUEUE_${stage}`];
    return url && deadUrl ? [{ stage: stage.toLowerCase(), url, name: url.split('/').at(-1)!, deadUrl }] : [];
  });
