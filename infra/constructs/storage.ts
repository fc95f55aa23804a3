import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRootPrincipal,
  Effect,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import type { CfnQueuePolicy, Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/**
 * The buckets: inbox (uploads of offices) and results (verdicts, notices, receipts, OCR texts), and the key of both.
 * No lifecycle rule deletes records: the retention period runs from 完結の日, which a bucket does not know.
 */
export class Storage extends Construct {
  readonly key: Key;
  readonly inbox: Bucket;
  readonly results: Bucket;
  /** fixed, so that the policy of the queue can refer to the bucket before it exists */
  readonly inboxName: string;
  private readonly hasMalwareScan: boolean;

  constructor(
    scope: Construct,
    id: string,
    { hasMalwareScan, prefix }: { hasMalwareScan: boolean; prefix: string },
  ) {
    super(scope, id);
    this.hasMalwareScan = hasMalwareScan;
    this.inboxName = `${prefix}-inbox-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
    this.key = new Key(this, 'Key', {
      description: 'uketsuke: everything at rest',
      enableKeyRotation: true,
      removalPolicy: KEPT,
      policy: keyPolicy(hasMalwareScan),
    });
    const logs = this.bucket('AccessLogs', {
      // S3 delivers access logs only to buckets with S3-managed keys.
      encryption: BucketEncryption.S3_MANAGED,
      // Of a versioned bucket an expiration only hides the object: the version has to end too.
      lifecycleRules: [
        { expiration: ACCESS_LOGS_KEPT, noncurrentVersionExpiration: Duration.days(30) },
        { expiredObjectDeleteMarker: true },
      ],
    });
    const kept = {
      // Objects are locked one by one when a person has entered the 完結の日 (docs/decisions/0006-retention.md).
      // No default period: at the upload the start of the retention period is unknown.
      objectLockEnabled: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      serverAccessLogsBucket: logs,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          transitions: [
            { storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(60) },
          ],
        },
      ],
    };
    this.inbox = this.bucket('Inbox', {
      ...kept,
      bucketName: this.inboxName,
      serverAccessLogsPrefix: 'inbox/',
    });
    this.results = this.bucket('Results', { ...kept, serverAccessLogsPrefix: 'results/' });
  }

  /** S3 notifies the queue of every object below uploads/, without the custom resource that the CDK would add. */
  notifyQueue(queue: Queue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnEquals: { 'aws:SourceArn': `arn:${Aws.PARTITION}:s3:::${this.inboxName}` },
        },
      }),
    );
    const bucket = this.inbox.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      // GuardDuty needs EventBridge notifications and would switch them on itself.
      ...(this.hasMalwareScan && { eventBridgeConfiguration: { eventBridgeEnabled: true } }),
      queueConfigurations: [
        {
          event: 's3:ObjectCreated:*',
          queue: queue.queueArn,
          filter: { s3Key: { rules: [{ name: 'prefix', value: UPLOADS }] } },
        },
      ],
    };
    bucket.addResourceDependency(queue.node.findChild('Policy').node.defaultChild as CfnQueuePolicy);
  }

  private bucket(id: string, props: ConstructorParameters<typeof Bucket>[2]): Bucket {
    return new Bucket(this, id, {
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      removalPolicy: KEPT,
      ...props,
    });
  }
}

/** Of the lines of access to the buckets. */
const ACCESS_LOGS_KEPT = Duration.days(400);

/** Kept when the stack or the resource is removed, but not where its creation failed: it would block the next try. */
export const KEPT = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;

/** Prefix of uploads in the inbox. */
export const UPLOADS = 'uploads/';

/** The account administers the key; S3, EventBridge, CloudWatch and CloudWatch Logs may use it for this account only. */
function keyPolicy(hasMalwareScan: boolean): PolicyDocument {
  const use = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const service = (name: string, actions: string[], conditions?: Record<string, Record<string, string>>) =>
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal(name)],
      actions,
      resources: ['*'],
      conditions,
    });
  const ownAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        principals: [new AccountRootPrincipal()],
        actions: [
          'kms:CancelKeyDeletion',
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:CreateAlias',
          'kms:DeleteAlias',
          'kms:DescribeKey',
          'kms:DisableKey',
          'kms:DisableKeyRotation',
          'kms:EnableKey',
          'kms:EnableKeyRotation',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:GetKeyPolicy',
          'kms:GetKeyRotationStatus',
          'kms:ListGrants',
          'kms:ListKeyPolicies',
          'kms:ListResourceTags',
          'kms:PutKeyPolicy',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:RetireGrant',
          'kms:RevokeGrant',
          'kms:ScheduleKeyDeletion',
          'kms:TagResource',
          'kms:UntagResource',
          'kms:UpdateAlias',
          'kms:UpdateKeyDescription',
        ],
        resources: ['*'],
      }),
      service('s3.amazonaws.com', use, ownAccount),
      // EventBridge does not send the account along; the policy of the queue names the one rule that may write to it.
      ...(hasMalwareScan ? [service('events.amazonaws.com', use)] : []),
      service('cloudwatch.amazonaws.com', use, ownAccount),
      service(
        `logs.${Aws.REGION}.amazonaws.com`,
        [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
          'kms:GenerateDataKey',
          'kms:DescribeKey',
        ],
        {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
          },
        },
      ),
    ],
  });
}
