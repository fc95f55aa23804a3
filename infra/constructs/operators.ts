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
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { PolicyStatement, PrincipalBase, PrincipalPolicyFragment, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { outputOf } from '../../functions/environment.ts';
import type { TableName } from '../../shared/records/store/tables.ts';
import type { SignIn } from '../deployment.ts';
import type { Records, TableAction } from './records.ts';
import type { Stage } from './stage.ts';
import type { Storage } from './storage.ts';

export interface OperatorsProps {
  users: IUserPool;
  signIn: SignIn;
  storage: Storage;
  records: Records;
  stages: Record<string, Stage>;
  /** environment of the functions, which the verbs of the CLI use as well */
  settings: Record<string, string>;
}

/** What `people` calls of Cognito: test/operations/people/import-people.test.ts compares both. */
export const REGISTRAR_ACTIONS = [
  'ListUsers',
  'AdminListGroupsForUser',
  'AdminCreateUser',
  'AdminUpdateUserAttributes',
  'AdminAddUserToGroup',
  'AdminRemoveUserFromGroup',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminUserGlobalSignOut',
  'AdminSetUserMFAPreference',
];

/** Duration of a session, and maximum age of the second factor. */
const SESSION_MINUTES = 60;

/**
 * Roles for people who operate the deployed desk by `uketsuke <verb> --stack` with their own credentials. Three roles, so
 * that the Operator, who e.g. redrives messages, cannot destroy records or let people in: the Eraser can destroy, after the
 * retention period, and the Registrar decides who signs in. A role exists only where the deployment names who may assume it.
 */
export class Operators extends Construct {
  private readonly props: OperatorsProps;
  private readonly signIn: SignIn;

  constructor(scope: Construct, id: string, props: OperatorsProps) {
    super(scope, id);
    this.props = props;
    this.signIn = props.signIn;
    this.addOutputs();
    this.grantOperator(this.role('Operator'));
    this.grantEraser(this.role('Eraser'));
    this.grantRegistrar(this.role('Registrar'));
  }

  /** The settings as stack outputs, which `cdk deploy --outputs-file` writes for the CLI. */
  private addOutputs(): void {
    const { settings, stages } = this.props;
    const queues = Object.entries(stages).flatMap(([name, { queue, deadLetters }]): [string, string][] => [
      [`QUEUE_${name.toUpperCase()}`, queue.queueUrl],
      [`DEAD_${name.toUpperCase()}`, deadLetters.queueUrl],
    ]);
    const outputs = {
      ...settings,
      ...Object.fromEntries(queues),
      USER_POOL: this.props.users.userPoolId,
      AWS_REGION: Aws.REGION,
    };
    for (const [name, value] of Object.entries(outputs))
      new CfnOutput(Stack.of(this), outputOf(name), { value });
  }

  private role(id: 'Operator' | 'Eraser' | 'Registrar'): Role {
    const stack = Stack.of(this);
    const principals = new CfnParameter(stack, `${id}Principals`, {
      type: 'CommaDelimitedList',
      default: '',
      description: `ARNs of principals who may assume the role ${id}, by the way of OperatorSignIn; empty: the role does not exist`,
    });
    const role = new Role(this, id, {
      assumedBy: new Named(principals.value, this.signIn),
      description: 'uketsuke <verb> --stack',
      maxSessionDuration: Duration.minutes(SESSION_MINUTES),
    });
    const isNamed = new CfnCondition(this, `${id}IsNamed`, {
      expression: Fn.conditionNot(Fn.conditionEquals(Fn.join('', principals.valueAsList), '')),
    });
    new CfnOutput(stack, `${id}Role`, { value: role.roleArn, condition: isNamed });
    // The key may be used through S3, SQS and DynamoDB only, not directly.
    const services = ['s3', 'sqs', 'dynamodb'].map((name) => `${name}.${Aws.REGION}.amazonaws.com`);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.props.storage.key.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': services } },
      }),
    );
    for (const one of role.node.findAll())
      if (CfnResource.isCfnResource(one)) one.cfnOptions.condition = isNamed;
    return role;
  }

  /** redrive, rebuild, replay, registry, status, trail, export, and retention except `erase` */
  private grantOperator(role: Role): void {
    const { inbox, results } = this.props.storage;
    const stages = Object.values(this.props.stages);
    const dead = stages.map(({ deadLetters }) => deadLetters.queueArn);
    const queues = stages.map(({ queue }) => queue.queueArn);
    const grant = this.tableGrants(role);
    grant('audit', 'PutItem', 'Query');
    // A rebuild asks which erasures are open.
    grant('events', 'GetItem', 'PutItem', 'UpdateItem', 'Query', 'Scan', ['open']);
    grant('submissions', 'PutItem', 'Query', ['office']);
    grant('cases', 'PutItem', 'UpdateItem', 'Query');
    grant('reviews', 'GetItem', 'PutItem', 'UpdateItem', 'Query', ['queue']);
    grant('watches', 'PutItem');
    grant('notices', 'GetItem', 'PutItem');
    grant('summaries', 'GetItem', 'PutItem');
    grant('registries', 'GetItem', 'PutItem', 'Query');
    grant('progress', 'PutItem');
    const allow = grants(role);
    allow(['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'], dead);
    allow(['sqs:SendMessage'], queues);
    allow(['sqs:GetQueueAttributes'], [...queues, ...dead]);
    allow(['s3:GetObjectVersion'], this.objects('uploads'));
    allow(['s3:GetObject'], this.objects('verdicts', 'offices', 'texts'));
    // A rebuild writes lost notices again.
    allow(['s3:PutObject'], this.objects('offices'));
    // Without ListBucket S3 answers 403 instead of 404 for a missing object. A replay lists all versions.
    allow(['s3:ListBucket', 's3:ListBucketVersions'], [inbox.bucketArn, results.bucketArn]);
    // 完結の日 sets a lock, a hold sets a legal hold. Without s3:BypassGovernanceRetention neither can be shortened.
    allow(
      ['s3:GetObjectRetention', 's3:PutObjectRetention', 's3:PutObjectLegalHold'],
      this.objects('uploads', 'verdicts', 'offices'),
    );
  }

  /** `retention erase`. S3 refuses to delete an object that is still locked. */
  private grantEraser(role: Role): void {
    const { inbox, results } = this.props.storage;
    const grant = this.tableGrants(role);
    grant('audit', 'PutItem', 'Query', 'DeleteItem');
    grant('events', 'GetItem', 'PutItem', 'Query', 'Scan', 'DeleteItem');
    grant('submissions', 'GetItem', 'PutItem', 'Query', 'DeleteItem');
    grant('cases', 'PutItem', 'Query', 'DeleteItem');
    grant('reviews', 'GetItem', 'DeleteItem');
    grant('watches', 'DeleteItem');
    grant('notices', 'GetItem', 'DeleteItem');
    grant('registries', 'GetItem');
    grant('progress', 'DeleteItem');
    const allow = grants(role);
    allow(['s3:GetObjectVersion'], this.objects('uploads'));
    allow(['s3:GetObject'], this.objects('verdicts', 'offices', 'texts'));
    allow(['s3:DeleteObjectVersion'], this.objects('uploads', 'verdicts', 'offices', 'texts'));
    // The receipt of a shared upload is written again without the erased packets.
    allow(['s3:PutObject'], this.objects('offices'));
    allow(['s3:ListBucket'], [inbox.bucketArn, results.bucketArn]);
    allow(['s3:ListBucketVersions'], [results.bucketArn]);
  }

  /** `people`: who may sign in to the desk, and with which rights. Reads and changes no record. */
  private grantRegistrar(role: Role): void {
    const grant = this.tableGrants(role);
    grant('audit', 'PutItem');
    // whether the desk can be reached
    grant('registries', 'GetItem');
    grants(role)(
      REGISTRAR_ACTIONS.map((action) => `cognito-idp:${action}`),
      [this.props.users.userPoolArn],
    );
  }

  /** Grants actions on a table; an array lists the indexes that may be queried. */
  private tableGrants(role: Role): (name: TableName, ...granted: (TableAction | string[])[]) => void {
    return (name, ...granted) => {
      const actions = granted.filter((item) => typeof item === 'string');
      const indexes = granted.filter((item) => typeof item !== 'string').flat();
      for (const statement of this.props.records.grant(name, actions, indexes))
        role.addToPolicy(new PolicyStatement(statement));
    };
  }

  private objects(...prefixes: ('uploads' | 'verdicts' | 'offices' | 'texts')[]): string[] {
    const { inbox, results } = this.props.storage;
    return prefixes.map((prefix) => (prefix === 'uploads' ? inbox : results).arnForObjects(`${prefix}/*`));
  }
}

const grants =
  (role: Role) =>
  (actions: string[], resources: string[]): void =>
    void role.addToPolicy(new PolicyStatement({ actions, resources }));

/**
 * The principals that the deployment names. mfa: IAM users, with a second factor of this session. sso: permission-set roles of
 * IAM Identity Center, whose sessions carry no sign of a factor; the Identity Center asks for it.
 */
class Named extends PrincipalBase {
  private readonly arns: IResolvable;
  private readonly signIn: SignIn;

  constructor(arns: IResolvable, signIn: SignIn) {
    super();
    this.arns = arns;
    this.signIn = signIn;
  }

  get policyFragment(): PrincipalPolicyFragment {
    if (this.signIn === 'mfa')
      return new PrincipalPolicyFragment(
        { AWS: this.arns as unknown as string[] },
        {
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
          NumericLessThan: { 'aws:MultiFactorAuthAge': String(SESSION_MINUTES * 60) },
        },
      );
    const root = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root`;
    // The path of a permission-set role contains a region, and the end of its name changes with each assignment.
    const reserved = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-reserved/sso.amazonaws.com/*`;
    return new PrincipalPolicyFragment(
      { AWS: [root] },
      // Both hold: a role of the Identity Center, and one that the deployment names.
      { ArnLike: { 'aws:PrincipalArn': this.arns }, StringLike: { 'aws:PrincipalArn': reserved } },
    );
  }

  override dedupeString(): string | undefined {
    return undefined;
  }
}
