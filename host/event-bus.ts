import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { LocalCloud } from './cloud.ts';
import { resourcesOf, type Template, targetOf } from './template.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html */
export interface BusEvent {
  source: string;
  'detail-type': string;
  detail: object;
}

/** Emulates EventBridge: sends an event to the queues of every rule of the template that it matches. */
export class EventBus {
  private readonly cloud: LocalCloud;
  private readonly rules: { pattern: unknown; queueUrls: string[] }[];

  constructor(template: Template, cloud: LocalCloud) {
    this.cloud = cloud;
    this.rules = resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties: p }]) => ({
      pattern: p.EventPattern,
      queueUrls: (p.Targets as { Arn: { 'Fn::GetAtt': string[] } }[]).map(
        ({ Arn }) => cloud.names.get(targetOf(Arn))!.ref,
      ),
    }));
  }

  async put(event: BusEvent): Promise<void> {
    for (const { pattern, queueUrls } of this.rules) {
      if (!matches(pattern, event, this.cloud.resolve)) continue;
      const MessageBody = JSON.stringify(envelope(event));
      for (const QueueUrl of queueUrls)
        await this.cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
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
 * Whether a value matches an event pattern: objects field by field, a list by one of its values or `{ prefix }`.
 * The stack uses no other filters; a rule with one matches nothing here.
 */
export function matches(pattern: unknown, value: unknown, resolve: (value: unknown) => string): boolean {
  if (Array.isArray(pattern))
    return pattern.some((option) => {
      const prefix = isObject(option) ? option.prefix : undefined;
      if (prefix !== undefined) return typeof value === 'string' && value.startsWith(resolve(prefix));
      return resolve(option) === value;
    });
  if (!isObject(pattern) || !isObject(value)) return false;
  return Object.entries(pattern).every(([field, inner]) => matches(inner, value[field], resolve));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
