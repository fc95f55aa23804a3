import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { BackupVault } from 'aws-cdk-lib/aws-backup';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { KEPT } from './constructs/storage.ts';

/** The vault of the copies in the second region, with a key of that region. Deployed before the desk names it. */
export class CopiesStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { vaultName: string }) {
    super(scope, id, props);
    const encryptionKey = new Key(this, 'Key', {
      description: 'uketsuke: copies of another region',
      enableKeyRotation: true,
      removalPolicy: KEPT,
    });
    const vault = new BackupVault(this, 'Vault', {
      backupVaultName: props.vaultName,
      encryptionKey,
      removalPolicy: KEPT,
    });
    new CfnOutput(this, 'CopiesVault', { value: vault.backupVaultArn });
  }
}
