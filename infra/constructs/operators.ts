import {
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CfnResource,
  Duration,
  Fn,
  type IResolvable,
  Stack,
} from 'aws-cdk-lib';
import { PolicyStatement, PrincipalBase, PrincipalPolicyFragment, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { outputOf } from '../../functions/environment.ts';
import type { TableName } from '../../shared/records/store/tables.ts';
import type { Records, TableAction } from './records.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';

export interface OperatorsProps {
  storage: Storage;
  records: Records;
  stages: Record<string, Stage>;
  /** what the stack tells its functions: the verbs find the desk by the same names */
  settings: Record<string, string>;
}

/** Minutes for which a role is lent, and so long ago at most the second factor was given. */
const LENT_MINUTES = 60;

/**
 * People who operate the deployed desk by `uketsuke <verb> --stack` with credentials of their own. Two roles, since who
 * sends a message back need not be able to destroy a record: the Operator does everything but erase, the Eraser erases
 * what has passed its day. Each is made only where the deployment names who may assume it, and asks for a second factor.
 */
export class Operators extends Construct {
  private readonly props: OperatorsProps;

  constructor(scope: Construct, id: string, props: OperatorsProps) {
    super(scope, id);
    this.props = props;
    this.tellSettings();
    this.grantOperator(this.role('Operator'));
    this.grantEraser(this.role('Eraser'));
  }

  /** The settings as outputs of the stack; `cdk deploy --outputs-file` writes them for the command line. */
  private tellSettings(): void {
    const { settings, stages } = this.props;
    const queues = Object.entries(stages).flatMap(([name, { queue, deadLetters }]): [string, string][] => [
      [`QUEUE_${name.toUpperCase()}`, queue.queueUrl],
      [`DEAD_${name.toUpperCase()}`, deadLetters.queueUrl],
    ]);
    const told = { ...settings, ...Object.fromEntries(queues), AWS_REGION: Aws.REGION };
    for (const [name, value] of Object.entries(told))
      new CfnOutput(Stack.of(this), outputOf(name), { value });
  }

  private role(id: 'Operator' | 'Eraser'): Role {
    const stack = Stack.of(this);
    const who = new CfnParameter(stack, `${id}Principals`, {
      type: 'CommaDelimitedList',
      default: '',
      description: `ARNs of those who may assume the role ${id} with MFA; empty: there is no such role`,
    });
    const role = new Role(this, id, {
      assumedBy: new WithSecondFactor(who.value),
      description: 'uketsuke <verb> --stack',
      maxSessionDuration: Duration.minutes(LENT_MINUTES),
    });
    const isNamed = new CfnCondition(this, `${id}IsNamed`, {
      expression: Fn.conditionNot(Fn.conditionEquals(Fn.join('', who.valueAsList), '')),
    });
    new CfnOutput(stack, `${id}Role`, { value: role.roleArn, condition: isNamed });
    // Its key serves what S3, SQS and DynamoDB do for the person, not the person.
    const through = ['s3', 'sqs', 'dynamodb'].map((name) => `${name}.${Aws.REGION}.amazonaws.com`);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.props.storage.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': through } },
      }),
    );
    for (const one of role.node.findAll())
      if (CfnResource.isCfnResource(one)) one.cfnOptions.condition = isNamed;
    return role;
  }

  /** redrive, rebuild, replay, registry, status, trail, export; retention but for the erasure. */
  private grantOperator(role: Role): void {
    const { inbox, results } = this.props.storage;
    const stages = Object.values(this.props.stages);
    const dead = stages.map(({ deadLetters }) => deadLetters.queueArn);
    const queues = stages.map(({ queue }) => queue.queueArn);
    const see = this.table(role);
    see('audit', 'PutItem', 'Query');
    see('events', 'GetItem', 'PutItem', 'Query', 'Scan');
    see('submissions', 'PutItem', 'Query', ['office']);
    see('cases', 'PutItem', 'UpdateItem', 'Query');
    see('reviews', 'GetItem', 'PutItem', 'UpdateItem');
    see('notices', 'GetItem', 'PutItem');
    see('summaries', 'GetItem', 'PutItem');
    see('registries', 'GetItem', 'PutItem', 'Query');
    const may = allow(role);
    may(['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'], dead);
    may(['sqs:SendMessage'], queues);
    may(['sqs:GetQueueAttributes'], [...queues, ...dead]);
    may(['s3:GetObjectVersion'], this.objects('uploads'));
    may(['s3:GetObject'], this.objects('verdicts', 'offices', 'texts'));
    // A rebuild writes letters that were lost.
    may(['s3:PutObject'], this.objects('offices'));
    // Without the list a missing object looks like a forbidden one; a replay goes through it.
    may(['s3:ListBucket', 's3:ListBucketVersions'], [inbox.bucketArn, results.bucketArn]);
    // 完結の日 locks, a hold holds. Neither shortens: nobody here has s3:BypassGovernanceRetention.
    may(
      ['s3:GetObjectRetention', 's3:PutObjectRetention', 's3:PutObjectLegalHold'],
      this.objects('uploads', 'verdicts', 'offices'),
    );
  }

  /** retention erase: what a case has, and its end. A lock that still holds is S3's to refuse. */
  private grantEraser(role: Role): void {
    const { inbox, results } = this.props.storage;
    const see = this.table(role);
    see('audit', 'PutItem', 'Query', 'DeleteItem');
    see('events', 'GetItem', 'PutItem', 'Query', 'Scan', 'DeleteItem');
    see('submissions', 'GetItem', 'PutItem', 'Query', 'DeleteItem');
    see('cases', 'PutItem', 'Query', 'DeleteItem');
    see('reviews', 'GetItem', 'DeleteItem');
    see('notices', 'GetItem', 'PutItem', 'DeleteItem');
    see('registries', 'GetItem');
    const may = allow(role);
    may(['s3:GetObjectVersion'], this.objects('uploads'));
    may(['s3:GetObject'], this.objects('verdicts', 'offices', 'texts'));
    may(['s3:DeleteObjectVersion'], this.objects('uploads', 'verdicts', 'offices', 'texts'));
    // The receipt of an upload that others still need is written anew without the erased.
    may(['s3:PutObject'], this.objects('offices'));
    may(['s3:ListBucket'], [inbox.bucketArn, results.bucketArn]);
    may(['s3:ListBucketVersions'], [results.bucketArn]);
  }

  /** Grants on a table; of its indexes only those named after what may be done. */
  private table(role: Role): (name: TableName, ...may: (TableAction | string[])[]) => void {
    return (name, ...may) => {
      const actions = may.filter((one) => typeof one === 'string');
      const indexes = may.filter((one) => typeof one !== 'string').flat();
      role.addToPolicy(new PolicyStatement(this.props.records.grant(name, actions, indexes)));
    };
  }

  private objects(...prefixes: ('uploads' | 'verdicts' | 'offices' | 'texts')[]): string[] {
    const { inbox, results } = this.props.storage;
    return prefixes.map((prefix) => (prefix === 'uploads' ? inbox : results).arnForObjects(`${prefix}/*`));
  }
}

const allow =
  (role: Role) =>
  (actions: string[], resources: string[]): void =>
    void role.addToPolicy(new PolicyStatement({ actions, resources }));

/** Those whom the deployment names, each with a second factor given within the hour. */
class WithSecondFactor extends PrincipalBase {
  private readonly named: IResolvable;

  constructor(named: IResolvable) {
    super();
    this.named = named;
  }

  get policyFragment(): PrincipalPolicyFragment {
    return new PrincipalPolicyFragment(
      { AWS: this.named as unknown as string[] },
      {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        NumericLessThan: { 'aws:MultiFactorAuthAge': String(LENT_MINUTES * 60) },
      },
    );
  }

  override dedupeString(): string | undefined {
    return undefined;
  }
}
