import type { StageQueue } from '../functions/operate/stage-queue.ts';
import type { LocalCloud } from './cloud.ts';
import type { DiskSpace } from './disk-space.ts';
import type { EventSource } from './event-source.ts';
import { entryOf, loadHandler } from './load-handler.ts';
import type { Rights } from './rights/rights.ts';
import { resourcesOf, type Template, targetOf } from './template.ts';

/** All handlers share one process: with more readers per queue they would only wait for each other. */
const MAX_CONCURRENCY = 2;

/** The queues that trigger a function, named after the folder of the function. */
export function stageQueues(template: Template, cloud: LocalCloud): StageQueue[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties: p }]) => {
    const queueId = targetOf(p.EventSourceArn);
    const { ref, attributes } = cloud.names.get(queueId)!;
    const { RedrivePolicy } = template.Resources[queueId]!.Properties;
    return {
      stage: entryOf(template.Resources[targetOf(p.FunctionName)]!).split('/')[1]!,
      url: ref,
      name: attributes.QueueName!,
      deadUrl: cloud.names.get(targetOf(RedrivePolicy.deadLetterTargetArn))!.ref,
    };
  });
}

/** The event source mappings of the template, each with the handler of its function. */
export function eventSources({
  template,
  cloud,
  rights,
  diskSpace,
}: {
  template: Template;
  cloud: LocalCloud;
  rights: Rights;
  diskSpace: DiskSpace;
}): EventSource[] {
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([, { Properties: p }]) => {
    const queueId = targetOf(p.EventSourceArn);
    const { ref, attributes } = cloud.names.get(queueId)!;
    const fn = template.Resources[targetOf(p.FunctionName)]!;
    return {
      queueUrl: ref,
      queueArn: attributes.Arn!,
      batchSize: p.BatchSize,
      concurrency: Math.min(p.ScalingConfig?.MaximumConcurrency ?? 1, MAX_CONCURRENCY),
      partialFailures: p.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
      mayReceive: () => diskSpace.hasRoomForWork(),
      handler: rights.hold(fn, loadHandler(fn)),
    };
  });
}
