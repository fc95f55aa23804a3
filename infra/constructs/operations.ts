import { Aws, Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, type IFilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FAULT } from '../../shared/faults/report-fault.ts';
import { SWEEP_EVERY_MINUTES } from '../settings.ts';
import { Alarms } from './alarms.ts';
import type { DeskFunction } from './desk-function.ts';

/** Namespace of metrics made from log lines. */
const NAMESPACE = 'Uketsuke';

interface Watched {
  name: string;
  function: DeskFunction;
  queue?: Queue;
  deadLetters?: Queue;
}

/** What is watched, the dashboard and the schedule of the sweep. */
export class Operations extends Construct {
  readonly alarms: Alarms;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, { key, runbook }: { key: IKey; runbook: string }) {
    super(scope, id);
    this.key = key;
    this.alarms = new Alarms(this, 'Alarms', { key, runbook });
  }

  /** Schedules a message to the sweep queue, so that a sweep is retried and dead-lettered like any other message. */
  scheduleSweep(queue: Queue): void {
    const role = new Role(this, 'ClockRole', { assumedBy: ofThisAccount('scheduler.amazonaws.com') });
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

  /** Alarms for a function that fails (memory, time, an error before the first message) or is throttled. */
  watchFunction({ fn }: DeskFunction, name: string): void {
    const every = { period: Duration.minutes(5), statistic: 'Sum' };
    this.alarms.add(`${name}Errors`, fn.metricErrors(every), {
      summary: `${name}: the function failed.`,
      runbookAnchor: name === 'api' ? 'api-errors' : 'function-errors',
    });
    this.alarms.add(`${name}Throttles`, fn.metricThrottles(every), {
      summary: `${name}: the function was throttled.`,
      runbookAnchor: 'function-throttles',
    });
  }

  /**
   * The API answers its own faults, so that the function does not fail: they are counted where the answers are logged.
   * 503 is meant: too many uploads wait, and the client comes again.
   */
  watchAnswers(name: 'Api' | 'ClosedApi', requests: LogGroup): void {
    const pattern = FilterPattern.all(
      FilterPattern.stringValue('$.status', '=', '5*'),
      FilterPattern.stringValue('$.status', '!=', '503'),
    );
    this.alarms.add(`${name}Faults`, this.metricOf(`${name}Faults`, requests, pattern, '1'), {
      summary: 'The API answered a request with a fault.',
      runbookAnchor: 'api-errors',
    });
  }

  /** Alarms from log lines: overdue steps, failed summaries; and one for a sweeper that does not run. */
  watchLog(sweep: DeskFunction, summarise: DeskFunction): void {
    this.alarms.add('Stuck', this.logMetric('StuckUploads', sweep, 'stuck', '$.count'), {
      summary: 'A step missed its deadline and was restarted.',
      runbookAnchor: 'stuck-work',
    });
    this.alarms.add(
      'SummaryFailures',
      this.logMetric('SummaryFailures', summarise, 'summarise failed', '1'),
      {
        summary: 'A summary failed and will be retried.',
        runbookAnchor: 'summary-failures',
      },
    );
    const minutes = 3 * SWEEP_EVERY_MINUTES;
    const swept = sweep.fn.metricInvocations({ period: Duration.minutes(minutes), statistic: 'Sum' });
    this.alarms.add('SweepSilent', swept, {
      summary: 'The sweeper has not run.',
      runbookAnchor: 'sweep-silent',
      below: true,
      alarmOnMissingData: true,
    });
  }

  /** Alarms for failed malware scans and for malware. */
  watchMalwareScan(intake: DeskFunction): void {
    this.alarms.add(
      'MalwareScanFailed',
      this.logMetric('MalwareScanFailures', intake, 'malware scan failed', '1'),
      {
        summary: 'The malware scan of an upload failed; the upload waits.',
        runbookAnchor: 'malware-scan-failed',
      },
    );
    this.alarms.add('MalwareFound', this.logMetric('MalwareFound', intake, 'malware found', '1'), {
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
      this.alarms.add(`${name}ReadingFaults`, this.logMetric(`${name}ReadingFaults`, reader, FAULT, '1'), {
        summary: `${name}: a fault of the program kept it from reading a document.`,
        runbookAnchor: 'reading-faults',
      });
  }

  /**
   * One dashboard: waiting messages and their age, dead letters, errors and durations.
   * @param answers refused and failed requests of the API
   */
  addDashboard(watched: Watched[], answers: IMetric[]): void {
    const staged = watched.filter((one) => one.queue && one.deadLetters);
    const every = { period: Duration.minutes(5) };
    const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, height: 6 });
    const labelled = (metric: Metric, label: string) => metric.with({ label });
    new Dashboard(this, 'Dashboard', {
      widgets: [
        [
          graph(
            '最も古い待ち (秒)',
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
        [graph('API が拒否したリクエスト・失敗したリクエスト', answers)],
        [
          graph(
            'Lambda 関数の失敗',
            watched.map((one) => labelled(one.function.fn.metricErrors(every), one.name)),
          ),
          graph(
            'Lambda 関数の処理時間 (99 %)',
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
    return this.metricOf(metricName, from.logs, FilterPattern.stringValue('$.what', '=', what), metricValue);
  }

  private metricOf(
    metricName: string,
    logGroup: LogGroup,
    filterPattern: IFilterPattern,
    metricValue: string,
  ): Metric {
    new MetricFilter(this, `${metricName}Filter`, {
      logGroup,
      metricNamespace: NAMESPACE,
      metricName,
      metricValue,
      filterPattern,
    });
    return ownMetric(metricName);
  }
}

/** A service that may assume a role for this account only. */
export const ofThisAccount = (service: string): ServicePrincipal =>
  new ServicePrincipal(service, { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } });

const ownMetric = (metricName: string): Metric =>
  new Metric({ namespace: NAMESPACE, metricName, period: Duration.minutes(5), statistic: 'Maximum' });
