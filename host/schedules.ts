import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { LocalCloud } from './cloud.ts';
import { resourcesOf, type Template, targetOf } from './template.ts';

const UNIT_MINUTES: Record<string, number> = { minute: 1, hour: 60, day: 1440 };

/** Starts the schedules of the template. Returns a function that stops them. */
export function startSchedules(template: Template, cloud: LocalCloud): () => void {
  const timers = resourcesOf(template, 'AWS::Scheduler::Schedule').map(([, { Properties: p }]) => {
    const QueueUrl = cloud.names.get(targetOf(p.Target.Arn))!.ref;
    return setInterval(() => {
      const send = new SendMessageCommand({ QueueUrl, MessageBody: p.Target.Input });
      cloud.sqs.send(send).catch(() => {});
    }, minutesOf(p.ScheduleExpression) * 60_000);
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

/** `rate(5 minutes)` → 5 */
function minutesOf(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (!unit) throw new Error(`schedule ${expression} is not supported`);
  return Number(count) * UNIT_MINUTES[unit]!;
}
