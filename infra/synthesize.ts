import { App, Tags } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { CopiesStack } from './copies-stack.ts';
import { copiesName, doorName, readDeployment, stackName } from './deployment.ts';
import { DoorStack } from './door-stack.ts';
import { IntakeStack } from './intake-stack.ts';

/** Name of the only deployment in an account. */
export const STACK = stackName({ stage: '' });

/**
 * Synthesizes the template, offline. Without `bundle` the code of the functions is left out (a second instead of a
 * minute): the one-machine host and the tests run the sources. `check` inspects the stack before it is written.
 */
export function synthesize(options: {
  outdir?: string;
  bundle: boolean;
  check?: (stack: IntakeStack) => void;
  malwareScan?: boolean;
  /** as of `cdk -c name=value`; see deployment.ts */
  context?: Record<string, string>;
}): CloudAssembly {
  const app = new App({
    outdir: options.outdir,
    analyticsReporting: false,
    context: {
      // As in a project that the CDK begins today; among them, access logs without the ACLs that organisations often deny.
      ...recommendedFlags,
      // A policy stays as it was granted, statement by statement, as it is reviewed.
      '@aws-cdk/aws-iam:minimizePolicies': false,
      ...options.context,
      ...(options.bundle ? {} : { 'aws:cdk:bundling-stacks': [] }),
    },
  });
  const deployment = readDeployment((name) => app.node.tryGetContext(name));
  const stack = new IntakeStack(app, stackName(deployment), {
    description: '受付: document intake for 介護予防支援 and 介護予防ケアマネジメント',
    env: { region: deployment.region },
    terminationProtection: true,
    ...deployment,
    malwareScan: options.malwareScan,
  });
  new DoorStack(app, doorName(deployment), {
    description: '受付: the firewall before CloudFront',
    // The only region of firewalls before CloudFront.
    env: { region: 'us-east-1' },
  });
  const { copies } = deployment;
  if (copies && 'region' in copies)
    new CopiesStack(app, copiesName(deployment), {
      description: '受付: copies of the desk',
      env: { region: copies.region },
      terminationProtection: true,
      vaultName: copiesName(deployment),
    });
  // By which the bill of an account shows what the desk costs.
  Tags.of(app).add('uketsuke', deployment.stage || 'main');
  options.check?.(stack);
  return app.synth();
}
