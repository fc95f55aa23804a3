import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { resourcesOf } from '../../host/template.ts';
import { acknowledge } from '../../infra/nag-exceptions.ts';
import { STACK, synthesize } from '../../infra/synthesize.ts';
import { TABLES } from '../../shared/records/store/tables.ts';
import { missingLinks } from './lib/alarm-chain.ts';

// Copies in a second region: -c copies=REGION, or the ARN of a vault in another account.
let violations: string[] = [];
const assemblyWith = (copies: string) =>
  synthesize({
    outdir: join(tmpdir(), `uketsuke-copies-${process.pid}`),
    bundle: false,
    context: { copies },
    check: (stack) => {
      acknowledge(stack);
      violations = new AwsSolutionsChecks().validateScope(stack).violations.map(({ ruleName }) => ruleName);
    },
  });

describe('copies in a second region', () => {
  const assembly = assemblyWith('ap-northeast-3');
  const { template } = assembly.getStackByName(STACK);

  it('are made of every table and bucket each night, and go to a vault there', () => {
    const [, selection] = resourcesOf(template, 'AWS::Backup::BackupSelection')[0]!;
    expect(selection.Properties.BackupSelection.Resources).toHaveLength(Object.keys(TABLES).length + 2);
    const [, plan] = resourcesOf(template, 'AWS::Backup::BackupPlan')[0]!;
    const [rule] = plan.Properties.BackupPlan.BackupPlanRule;
    const target = JSON.stringify(rule.CopyActions[0].DestinationBackupVaultArn);
    expect(target).toContain(':backup:ap-northeast-3:');
    const copies = assembly.getStackByName(`${STACK}-Copies`);
    expect(copies.environment.region).toBe('ap-northeast-3');
    const [, vault] = resourcesOf(copies.template, 'AWS::Backup::BackupVault')[0]!;
    expect(target).toContain(`backup-vault:${vault.Properties.BackupVaultName}`);
  });

  it('ring an alarm where one fails, and pass cdk-nag', () => {
    const runbook = readFileSync(resolve(import.meta.dirname, '../../docs/runbook.md'), 'utf8');
    expect(missingLinks(template, runbook)).toEqual([]);
    expect(violations).toEqual([]);
  });

  it('go to another account by the ARN of its vault, and nowhere by any other word', () => {
    const vault = 'arn:aws:backup:ap-northeast-3:444455556666:backup-vault:copies';
    const other = assemblyWith(vault);
    expect(JSON.stringify(other.getStackByName(STACK).template)).toContain(vault);
    expect(other.stacks.map(({ stackName }) => stackName)).not.toContain(`${STACK}-Copies`);
    for (const word of ['osaka', 'ap-northeast-1']) expect(() => assemblyWith(word)).toThrow('-c copies=');
  });
});
