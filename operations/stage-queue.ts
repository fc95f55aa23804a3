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
