import { Aws, CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib';
import { ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

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

/** Every alarm, and the topic that mails them to the address of the operator. */
export class Alarms extends Construct {
  private readonly topic: Topic;
  /** address of docs/runbook.md */
  private readonly runbook: string;

  constructor(scope: Construct, id: string, { key, runbook }: { key: IKey; runbook: string }) {
    super(scope, id);
    this.runbook = runbook;
    this.topic = new Topic(this, 'Topic', { displayName: 'uketsuke', masterKey: key, enforceSSL: true });
    // The policy of `enforceSSL` replaces the default policy of a topic, which would let the account's alarms publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    this.subscribe();
  }

  add(id: string, metric: Metric, props: AlarmProps): void {
    const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = ComparisonOperator;
    const alarm = metric.createAlarm(this, id, {
      threshold: props.threshold ?? 1,
      evaluationPeriods: 1,
      comparisonOperator: props.below ? LESS_THAN_THRESHOLD : GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.alarmOnMissingData
        ? TreatMissingData.BREACHING
        : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${props.summary} ${this.runbook}#${props.runbookAnchor}`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /** The address gets a mail from AWS first, and has to confirm it. */
  private subscribe(): void {
    const address = new CfnParameter(this, 'AlarmEmail', {
      default: '',
      allowedPattern: '^$|^[^@\\s]+@[^@\\s]+$',
      description: 'Mail address that gets the alarms; empty: alarms reach no one',
    });
    address.overrideLogicalId('AlarmEmail');
    const isGiven = new CfnCondition(this, 'HasAddress', {
      expression: Fn.conditionNot(Fn.conditionEquals(address.valueAsString, '')),
    });
    new CfnSubscription(this, 'Mail', {
      topicArn: this.topic.topicArn,
      protocol: 'email',
      endpoint: address.valueAsString,
    }).cfnOptions.condition = isGiven;
  }
}
