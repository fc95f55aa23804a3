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
 * Where bytes rest: the inbox (what offices sent), the results (verdicts, notices, receipts) and the key of both.
 * Nothing that counts as a record is ever expired here: the retention period runs from 完結の日, which a bucket cannot know.
 */
export class Storage extends Construct {
  readonly key: Key;
  readonly inbox: Bucket;
  readonly results: Bucket;
  private readonly hasMalwareScan: boolean;

  /** `isScanned`: the uploads are scanned for malware (malware-scan.ts) */
  constructor(scope: Construct, id: string, isScanned: boolean) {
    super(scope, id);
    this.hasMalwareScan = isScanned;
    this.key = new Key(this, 'Key', {
      description: 'uketsuke: everything at rest',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
      policy: keyPolicy(isScanned),
    });
    const logs = this.bucket('AccessLogs', {
      // S3 delivers access logs only to buckets with keys of its own.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(400) }],
    });
    const kept = {
      // What an erasure may not touch is locked object by object, once a person has entered the 完結の日 (see
      // docs/decisions/0006-retention.md). No default period: at the upload nobody knows when the five years begin.
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
      // A name known beforehand: the queue's policy can speak of the bucket without waiting for it.
      bucketName: inboxName(),
      serverAccessLogsPrefix: 'inbox/',
    });
    this.results = this.bucket('Results', { ...kept, serverAccessLogsPrefix: 'results/' });
  }

  /** Every object that arrives below uploads/ is told to the queue, natively: no hidden function of the CDK in between. */
  notify(queue: Queue): void {
    queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnEquals: { 'aws:SourceArn': inboxArn() },
        },
      }),
    );
    const bucket = this.inbox.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      // The malware scan hears of objects this way, and would switch it on itself.
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
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
  }
}

/** Where offices put what they send. */
export const UPLOADS = 'uploads/';
export const inboxName = (): string => `uketsuke-inbox-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
const inboxArn = (): string => `arn:${Aws.PARTITION}:s3:::${inboxName()}`;

/** The account administers the key; S3, EventBridge, CloudWatch and the logs may use it for this account's resources only. */
function keyPolicy(isScanned: boolean): PolicyDocument {
  const use = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const service = (name: string, actions: string[], conditions: Record<string, Record<string, string>>) =>
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal(name)],
      actions,
      resources: ['*'],
      conditions,
    });
  const ours = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        principals: [new AccountRootPrincipal()],
        actions: [
          'kms:CancelKeyDeletion',
          'kms:CreateGrant',
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:DisableKey',
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
          'kms:UpdateKeyDescription',
        ],
        resources: ['*'],
      }),
      service('s3.amazonaws.com', use, ours),
      ...(isScanned ? [service('events.amazonaws.com', use, ours)] : []),
      service('cloudwatch.amazonaws.com', use, ours),
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
