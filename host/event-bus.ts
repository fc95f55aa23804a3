import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { LocalCloud } from './cloud.ts';
import { resourcesOf, type Template, targetOf } from './template.ts';

/** Something that EventBridge tells of: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html */
export interface BusEvent {
  source: string;
  'detail-type': string;
  detail: object;
}

/** EventBridge's part on this machine: an event goes to the queue of every rule of the template that it matches. */
export class EventBus {
  private readonly cloud: LocalCloud;
  private readonly rules: { pattern: unknown; queues: string[] }[];

  constructor(template: Template, cloud: LocalCloud) {
    this.cloud = cloud;
    this.rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties: p }]) => ({
      pattern: p.EventPattern,
      queues: (p.Targets as { Arn: { 'Fn::GetAtt': string[] } }[]).map(
        ({ Arn }) => cloud.names.get(targetOf(Arn))!.ref,
      ),
    }));
  }

  async put(event: BusEvent): Promise<void> {
    for (const { pattern, queues } of this.rules) {
      if (!matches(pattern, event, this.cloud.resolve)) continue;
      for (const QueueUrl of queues)
        await this.cloud.sqs.send(
          new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(envelope(event)) }),
        );
    }
  }
}

const envelope = (event: BusEvent): object => ({
  version: '0',
  id: crypto.randomUUID(),
  account: '000000000000',
  time: new Date().toISOString(),
  region: 'ap-northeast-1',
  resources: [],
  ...event,
});

/**
 * Whether a value holds to an event pattern: objects field by field, a list one of its values or `{ prefix }`.
 * Other filters the stack does not use; a rule that has one matches nothing here.
 */
export function matches(pattern: unknown, value: unknown, resolve: (value: unknown) => string): boolean {
  if (Array.isArray(pattern))
    return pattern.some((one) => {
      const { prefix } = (typeof one === 'object' && one !== null ? one : {}) as { prefix?: unknown };
      if (prefix !== undefined) return typeof value === 'string' && value.startsWith(resolve(prefix));
      return resolve(one) === value;
    });
  if (typeof pattern !== 'object' || pattern === null || typeof value !== 'object' || value === null)
    return false;
  return Object.entries(pattern).every(([field, inner]) =>
    matches(inner, (value as Record<string, unknown>)[field], resolve),
  );
}
