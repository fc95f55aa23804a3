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
import { FAULT } from '../../shared/faults/report-fault.ts';
import { RUNBOOK, SWEEP_EVERY_MINUTES } from '../settings.ts';
import type { DeskFunction } from './desk-function.ts';

/** Namespace of metrics made from log lines. */
const NAMESPACE = 'Uketsuke';

export interface AlarmProps {
  /** the event, as one short sentence */
  summary: string;
  /** anchor in docs/runbook.md */
  runbookAnchor: string;
  threshold?: number;
  /** raise the alarm below the threshold instead of at or above it */
  below?: boolean;
  /** missing data raises the alarm */
  alarmOnMissingData?: boolean;
}

interface Watched {
  name: string;
  function: DeskFunction;
  queue?: Queue;
  deadLetters?: Queue;
}

/** Alarms, the dashboard and the schedule of the sweep. */
export class Operations extends Construct {
  readonly alarms: Topic;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    this.key = key;
    this.alarms = new Topic(this, 'Alarms', { masterKey: key, enforceSSL: true });
  }

  /** Schedules a message to the sweep queue, so that a sweep is retried and dead-lettered like any other message. */
  scheduleSweep(queue: Queue): void {
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

  addAlarm(id: string, metric: Metric, props: AlarmProps): Alarm {
    const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
    const alarm = metric.createAlarm(this, id, {
      threshold: props.threshold ?? 1,
      evaluationPeriods: 1,
      comparisonOperator: props.below ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.alarmOnMissingData
        ? TreatMissingData.BREACHING
        : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.summary} ${RUNBOOK}#${props.runbookAnchor}`,
    });
    alarm.addAlarmAction(new SnsAction(this.alarms));
    return alarm;
  }

  /** Alarms for a function that fails (memory, time, an error before the first message) or is throttled. */
  watchFunction({ fn }: DeskFunction, name: string): void {
    const every = { period: Duration.minutes(5), statistic: 'Sum' };
    this.addAlarm(`${name}Errors`, fn.metricErrors(every), {
      summary: `${name}: the function failed.`,
      runbookAnchor: name === 'api' ? 'api-errors' : 'function-errors',
    });
    this.addAlarm(`${name}Throttles`, fn.metricThrottles(every), {
      summary: `${name}: the function was throttled.`,
      runbookAnchor: 'function-throttles',
    });
  }

  /** Alarms from log lines: overdue steps, failed summaries; and one for a sweeper that does not run. */
  watchLog(sweep: DeskFunction, summarise: DeskFunction): void {
    this.addAlarm('Stuck', this.logMetric('StuckUploads', sweep, 'stuck', '$.count'), {
      summary: 'A step missed its deadline and was restarted.',
      runbookAnchor: 'stuck-work',
    });
    this.addAlarm('SummaryFailures', this.logMetric('SummaryFailures', summarise, 'summarise failed', '1'), {
      summary: 'A summary failed and will be retried.',
      runbookAnchor: 'summary-failures',
    });
    const minutes = 3 * SWEEP_EVERY_MINUTES;
    const swept = sweep.fn.metricInvocations({ period: Duration.minutes(minutes), statistic: 'Sum' });
    this.addAlarm('SweepSilent', swept, {
      summary: 'The sweeper has not run.',
      runbookAnchor: 'sweep-silent',
      below: true,
      alarmOnMissingData: true,
    });
  }

  /** Alarms for failed malware scans and for malware. */
  watchMalwareScan(intake: DeskFunction): void {
    this.addAlarm(
      'MalwareScanFailed',
      this.logMetric('MalwareScanFailures', intake, 'malware scan failed', '1'),
      {
        summary: 'The malware scan of an upload failed; the upload waits.',
        runbookAnchor: 'malware-scan-failed',
      },
    );
    this.addAlarm('MalwareFound', this.logMetric('MalwareFound', intake, 'malware found', '1'), {
      summary: 'An office sent malware; the upload was not opened.',
      runbookAnchor: 'malware-found',
    });
  }

  /** Alarms for faults of the program while it reads a document: the file gets F_FILE_DESK_FAULT and awaits a person. */
  watchReading(intake: DeskFunction, ocr: DeskFunction): void {
    for (const [reader, name] of [
      [intake, 'Intake'],
      [ocr, 'Ocr'],
    ] as const)
      this.addAlarm(`${name}ReadingFaults`, this.logMetric(`${name}ReadingFaults`, reader, FAULT, '1'), {
        summary: `${name}: a fault of the program kept it from reading a document.`,
        runbookAnchor: 'reading-faults',
      });
  }

  /** One dashboard: waiting messages and their age, dead letters, errors and durations. */
  addDashboard(watched: Watched[]): void {
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

  /** A metric of the log lines with this `what` (functions/log.ts). */
  private logMetric(metricName: string, from: DeskFunction, what: string, metricValue: string): Metric {
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
