import { recordStore, sqsClient } from '../aws.ts';
import { once } from '../memoize.ts';
import { lastBackup } from './last-backup.ts';
import { stageQueuesOf } from './stage-queue.ts';

const make = () => ({
  store: recordStore(),
  sqs: sqsClient(),
  queues: stageQueuesOf(process.env),
  now: () => new Date(),
  lastBackup,
});
export type OperateDependencies = ReturnType<typeof make>;

export const dependencies = once(make);
