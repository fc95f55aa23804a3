import { Duration } from 'aws-cdk-lib';
import { ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RUNBOOK, SWEEP_EVERY_MINUTES } from '../settings.ts';

/** What wakes somebody up, and what looks after work that nobody looks after. */
export class Operations extends Construct {
  readonly alarms: Topic;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.key = key;
    this.alarms = new Topic(this, 'Alarms', { masterKey: key, enforceSSL: true });
  }

  /** The clock of the desk: a message to the sweeper's own queue, so that a sweep is retried and set aside like any work. */
  sweepRegularly(queue: Queue): void {
    const role = new Role(this, 'ClockRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    const allow = (actions: string[], resources: string[]) =>
      role.addToPolicy(new PolicyStatement({ actions, resources }));
    allow(['sqs:SendMessage'], [queue.queueArn]);
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.key.keyArn]);
    new CfnSchedule(this, 'Clock', {
      scheduleExpression: `rate(${SWEEP_EVERY_MINUTES} minutes)`,
      flexibleTimeWindow: { mode: 'OFF' },
      kmsKeyArn: this.key.keyArn,
      target: { arn: queue.queueArn, roleArn: role.roleArn, input: '{"kind":"sweep"}' },
    });
  }

  /** A function that answers requests has no queue to wait on: its errors count themselves. */
  watchErrors(fn: IFunction, name: string): void {
    fn.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' })
      .createAlarm(this, `${name}Errors`, {
        threshold: 1,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: `${name}: requests failed. ${RUNBOOK}#${name}-errors`,
      })
      .addAlarmAction(new SnsAction(this.alarms));
  }
}
