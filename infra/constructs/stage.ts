import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import {
  DLQ_RETENTION_DAYS,
  MAX_RECEIVES,
  QUEUE_RETENTION_DAYS,
  RUNBOOK,
  type StageSettings,
} from '../settings.ts';
import { DeskFunction, type DeskFunctionProps } from './desk-function.ts';

export interface StageProps {
  settings: StageSettings;
  key: IKey;
  alarms: ITopic;
  environment: Record<string, string>;
  carries?: DeskFunctionProps['carries'];
}

/**
 * One step of the journey: queue → function, with a dead-letter queue that keeps longer than its source,
 * partial batch answers, a limit on the event source, and alarms that name their paragraph of the runbook.
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
      // Lambda wants six times the function's timeout, so that a throttled batch does not come back too early.
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
      carries: props.carries,
    });
    this.function.fn.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: settings.batchSize,
        maxConcurrency: settings.maxConcurrency,
        reportBatchItemFailures: true,
      }),
    );
    this.wakeSomebody(settings, props.alarms);
  }

  private wakeSomebody(settings: StageSettings, topic: ITopic): void {
    const common = {
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    };
    this.deadLetters
      .metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' })
      .createAlarm(this, 'DeadLettersAlarm', {
        ...common,
        threshold: 1,
        alarmDescription: `${settings.name}: a message was set aside. ${RUNBOOK}#${settings.name}-dead-letters`,
      })
      .addAlarmAction(new SnsAction(topic));
    this.queue
      .metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: 'Maximum' })
      .createAlarm(this, 'AgeAlarm', {
        ...common,
        threshold: settings.alarmAge,
        alarmDescription: `${settings.name}: work waits too long. ${RUNBOOK}#${settings.name}-age`,
      })
      .addAlarmAction(new SnsAction(topic));
  }
}
