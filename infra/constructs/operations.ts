import { Duration } from 'aws-cdk-lib';
import {
  type Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { RUNBOOK, SWEEP_EVERY_MINUTES } from '../settings.ts';
import type { DeskFunction } from './desk-function.ts';

/** Metrics that the desk's own log lines make. */
const NAMESPACE = 'Uketsuke';

export interface AlarmProps {
  /** what happened, in half a line */
  says: string;
  /** the paragraph of the runbook */
  anchor: string;
  threshold?: number;
  below?: boolean;
  /** no news is bad news */
  silenceIsBad?: boolean;
}

interface Watched {
  name: string;
  function: DeskFunction;
  queue?: Queue;
  deadLetters?: Queue;
}

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

  /** Wakes somebody when the metric reaches the threshold (or, with `below`, falls under it). */
  wake(id: string, metric: Metric, props: AlarmProps): Alarm {
    const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
    const alarm = metric.createAlarm(this, id, {
      threshold: props.threshold ?? 1,
      evaluationPeriods: 1,
      comparisonOperator: props.below ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.says} ${RUNBOOK}#${props.anchor}`,
    });
    alarm.addAlarmAction(new SnsAction(this.alarms));
    return alarm;
  }

  /** A function that breaks off (memory, time, a fault before the first message) or is not let run at all. */
  watchFunction({ fn }: DeskFunction, name: string): void {
    const every = { period: Duration.minutes(5), statistic: 'Sum' };
    this.wake(`${name}Errors`, fn.metricErrors(every), {
      says: `${name}: the function failed.`,
      anchor: name === 'api' ? 'api-errors' : 'function-errors',
    });
    this.wake(`${name}Throttles`, fn.metricThrottles(every), {
      says: `${name}: the function was throttled.`,
      anchor: 'function-throttles',
    });
  }

  /** What only the log knows: work past its promise, summaries that could not be made, a sweeper that does not come. */
  watchLog(sweep: DeskFunction, summarise: DeskFunction): void {
    this.wake('Stuck', this.counted('StuckUploads', sweep, 'stuck', '$.count'), {
      says: 'Work is older than its promise and was started again.',
      anchor: 'stuck-work',
    });
    this.wake('SummaryFailures', this.counted('SummaryFailures', summarise, 'summarise failed', '1'), {
      says: 'A summary could not be made; it is tried again.',
      anchor: 'summary-failures',
    });
    const minutes = 3 * SWEEP_EVERY_MINUTES;
    const swept = sweep.fn.metricInvocations({ period: Duration.minutes(minutes), statistic: 'Sum' });
    this.wake('SweepSilent', swept, {
      says: 'The sweeper has not come.',
      anchor: 'sweep-silent',
      below: true,
      silenceIsBad: true,
    });
  }

  /** What the malware scan says that somebody must know: it could not scan, or it found something. */
  watchMalwareScan(intake: DeskFunction): void {
    this.wake('MalwareScanFailed', this.counted('MalwareScanFailures', intake, 'malware scan failed', '1'), {
      says: 'An upload could not be scanned for malware; it waits.',
      anchor: 'malware-scan-failed',
    });
    this.wake('MalwareFound', this.counted('MalwareFound', intake, 'malware found', '1'), {
      says: 'An office sent malware; it was not opened.',
      anchor: 'malware-found',
    });
  }

  /** Everything at one glance: what waits, how long, what was set aside, what failed. */
  showAll(watched: Watched[]): void {
    const staged = watched.filter((one) => one.queue && one.deadLetters);
    const every = { period: Duration.minutes(5) };
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, height: 6 });
    const labelled = (metric: Metric, label: string) => metric.with({ label });
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [
          graph(
            '待ちのいちばん古いもの (秒)',
            staged.map((one) => labelled(one.queue!.metricApproximateAgeOfOldestMessage(every), one.name)),
          ),
          graph(
            '待ちの件数',
            staged.map((one) =>
              labelled(one.queue!.metricApproximateNumberOfMessagesVisible(every), one.name),
            ),
          ),
        ],
        [
          graph(
            '退避された件数',
            staged.map((one) =>
              labelled(one.deadLetters!.metricApproximateNumberOfMessagesVisible(every), one.name),
            ),
          ),
          graph('滞留・集計の失敗', [ownMetric('StuckUploads'), ownMetric('SummaryFailures')]),
        ],
        [
          graph(
            '関数の失敗',
            watched.map((one) => labelled(one.function.fn.metricErrors(every), one.name)),
          ),
          graph(
            '関数の時間 (99 %)',
            watched.map((one) =>
              labelled(one.function.fn.metricDuration({ ...every, statistic: 'p99' }), one.name),
            ),
          ),
        ],
      ],
    });
  }

  /** Turns a kind of log line into a metric: one JSON line of functions/log.ts, by its `what`. */
  private counted(metricName: string, from: DeskFunction, what: string, metricValue: string): Metric {
    new MetricFilter(this, `${metricName}Filter`, {
      logGroup: from.logs,
      metricNamespace: NAMESPACE,
      metricName,
      metricValue,
      filterPattern: FilterPattern.stringValue('$.what', '=', what),
    });
    return ownMetric(metricName);
  }
}

const ownMetric = (metricName: string): Metric =>
  new Metric({ namespace: NAMESPACE, metricName, period: Duration.minutes(5), statistic: 'Maximum' });
