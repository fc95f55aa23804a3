import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, describe, expect, it } from 'vitest';
import { acknowledge, checkWithNag, NAG_EXCEPTIONS, type NagException } from '../../infra/nag-exceptions.ts';
import { synthesize } from '../../infra/synthesize.ts';

const outdir = join(tmpdir(), `uketsuke-nag-${process.pid}`);
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** Violated rules with the paths that violate them, after `change` to the stack. */
function broken(change: (stack: Stack) => void = () => {}, exceptions = true): Record<string, string[]> {
  let rules: Record<string, string[]> = {};
  synthesize({
    outdir,
    bundle: false,
    check: (stack) => {
      if (exceptions) acknowledge(stack);
      change(stack);
      const { violations } = new AwsSolutionsChecks().validateScope(stack);
      rules = Object.fromEntries(
        violations.map((v) => [v.ruleName, v.violatingResources.map((r) => r.constructPath ?? '')]),
      );
    },
  });
  return rules;
}

/** The synthesis of `npm run synth`, after `change` to the stack. */
function synthesized(change: (stack: Stack) => void): void {
  synthesize({
    outdir,
    bundle: false,
    check: (stack) => {
      change(stack);
      checkWithNag(stack);
    },
  });
}

describe('cdk-nag, AwsSolutions', () => {
  it('finds nothing but the explained exceptions', () => {
    expect(broken()).toEqual({});
  });

  it('passes the whole synthesis with the rules switched on, as npm run synth does', () => {
    expect(() => synthesized(() => {})).not.toThrow();
  });

  it('stops the synthesis at a queue without a dead-letter queue', () => {
    expect(() => synthesized((stack) => new Queue(stack, 'Plain'))).toThrow(/AwsSolutions-SQS3/);
  });

  it('fails where another construct violates an excused rule, in the pack and in the synthesis', () => {
    const greedy = (stack: Stack) => {
      const role = new Role(stack, 'Greedy', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      const inbox = stack.node.findChild('Storage').node.findChild('Inbox') as Bucket;
      // The second is the intake's own grant, excused in the intake only.
      for (const resource of ['*', inbox.arnForObjects('uploads/*')])
        role.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] }));
    };
    const rules = broken(greedy);
    expect(Object.keys(rules)).toEqual([
      'AwsSolutions-IAM5[Resource::*]',
      expect.stringMatching(/\/uploads\/\*\]$/),
    ]);
    for (const paths of Object.values(rules))
      expect(paths).toEqual(['Uketsuke/Greedy/DefaultPolicy/Resource']);
    expect(() => synthesized(greedy)).toThrow(/Uketsuke\/Greedy\/DefaultPolicy\/Resource[\s\S]*uploads\/\*/);
  });

  it('fails for an open bucket and for a managed policy', () => {
    const rules = Object.keys(
      broken((stack) => {
        const bucket = new Bucket(stack, 'Open');
        bucket.addToResourcePolicy(
          new PolicyStatement({
            principals: [new AnyPrincipal()],
            actions: ['s3:GetObject'],
            resources: [bucket.arnForObjects('*')],
          }),
        );
        new Role(stack, 'Managed', {
          assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
          managedPolicies: [
            ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
          ],
        });
      }),
    );
    expect(rules).toEqual(
      expect.arrayContaining([
        'AwsSolutions-S1',
        'AwsSolutions-S10',
        expect.stringMatching(/^AwsSolutions-IAM4/),
      ]),
    );
  });
});

/** The end of a finding's name in cdk-nag. */
function endOf(found: NonNullable<NagException['found']>): string {
  if ('prefix' in found) return `/${found.prefix}]`;
  return 'policy' in found ? `/${found.policy}]` : `:${found.resource}]`;
}

describe('every exception', () => {
  const without = broken(() => {}, false);

  it('is needed, and gives its reason', () => {
    for (const { rule, found, constructs: at, reason } of NAG_EXCEPTIONS) {
      expect(reason.length, rule).toBeGreaterThan(60);
      const paths = Object.entries(without)
        .filter(([name]) => name.startsWith(rule) && (!found || name.endsWith(endOf(found))))
        .flatMap(([, p]) => p);
      for (const path of at)
        expect(
          paths.some((p) => p.startsWith(`Uketsuke/${path}/`)),
          `${rule} ${path}`,
        ).toBe(true);
    }
  });
});
