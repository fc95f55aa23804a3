import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DLQ_RETENTION_DAYS, MAX_RECEIVES, QUEUE_RETENTION_DAYS, type StageSettings } from '../settings.ts';
import { DeskFunction, type DeskFunctionProps } from './desk-function.ts';
import type { Operations } from './operations.ts';

export interface StageProps {
  settings: StageSettings;
  key: IKey;
  operations: Operations;
  environment: Record<string, string>;
  assets?: DeskFunctionProps['assets'];
  sendsToItself?: boolean;
}

/**
 * A queue and its function, with a dead-letter queue of longer retention, partial batch responses, a concurrency limit,
 * and alarms that link to the runbook.
 */
export class Stage extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly function: DeskFunction;

  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id);
    const { settings, key } = props;
    const fifo = settings.fifo ? { fifo: true, contentBasedDeduplication: false } : {};
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...fifo,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(DLQ_RETENTION_DAYS),
    });
    this.queue = new Queue(this, 'Queue', {
      ...fifo,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(QUEUE_RETENTION_DAYS),
      // AWS recommends six times the function's timeout, so that a throttled batch does not return too early.
      visibilityTimeout: Duration.seconds(6 * settings.timeout),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES },
    });
    this.function = new DeskFunction(this, 'Step', {
      name: settings.name,
      timeout: settings.timeout,
      memoryMb: settings.memoryMb,
      scratchMb: settings.scratchMb,
      key,
      environment: props.environment,
      assets: props.assets,
      sendsToItself: props.sendsToItself ?? false,
    });
    this.function.fn.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: settings.batchSize,
        maxConcurrency: settings.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    this.addAlarms(settings, props.operations);
  }

  private addAlarms({ name, alarmAge }: StageSettings, operations: Operations): void {
    const dead = this.deadLetters.metricApproximateNumberOfMessagesVisible({
      period: Duration.minutes(1),
      statistic: 'Maximum',
    });
    operations.alarms.add(`${name}DeadLetters`, dead, {
      summary: `${name}: a message became a dead letter.`,
      runbookAnchor: `${name}-dead-letters`,
    });
    const age = this.queue.metricApproximateAgeOfOldestMessage({
      period: Duration.minutes(5),
      statistic: 'Maximum',
    });
    operations.alarms.add(`${name}Age`, age, {
      summary: `${name}: messages wait too long.`,
      runbookAnchor: `${name}-age`,
      threshold: alarmAge,
    });
    operations.watchFunction(this.function, name);
  }
}
