import { Duration } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { COPIES_KEPT_DAYS } from '../settings.ts';
import { type Operations, ofThisAccount } from './operations.ts';
import type { Records } from './records.ts';
import { KEPT, type Storage } from './storage.ts';

export interface CopiesProps {
  storage: Storage;
  records: Records;
  operations: Operations;
  /** ARN of the vault in the other region or account */
  target: string;
}

/** Each night a copy of all tables and buckets goes to a vault in another region or account. */
export class Copies extends Construct {
  constructor(scope: Construct, id: string, { storage, records, operations, target }: CopiesProps) {
    super(scope, id);
    const vault = new BackupVault(this, 'Vault', { encryptionKey: storage.key, removalPolicy: KEPT });
    const kept = Duration.days(COPIES_KEPT_DAYS);
    const plan = new BackupPlan(this, 'Plan', { backupVault: vault });
    plan.addRule(
      new BackupPlanRule({
        ruleName: 'nightly',
        // 3:00 in Japan
        scheduleExpression: Schedule.cron({ hour: '18', minute: '0' }),
        deleteAfter: kept,
        copyActions: [
          {
            destinationBackupVault: BackupVault.fromBackupVaultArn(this, 'Target', target),
            deleteAfter: kept,
          },
        ],
      }),
    );
    plan.addSelection('Everything', {
      role: this.role(),
      resources: [
        ...Object.values(records.tables).map((table) => BackupResource.fromDynamoDbTable(table)),
        ...[storage.inbox, storage.results].map(({ bucketArn }) => BackupResource.fromArn(bucketArn)),
      ],
    });
    for (const metricName of ['NumberOfBackupJobsFailed', 'NumberOfCopyJobsFailed']) {
      const metric = new Metric({
        namespace: 'AWS/Backup',
        metricName,
        dimensionsMap: { BackupVaultName: vault.backupVaultName },
        period: Duration.hours(1),
        statistic: 'Sum',
      });
      operations.alarms.add(`${metricName.replace('NumberOf', '')}`, metric, {
        summary: 'A copy for the other region failed.',
        runbookAnchor: 'copies-failed',
      });
    }
  }

  /** Reads tables and buckets; what the malware scan has not passed is closed to it as to everyone. */
  private role(): Role {
    const policy = (name: string) => ManagedPolicy.fromAwsManagedPolicyName(name);
    return new Role(this, 'Role', {
      assumedBy: ofThisAccount('backup.amazonaws.com'),
      managedPolicies: [
        policy('service-role/AWSBackupServiceRolePolicyForBackup'),
        policy('AWSBackupServiceRolePolicyForS3Backup'),
      ],
    });
  }
}
